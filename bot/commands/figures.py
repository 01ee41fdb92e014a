"""Results on the command line: scores and benchmark."""

from typing import Annotated

import msgspec
import typer

from bot.commands.common import AsJson, CityName, UserError, now, put, say, store, the_city
from bot.messages import Message
from bot.reports import benchmarking, results
from bot.reports.results import Result, parts
from bot.reports.results.as_json import scores_as_json
from bot.wording import word
from flows import prompts
from flows.results import seeing
from flows.session import Session
from model.comparison import Benchmark, Cut
from storage.cities import City
from storage.database import Database, Transaction


def scores(
    city_name: CityName,
    code: Annotated[str, typer.Argument(help="A dimension, capability or statement: 3, 3.2, 3.2.1; or own.")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """A city's scores in its latest wave: all of them, or one part down to its statements."""
    with store() as database:
        result = _result(database, city_name)
    if as_json:
        put(scores_as_json(result))
        return
    instrument = results.instrument_of(result)
    session = Session(id="0", year=result.on.year, form=result.wave.form, joined=True)
    told = seeing.scores(instrument, session, code)[0]
    if isinstance(told, prompts.Notice):
        raise UserError(word(told, session, instrument).body)
    _say(told, result)


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


def _result(database: Database, city_name: str) -> Result:
    city = the_city(database, city_name)
    result = database.read(lambda tx: _read(tx, city))
    if result is None:
        raise UserError(f"{city.name} has no wave yet, so there is nothing to score.")
    return result


def _read(transaction: Transaction, city: City) -> Result | None:
    result = results.of_city(transaction, city, now().date())
    return results.certain(transaction, result) if result else None


def _say(prompt: prompts.Prompt, result: Result, compared: Benchmark | None = None) -> None:
    """The same words as in chat."""
    session = Session(id="0", year=result.on.year)
    facts = {"result": result, "bench": compared, **parts.facts(prompt, result)}
    message: Message = word(prompt, session, results.instrument_of(result), facts)
    for part in (message.title, message.body, message.note):
        if part:
            say(part)
