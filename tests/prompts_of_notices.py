"""An example of every kind of notice, about something that it may be about."""

from typing import get_args

from flows.prompts import Notice, NoticeKind

DAYS = {"shared", "private", "moved", "moved_before", "snoozed", "away", "requested_before", "introduced_before"}
MOMENTS = {"slot_published", "slot_withdrawn", "slot_overlaps"}


def _about(kind: str) -> str:
    if kind == "cut_meant":
        return "region"
    return "2026-12-14" if kind in DAYS else "2026-12-14T09:00:00Z" if kind in MOMENTS else "1.1.1"


NOTICES = tuple(Notice(kind, _about(kind)) for kind in get_args(NoticeKind))
