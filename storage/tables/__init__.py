"""The tables. Rows never leave this floor."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from storage.tables import campaign as _campaign
from storage.tables import homes as _homes
from storage.tables import installed as _installed
from storage.tables import outcome as _outcome
from storage.tables import post as _post
from storage.tables import survey as _survey
from storage.tables import together as _together

_ROOMS = (_survey, _campaign, _post, _installed, _homes, _together, _outcome)
"""Loaded, so that all tables are known."""


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


CITY, WAVE, RESPONDENT, SESSION = map(_table, ("city", "wave", "respondent", "session"))
ADDRESS, RESPONSE, EVIDENCE, SNAPSHOT = map(_table, ("address", "response", "evidence", "snapshot"))
INVITATION, GUESS, LINK, REQUEST = map(_table, ("invitation", "guess", "link", "request"))
HANDING, SLOT, REMARK, PRIORITY = map(_table, ("handing", "slot", "remark", "priority"))
INBOX, PARKED, OUTBOX, CARD = map(_table, ("inbox", "parked", "outbox", "card"))
GROUP, WORKSHOP, VOTE = map(_table, ("chat_group", "workshop", "vote"))
CHANNEL, DIARY = map(_table, ("channel", "diary"))
INSTALLATION, WORKSPACE, OAUTH_STATE = map(_table, ("installation", "workspace", "oauth_state"))
HOME = _table("home")
SHOWN, PARTNER, INTRODUCTION, ACTION, SHEET = map(_table, ("shown", "partner", "introduction", "action", "sheet"))
