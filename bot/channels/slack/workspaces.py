"""A workspace that installs the bot, or does not want it any more: whom it reaches there changes with it."""

import logging
from datetime import datetime

from bot.conversation import Clock
from bot.conversation.losing import lose, regain
from bot.durable import kept
from storage import installations
from storage.database import Database, Transaction
from storage.installations import Installation

NAME = "slack"
"""What the channel is called in the store."""

_log = logging.getLogger(__name__)


async def installed(database: Database, installation: Installation, clock: Clock) -> None:
    """Keeps an installation; whoever could not be written to in that workspace gets another chance."""
    await kept(database, lambda tx: installations.keep(tx, NAME, installation, clock()))
    for address in await kept(database, lambda tx: _people(tx, installation.workspace, reachable=False)):
        await kept(database, lambda tx, one=address: regain(tx, one, clock()))  # type: ignore[misc]
    _log.info("Installed in %s", installation.workspace)


async def uninstalled(database: Database, workspace: str, clock: Clock, told: datetime | None = None) -> None:
    """Lets go of a workspace's (or organisation's) tokens; its people are lost, each as if they had blocked us.

    `told` is when the platform said so: what was installed since then stays. Said twice it is no different. The
    coordinators hear of it by their digest.
    """

    def _forget(transaction: Transaction) -> bool:
        installations.forget(transaction, NAME, workspace, told or clock(), clock())
        return installations.find(transaction, NAME, workspace) is None

    if not await kept(database, _forget):
        return  # installed again since, or served by the organisation's installation
    # A transaction each: a city hall's people in one would keep everybody else waiting. Where the process ends in
    # between, whoever is left over is lost at the next message that is owed to them.
    for address in await kept(database, lambda tx: _people(tx, workspace, reachable=True)):
        await kept(database, lambda tx, one=address: lose(tx, one, clock()))  # type: ignore[misc]
    _log.info("Uninstalled from %s", workspace)


def _people(transaction: Transaction, workspace: str, *, reachable: bool) -> list[int]:
    return installations.people(transaction, NAME, workspace, reachable=reachable)
