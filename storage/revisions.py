"""Which revision a store is at, and how it gets to the one this version of the program needs."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, column, select, table

from storage.database import Database, StoreError, Transaction
from storage.statements import Statement

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
"""The newest revision, known without loading Alembic, so that a start costs nothing; a test holds it to the scripts."""

SQLITE = "sqlite:///"

_VERSION = Statement(select(column("version_num")).select_from(table("alembic_version")))
_ANY_TABLE = "alembic_version"


def revision(database: Database) -> str | None:
    """The revision of a store; None for one without tables."""

    def read(transaction: Transaction) -> str | None:
        row = transaction.one(_VERSION)
        return str(row.version_num) if row else None

    try:
        return database.read(read)
    except Exception as error:  # two drivers, two names for "no such table"
        if _ANY_TABLE in str(error):
            return None
        raise


def ready(database: Database) -> None:
    """Makes sure the store can be used: a new one gets its tables.

    Raises StoreError for one of an older or newer version, with what to do.
    """
    found = known_revision(database)
    if found is None:
        upgrade(database.url)
    elif found != HEAD:
        raise StoreError(
            f"This store is of an older version (revision {found}, needed {HEAD}). Make a copy of it, then run "
            "`maturitybot db upgrade`."
        )


def known_revision(database: Database) -> str | None:
    """The revision of a store, like `revision`. Raises StoreError for one that this program does not know."""
    found = revision(database)
    if found is not None and found not in _known():
        raise StoreError(
            f"This store was written by a newer version of maturitybot (its revision is {found}, this program knows "
            f"{HEAD}). Nothing was changed. Install the newer version, or point MATURITYBOT_DATABASE_URL elsewhere."
        )
    return found


def upgrade(url: str) -> None:
    """Brings the store at `url` to the newest revision, or gives a new one its tables."""
    from alembic import command  # slow to load and seldom needed

    command.upgrade(_config(url), "head")


def _known() -> set[str]:
    return {path.name[:4] for path in (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py")}


def _config(url: str) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    # Not as an option: a file's name may hold what means something in an address.
    is_file = url.startswith(SQLITE)
    file = URL.create("sqlite", database=url.removeprefix(SQLITE))
    config.attributes["url"] = file if is_file else url.replace("postgresql://", "postgresql+psycopg://")
    return config
