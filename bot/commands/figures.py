"""Results on the command line: scores, benchmark and the raw responses."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
import typer

from bot.commands.common import AsJson, CityName, UserError, line, now, put, say, store, the_city
from bot.messages import Message
from bot.reports import benchmarking, results
from bot.reports.results import Result
from bot.wording import word
from flows import prompts
from flows.session import Session
from model.comparison import Benchmark, Cut
from model.responses import Aspect, Source
from model.scoring import CapabilityScore, DimensionScore, Score
from storage import evidence, remarks, waves
from storage.database import Database, Transaction
from storage.evidence import Kept
from storage.remarks import Comment
from storage.waves import Logged, Wave


def scores(city_name: CityName, *, as_json: AsJson = False) -> None:
    """A city's scores in its latest wave."""
    with store() as database:
        result = _result(database, city_name)
    if as_json:
        put(scores_as_json(result))
        return
    _say(prompts.Scores(), result)


def benchmark(
    city_name: CityName,
    dimension: Annotated[str, typer.Argument(help="Its capabilities beside the peers', such as 3.")] = "",
    *,
    cut: Annotated[Cut, typer.Option(help="Compare with all cities, or with those alike in one respect.")] = "all",
    as_json: AsJson = False,
) -> None:
    """A city beside its peers, as far as the rules let it be told."""
    with store() as database:
        result = _result(database, city_name)
        if dimension and dimension not in results.instrument_of(result).dimension_codes:
            raise UserError(f"There is no dimension “{dimension}”. Dimensions are 1 to 5, such as 3.")
        (compared,) = benchmarking.benchmarks(database, result, (cut,), now().date())
    if as_json:
        told = msgspec.to_builtins(_of_dimension(compared, dimension))
        put({"city": result.city.id, "wave": result.wave.id, "dimension": dimension or None, **told})
        return
    _say(prompts.Benchmark(cut, dimension), result, compared)


def _of_dimension(compared: Benchmark, dimension: str) -> Benchmark:
    """The benchmark of a dimension and its capabilities; the whole one where none is meant."""
    kept = (one for one in compared.standings if dimension in ("", one.code.partition(".")[0]))
    return msgspec.structs.replace(compared, standings=tuple(kept))


def export(
    city_name: CityName,
    *,
    form: Annotated[Literal["jsonl"], typer.Option("--format", help="One line of JSON a response.")] = "jsonl",
) -> None:
    """Every response of a city, oldest first; then the comments on whole capabilities."""
    del form  # there is one so far
    with store() as database:
        city = the_city(database, city_name)
        logs, sent = database.read(lambda tx: (waves.log(tx, city.id), _evidence(tx, city.id)))
        for logged in logs:
            line(response_as_json(logged, sent.get((logged.wave, logged.respondent, logged.response.item), ())))
        for wave, said in database.read(lambda tx: _comments(tx, city.id)):
            line(comment_as_json(wave, said))


def _comments(transaction: Transaction, city: str) -> list[tuple[Wave, Comment]]:
    held = sorted(waves.of_city(transaction, city), key=lambda wave: wave.id)
    return [(wave, said) for wave in held for said in remarks.comments(transaction, wave.id)]


def _evidence(transaction: Transaction, city: str) -> Mapping[tuple[int, int, str], Sequence[Kept]]:
    """The evidence of a city by wave, respondent and item."""
    found: dict[tuple[int, int, str], Sequence[Kept]] = {}
    for wave in waves.of_city(transaction, city):
        found |= {(wave.id, *key): sent for key, sent in evidence.of_wave(transaction, wave.id).items()}
    return found


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


def scores_as_json(result: Result) -> dict[str, Any]:
    """A result with all its scores, unrounded; what a gate holds back is None."""
    card = result.scorecard
    return {
        "city": result.city.id,
        "wave": result.wave.id,
        "instrument": result.wave.instrument,
        "version": result.wave.version,
        "form": card.form,
        "synthetic": result.city.synthetic,
        "respondents": result.respondents,
        "answered": result.answered,
        "evidenced": result.evidenced,
        "overall": _score(card.overall),
        "levels": card.levels,
        "dimensions": [_score(dimension) for dimension in card.dimensions],
        "moved": msgspec.to_builtins(result.moves),
        "remarks": msgspec.to_builtins(result.quotes),
        "weights": [
            {"code": code, "importance": importance or None, "effort": effort or None}
            for code, (importance, effort) in sorted(result.weights.items())
        ],
        "conclusions": msgspec.to_builtins(result.conclusions),
    }


def _score(one: Score) -> dict[str, Any]:
    names = ("code", "score", "low", "high", "coverage", "target", "target_year", "gap", "band")
    told: dict[str, Any] = {name: getattr(one, name) for name in names}
    match one:
        case DimensionScore():
            told["capabilities"] = [_score(capability) for capability in one.capabilities]
        case CapabilityScore():
            told["indicators"] = [_score(indicator) for indicator in one.indicators]
    return told


def _result(database: Database, city_name: str) -> Result:
    city = the_city(database, city_name)
    result = database.read(lambda tx: results.of_city(tx, city, now().date()))
    if result is None:
        raise UserError(f"{city.name} has no wave yet, so there is nothing to score.")
    return result


def _say(prompt: prompts.Prompt, result: Result, compared: Benchmark | None = None) -> None:
    """The same words as in chat."""
    session = Session(id="0", year=result.on.year)
    message: Message = word(prompt, session, results.instrument_of(result), {"result": result, "bench": compared})
    for part in (message.title, message.body, message.note):
        if part:
            say(part)
