"""Opening a store by its address, on whichever engine that names."""

from storage.database import Database, StoreError


def open_database(url: str) -> Database:
    """The store at `sqlite:///FILE` or `postgresql://...`, its tables as they are; see `storage.revisions`."""
    if url.startswith("sqlite:///"):
        from storage.sqlite import SQLite  # only the engine in use is loaded

        return SQLite(url)
    if url.startswith(("postgresql://", "postgresql+psycopg://")):
        from storage.postgres import PostgreSQL

        return PostgreSQL(url)
    raise StoreError(f"No store at {url.partition('://')[0]}://...: use sqlite:///FILE or postgresql://USER@HOST/NAME.")
