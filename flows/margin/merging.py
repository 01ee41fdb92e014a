"""What a workbook changes: each cell beside what it held when it was made, and beside what the chat holds now."""

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from flows.asking import survey
from flows.asking.goals import is_of_indicator
from flows.kept.sheets import Row, Sheet
from flows.margin.filing import MOST
from flows.margin.filling import statements
from flows.path import is_asked, path, position, way
from flows.session import Session, item_of, key_of, with_response
from flows.turn import Evidence, Remark
from model.instrument import Instrument
from model.responses import Aspect, Certainty, NonResponse, Response

Kind = Literal["answer", "goal", "comment", "sure", "link"]
Left = Literal["not_yours", "not_asked", "goals", "cleared", "full", "newer"]
"""Why something is left out: somebody else's, not asked after other answers, for coordinators, emptied, too many."""


class Change(msgspec.Struct, frozen=True):
    """One thing that changes: `was` is what the chat held, `now` what the workbook says."""

    kind: Kind
    key: str
    was: str
    now: str


class Merged(msgspec.Struct):
    """A workbook while it is merged: the session so far, what is to be kept, and what is to be told."""

    session: Session
    keeps: list[Response | Remark | Evidence] = []
    changes: list[Change] = []
    clashes: list[Change] = []
    left: dict[str, int] = {}
    below: list[str] = []

    def leave(self, why: Left) -> None:
        """Counts what is left out."""
        self.left[why] = self.left.get(why, 0) + 1


class _Rules(msgspec.Struct, frozen=True):
    """What decides between two answers: whose workbook it is, whether it wins, and what its reader knew."""

    instrument: Instrument
    sheet: Sheet
    wins: bool
    seen: Mapping[str, str] | None


def merge(
    instrument: Instrument, session: Session, sheet: Sheet, *, wins: bool = False, seen: Mapping[str, str] | None = None
) -> Merged:
    """The session after a workbook, as if each of its cells had come alone, in the questionnaire's order.

    Where chat and workbook differ, and the chat has moved on since the workbook was made, the chat's answer stays;
    with `wins` the workbook's counts, but only over what its reader has `seen` (None for whatever there is).
    """
    rules = _Rules(instrument, sheet, wins, seen)
    merged = Merged(session)
    for row in _in_order(instrument, session, sheet):
        _answer(merged, rules, row)
        _goal(merged, rules, row)
        _links(merged, rules, row)
    merged.session = _still_asking(session, merged.session)
    return merged


def _in_order(instrument: Instrument, session: Session, sheet: Sheet) -> Iterator[Row]:
    """A later statement may only be asked after an earlier; what is not on this person's way comes last."""
    rows = {row.item: row for row in sheet.rows}
    keys = dict.fromkeys(item_of(key) for key in path(instrument, way(session)))
    yield from (rows[key] for key in keys if key in rows)
    yield from (row for item, row in rows.items() if item not in keys)


def _answer(merged: Merged, rules: _Rules, row: Row) -> None:
    if row.item not in rules.instrument.indicators:
        return _remark(merged, rules, row)
    mine = row.item in position(rules.instrument, way(merged.session))
    if not mine or not is_asked(rules.instrument, merged.session, row.item):
        if row.level not in {"", row.was} or row.comment not in {"", row.was_comment}:
            merged.leave("not_asked" if mine else "not_yours")
        return None
    if not row.level and row.was and not rules.sheet.others:
        merged.leave("cleared")
    current = survey.said(merged.session, row.item)
    verdict = _verdict(merged, rules, Change("answer", row.item, current, row.level), row.was)
    if verdict == "clash":
        return None  # the words beside a level go with it
    before = merged.session.responses.get(row.item)
    response = survey.meant(merged.session, row.item, row.level) if verdict == "take" else before
    return _beside(merged, rules, row, before, response)


def _beside(merged: Merged, rules: _Rules, row: Row, before: Response | None, response: Response | None) -> None:
    """A statement's comment and how sure its answer is, with the answer itself."""
    if response is None or response.non_response is NonResponse.HANDED_ON:
        return _waiting(merged, rules, row)
    # Why something does not apply is a part of the answer, not a comment of its own.
    reason = response.non_response is NonResponse.NOT_APPLICABLE and response is not before
    comment = Change("comment", row.item, response.comment, row.comment)
    if row.comment and (reason or _verdict(merged, rules, comment, row.was_comment) == "take"):
        response = msgspec.structs.replace(response, comment=row.comment)
    if response.level is not None:
        change = Change("sure", row.item, response.certainty or "", row.certainty)
        if _verdict(merged, rules, change, row.was_certainty) == "take":
            response = msgspec.structs.replace(response, certainty=Certainty(row.certainty))
    if response != before:
        _keep(merged, response)
    return None


def _waiting(merged: Merged, rules: _Rules, row: Row) -> None:
    """A comment on what has no answer yet waits for it."""
    change = Change("comment", row.item, merged.session.notes.get(row.item, ""), row.comment)
    if _verdict(merged, rules, change, row.was_comment) == "take":
        _note(merged, row)


def _remark(merged: Merged, rules: _Rules, row: Row) -> None:
    """A comment on a capability as a whole."""
    if not row.comment:
        return
    if not statements(rules.instrument, merged.session, row.item):
        merged.leave("not_yours")
        return
    change = Change("comment", row.item, merged.session.notes.get(row.item, ""), row.comment)
    if _verdict(merged, rules, change, row.was_comment) == "take":
        _note(merged, row)
        merged.keeps.append(Remark(row.item, "comment", row.comment))


def _note(merged: Merged, row: Row) -> None:
    notes = {**merged.session.notes, row.item: row.comment}
    merged.session = msgspec.structs.replace(merged.session, notes=notes)


def _goal(merged: Merged, rules: _Rules, row: Row) -> None:
    now, was = _aim(row.goal, row.year), _aim(row.was_goal, row.was_year)
    if now in {"", was}:
        if was and not now and not rules.sheet.others:
            merged.leave("cleared")
        return
    key = key_of(row.item, Aspect.TARGET)
    if merged.session.role != "coordinator":
        merged.leave("goals")
    elif not _may_aim(rules.instrument, merged.session, key):
        merged.leave("not_asked")
    elif _verdict(merged, rules, Change("goal", key, _aimed(merged.session, key), now), was) == "take":
        _keep(merged, Response(row.item, Aspect.TARGET, level=int(row.goal), year=row.year))
        today = survey.today(rules.instrument, merged.session, row.item)
        if today is not None and int(row.goal) < today:
            merged.below.append(key)


def _may_aim(instrument: Instrument, session: Session, key: str) -> bool:
    known = key in position(instrument, way(session)) or is_of_indicator(instrument, session, key)
    return known and is_asked(instrument, session, key)


def _links(merged: Merged, rules: _Rules, row: Row) -> None:
    on_way = row.item in position(rules.instrument, way(merged.session))
    for address, words in row.links:
        session = merged.session
        if (row.item, address) in rules.sheet.held:
            continue
        if not on_way or session.filed.count(row.item) >= MOST:
            merged.leave("full" if on_way else "not_yours")
            continue
        merged.keeps.append(Evidence(row.item, "link", address, words, len(session.filed) + 1))
        merged.changes.append(Change("link", row.item, "", address))
        merged.session = msgspec.structs.replace(session, filed=(*session.filed, row.item))


def _verdict(merged: Merged, rules: _Rules, change: Change, was: str) -> Literal["same", "take", "clash"]:
    """Whether something changes; `was` is what the workbook held when it was made."""
    if change.now in {"", was, change.was}:
        return "same"
    base = "" if rules.sheet.others else was
    if change.was not in {"", base} and not _wins(rules, change):
        merged.clashes.append(change)
        return "clash"
    merged.changes.append(change)
    return "take"


def _wins(rules: _Rules, change: Change) -> bool:
    known = rules.seen is None or rules.seen.get(seen_as(change)) == change.was
    return rules.wins and known


def seen_as(change: Change) -> str:
    """Under which key a reader is noted to have seen what the chat held."""
    return f"{change.kind} {change.key}"


def _keep(merged: Merged, response: Response) -> None:
    merged.session = with_response(merged.session, response)
    merged.keeps.append(response)


def _still_asking(before: Session, after: Session) -> Session:
    """The session with what was being asked before, where that was not answered."""
    cursor = before.cursor if not _is_new(before, after, before.cursor) else ""
    reason_for = before.reason_for if not _is_new(before, after, before.reason_for) else ""
    return msgspec.structs.replace(after, cursor=cursor, reason_for=reason_for)


def _is_new(before: Session, after: Session, key: str) -> bool:
    return bool(key) and before.responses.get(key) is not after.responses.get(key)


def _aimed(session: Session, key: str) -> str:
    """The goal that counts, as a workbook says it; "" for none."""
    response = session.responses.get(key)
    if response is None or response.level is None:
        return ""
    return _aim(str(response.level), response.year or 0)


def _aim(level: str, year: int) -> str:
    return f"{level} {year or ''}".strip() if level else ""
