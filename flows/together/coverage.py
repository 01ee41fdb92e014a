"""Whether every statement of a wave is somebody's: asked of at least one person, or on offer to one."""

from collections.abc import Iterable, Sequence

from flows.path import is_complete, path, way
from flows.session import Session
from model.instrument import Form, Instrument


def uncovered(
    instrument: Instrument, form: Form, sessions: Iterable[Session], offered: Iterable[str] = ()
) -> tuple[str, ...]:
    """The statements that a form asks of nobody: in no session's way, answered by nobody, and not in `offered`."""
    held = set(offered)
    for session in sessions:
        held.update(path(instrument, way(session)))
        held.update(key for key in session.responses if is_complete(session, key))
    return tuple(code for code in asked(instrument, form) if code not in held)


def asked(instrument: Instrument, form: Form) -> tuple[str, ...]:
    """All statements of a form, in its order."""
    return tuple(one.code for capability in instrument.capabilities() for one in capability.asked(form))


def shortest(instrument: Instrument, form: Form, codes: Sequence[str]) -> tuple[str, ...]:
    """The same statements with a capability's code where all of it is meant: `3.4` rather than each of its own."""
    wanted, told = set(codes), []
    for capability in instrument.capabilities():
        below = [one.code for one in capability.asked(form)]
        missing = [code for code in below if code in wanted]
        told += [capability.code] if below and len(missing) == len(below) else missing
    return tuple(told)


def share(instrument: Instrument, form: Form, department: str) -> tuple[str, ...]:
    """The statements that a form asks of a department."""
    return tuple(code for code in asked(instrument, form) if instrument.indicators[code].department == department)
