"""An instant as both engines keep it."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, TypeDecorator
from typing_extensions import override


class Instant(TypeDecorator[datetime]):
    """An aware datetime in UTC, on engines that know time zones and on SQLite, which does not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def bind_processor(self, dialect: Dialect) -> Any:
        # A turn writes the same instant five times, and telling SQLite one takes longer than looking it up.
        convert = super().bind_processor(dialect)
        return lru_cache(maxsize=16)(convert) if convert else None

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
