"""Alembic's entry: the same revisions on both engines (SQLite alters a table by copying it, hence the batch mode)."""

from alembic import context
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from storage import tables

assert tables.CITY is not None  # the tables are known once their module is loaded

engine = create_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
