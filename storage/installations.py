"""Where the bot was installed by others: their tokens, who lives there, and installations that were begun."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, bindparam, delete, exists, func, or_, select, update

from storage.database import Transaction
from storage.statements import Statement, inserting
from storage.tables import ADDRESS, INSTALLATION, OAUTH_STATE, WORKSPACE

STATE_LIFETIME = timedelta(minutes=10)
"""How long somebody may take to say yes on the platform's page."""


@dataclass(frozen=True)
class Installation:
    """A workspace, or an organisation, that wants the bot; what is secret never shows in a log."""

    workspace: str
    token: str = field(repr=False)
    bot: str
    app: str
    scopes: str
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


_new = inserting(INSTALLATION, leave_out="")
_KEEP = Statement(
    _new.on_conflict_do_update(
        index_elements=["channel", "workspace"],
        set_={c.name: _new.excluded[c.name] for c in INSTALLATION.c if c.name not in {"channel", "workspace"}},
    )
)
_organisation = (
    select(WORKSPACE.c.organisation)
    .where(WORKSPACE.c.channel == bindparam("name"), WORKSPACE.c.workspace == bindparam("at"))
    .scalar_subquery()
)
_FIND = Statement(
    select(INSTALLATION)
    .where(
        INSTALLATION.c.channel == bindparam("name"),
        or_(INSTALLATION.c.workspace == bindparam("at"), INSTALLATION.c.workspace == _organisation),
        INSTALLATION.c.gone_at.is_(None),
    )
    .order_by((INSTALLATION.c.workspace == bindparam("at")).desc())
)
_REPLACE = Statement(
    update(INSTALLATION)
    .where(
        INSTALLATION.c.channel == bindparam("name"),
        INSTALLATION.c.workspace == bindparam("at"),
        INSTALLATION.c.refresh_token == bindparam("used"),
        INSTALLATION.c.gone_at.is_(None),
    )
    .values(
        token=bindparam("new_token"), refresh_token=bindparam("new_refresh_token"), expires_at=bindparam("new_expiry")
    )
)
_FORGET = Statement(
    update(INSTALLATION)
    .where(
        INSTALLATION.c.channel == bindparam("name"),
        INSTALLATION.c.workspace == bindparam("at"),
        INSTALLATION.c.installed_at <= bindparam("told"),
        INSTALLATION.c.gone_at.is_(None),
    )
    .values(gone_at=bindparam("now"), token="", refresh_token=None)
)
_BELONG = Statement(
    (_belonging := inserting(WORKSPACE, leave_out="")).on_conflict_do_update(
        index_elements=["channel", "workspace"], set_={"organisation": _belonging.excluded.organisation}
    )
)
_has_its_own = exists().where(
    INSTALLATION.c.channel == WORKSPACE.c.channel,
    INSTALLATION.c.workspace == WORKSPACE.c.workspace,
    INSTALLATION.c.gone_at.is_(None),
)
_MEMBERS = Statement(
    select(WORKSPACE.c.workspace)
    .where(WORKSPACE.c.channel == bindparam("name"), WORKSPACE.c.organisation == bindparam("at"), ~_has_its_own)
    .order_by(WORKSPACE.c.workspace)
)
_prefix: BindParameter[str] = bindparam("prefix")
_PEOPLE = Statement(
    select(ADDRESS.c.id)
    .where(
        ADDRESS.c.channel == bindparam("name"),
        func.substr(ADDRESS.c.chat, 1, func.length(_prefix)) == _prefix,
        ADDRESS.c.reachable == bindparam("can_be_reached"),
    )
    .order_by(ADDRESS.c.id)
)
_ISSUE = Statement(inserting(OAUTH_STATE, leave_out=""))
_USE = Statement(
    delete(OAUTH_STATE).where(OAUTH_STATE.c.digest == bindparam("of"), OAUTH_STATE.c.expires_at > bindparam("now"))
)
_SWEEP = Statement(delete(OAUTH_STATE).where(OAUTH_STATE.c.expires_at <= bindparam("now")))


def keep(transaction: Transaction, channel: str, installation: Installation, now: datetime) -> None:
    """Keeps what was installed now; another installation of the same workspace takes the place of the one before."""
    transaction.run(
        _KEEP,
        channel=channel,
        workspace=installation.workspace,
        token=installation.token,
        refresh_token=installation.refresh_token,
        expires_at=installation.expires_at,
        bot=installation.bot,
        app=installation.app,
        scopes=installation.scopes,
        installed_at=now,
        gone_at=None,
    )


def find(transaction: Transaction, channel: str, workspace: str) -> Installation | None:
    """The installation that serves a workspace: its own, or else its organisation's; None where neither wants us."""
    row = transaction.one(_FIND, name=channel, at=workspace)
    if row is None:
        return None
    return Installation(row.workspace, row.token, row.bot, row.app, row.scopes, row.refresh_token, row.expires_at)


def replace(transaction: Transaction, channel: str, after: Installation, used: str) -> bool:
    """Keeps the tokens that `used` was exchanged for; False where another process has exchanged it before."""
    return (
        transaction.run(
            _REPLACE,
            name=channel,
            at=after.workspace,
            used=used,
            new_token=after.token,
            new_refresh_token=after.refresh_token,
            new_expiry=after.expires_at,
        )
        == 1
    )


def forget(transaction: Transaction, channel: str, workspace: str, told: datetime, now: datetime) -> bool:
    """Lets go of the tokens of a workspace or organisation that did not want us any more at `told`.

    False where it was gone already, or was installed again since.
    """
    return transaction.run(_FORGET, name=channel, at=workspace, told=told, now=now) == 1


def belong(transaction: Transaction, channel: str, workspace: str, organisation: str) -> None:
    """Notes that a workspace is one of an organisation, and is served by what is installed there."""
    transaction.run(_BELONG, channel=channel, workspace=workspace, organisation=organisation)


def people(transaction: Transaction, channel: str, workspace: str, *, reachable: bool) -> list[int]:
    """The addresses in a workspace, or in those that an organisation serves, that can be written to, or cannot."""
    members = [row.workspace for row in transaction.all(_MEMBERS, name=channel, at=workspace)]
    return [
        int(row.id)
        for one in (workspace, *members)
        for row in transaction.all(_PEOPLE, name=channel, prefix=f"{one}:", can_be_reached=reachable)
    ]


def issue_state(transaction: Transaction, now: datetime) -> str:
    """A new state for an installation that is begun now; those that nobody came back with are let go of."""
    transaction.run(_SWEEP, now=now)
    state = secrets.token_urlsafe(32)
    transaction.run(_ISSUE, digest=_digest(state), expires_at=now + STATE_LIFETIME)
    return state


def use_state(transaction: Transaction, state: str, now: datetime) -> bool:
    """Uses a state up; False for unknown, expired and used ones alike."""
    return transaction.run(_USE, of=_digest(state), now=now) == 1


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
