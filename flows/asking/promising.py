"""What became of the actions of the wave before: asked once somebody is done, one after the other, never in the way."""

from flows.prompts import Prompt
from flows.prompts.following import AskBecame
from flows.session import Session


def asked(session: Session) -> tuple[Prompt, ...]:
    """The next of these questions; nothing where there is none, or for whoever does not lead the city."""
    if session.role != "coordinator" or not session.promised:
        return ()
    one = session.promised[0]
    return (AskBecame(code=one.item, owner=one.owner, due=one.due, left=len(session.promised) - 1),)
