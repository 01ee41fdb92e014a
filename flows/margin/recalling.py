"""What somebody said and sent, all in one place, and each with a button that removes it."""

from flows.around import Around
from flows.prompts.figures import MyFile
from flows.prompts.interludes import MyData
from flows.session import Session, item_of
from flows.turn import Turn

SHOWN = 8
"""Of each kind, the latest: a list with more buttons is read by nobody."""


def recall(session: Session, around: Around) -> Turn:
    """The turn after a wish to see it; it changes nothing."""
    comments = [(item_of(key), said.comment) for key, said in session.responses.items() if said.comment]
    comments += session.notes.items()
    mine = around.mine
    shown = MyData(
        len(session.responses),
        tuple(comments[-SHOWN:]),
        mine.remarks[-SHOWN:],
        mine.files[-SHOWN:],
        session.remarks.consent,
        more=sum(max(len(of_a_kind) - SHOWN, 0) for of_a_kind in (comments, mine.remarks, mine.files)),
    )
    return Turn(session, (shown, MyFile()))
