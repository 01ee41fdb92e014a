"""Every response of a city in long form: one row each, as JSON or as cells of a table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from model.responses import Aspect, Source
from storage import evidence, logs, remarks, waves
from storage.database import Transaction
from storage.evidence import Kept
from storage.remarks import Comment
from storage.waves import Logged, Wave

COLUMNS = (
    *("city", "wave", "instrument", "version", "respondent", "department", "dimension", "capability", "indicator"),
    *("aspect", "level", "target_year", "non_response", "source", "certainty", "comment", "at", "current"),
    *("evidence", "evidence_names", "evidence_digests"),
)
"""Those of a table: the keys of a row as JSON, but evidence counted, with names and digests beside it."""
_BETWEEN = " | "


def rows(transaction: Transaction, city: str) -> Iterator[dict[str, Any]]:
    """Every response of a city, oldest first, then the comments on whole capabilities; read wave by wave."""
    sent: Mapping[tuple[int, str], Sequence[Kept]] = {}
    wave = 0
    for logged in logs.of_city(transaction, city):
        if logged.wave != wave:
            wave, sent = logged.wave, evidence.of_wave(transaction, logged.wave)
        yield response_as_json(logged, sent.get((logged.respondent, logged.response.item), ()))
    for held in reversed(waves.of_city(transaction, city)):
        for said in remarks.comments(transaction, held.id):
            yield comment_as_json(held, said)


def cells(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """A row as cells, in the order of COLUMNS."""
    sent = row["evidence"]
    names = _BETWEEN.join(one["name"] or one["link"] or one["kind"] for one in sent)
    digests = _BETWEEN.join(one["digest"] for one in sent if one["digest"])
    flat = {**row, "evidence": len(sent), "evidence_names": names or None, "evidence_digests": digests or None}
    return tuple(flat[name] for name in COLUMNS)


def evidence_as_json(one: Kept) -> dict[str, Any]:
    """A piece of evidence; its copy lies under `digest` in the folder `evidence`, or is still at its platform."""
    return {
        "kind": one.kind,
        "name": one.name or None,
        "caption": one.caption or None,
        "link": one.reference if one.kind == "link" else None,
        "media": one.media or None,
        "size": one.size,
        "digest": one.digest,
        "reference": one.reference,
        "at": _stamp(one.at),
        "dated": _stamp(one.dated) if one.dated else None,
    }


def _stamp(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def response_as_json(logged: Logged, sent: Sequence[Kept] = ()) -> dict[str, Any]:
    """One response as it is exported, the one that counts with its evidence.

    `indicator` is None where a capability's target is set.
    """
    said = logged.response
    is_indicator = said.item.count(".") > 1 or said.aspect is Aspect.AS_IS
    capability = said.item.rpartition(".")[0] if is_indicator else said.item
    return {
        "city": logged.city,
        "wave": logged.wave,
        "instrument": logged.instrument,
        "version": logged.version,
        "respondent": logged.respondent,
        "department": logged.department,
        "dimension": capability.partition(".")[0],
        "capability": capability,
        "indicator": said.item if is_indicator else None,
        "aspect": said.aspect,
        "level": said.level,
        "target_year": said.year,
        "non_response": said.non_response,
        "source": said.source,
        "certainty": said.certainty,
        "comment": said.comment or None,
        "at": _stamp(logged.at),
        "current": logged.current,
        "evidence": [evidence_as_json(one) for one in sent] if logged.current and said.aspect is Aspect.AS_IS else [],
    }


def comment_as_json(wave: Wave, said: Comment) -> dict[str, Any]:
    """A comment on a capability, with the keys of a response; `aspect` is None, as it answers nothing."""
    blank = {"indicator": None, "aspect": None, "level": None, "target_year": None, "non_response": None}
    return {
        "city": wave.city_id,
        "wave": wave.id,
        "instrument": wave.instrument,
        "version": wave.version,
        "respondent": said.respondent,
        "department": said.department,
        "dimension": said.item.partition(".")[0],
        "capability": said.item,
        **blank,
        "source": Source.RESPONDENT,
        "certainty": None,
        "comment": said.text,
        "at": _stamp(said.at),
        "current": said.current,
        "evidence": [],
    }
