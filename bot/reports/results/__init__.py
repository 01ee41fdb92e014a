"""A city's result: the store's responses, pooled, scored and weighed by the model, and all that is told beside it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import msgspec

from bot.reports.results.moving import Moves, moves
from model import library
from model.actions import Action, actions
from model.certainty import Given, Shares, scored, scores, shares, without_each
from model.instrument import Form, Instrument
from model.pooling import pool
from model.responses import Aspect, Response, Source
from model.scoring import Scorecard
from model.weighting import Range, shaken
from storage import actions as kept_actions
from storage import priorities, remarks, waves
from storage.cities import City
from storage.database import Transaction
from storage.remarks import Conclusion, Viewpoint
from storage.waves import Wave


class Quote(msgspec.Struct, frozen=True):
    """What is hard (`challenge`) or works well (`success`) about an item, in somebody's words."""

    item: str
    kind: str
    text: str


class View(msgspec.Struct, frozen=True):
    """Why somebody gave a level (0-5), in a sentence; `name` is empty where they wish to be nameless."""

    level: int | None
    text: str
    name: str = ""


class Dispute(msgspec.Struct, frozen=True):
    """An indicator about which respondents differ by the rule of the method; it stays one when it is settled.

    `levels` are all that were given (0-5), the lowest first; `spread` and `within_1` are those of `Pooled`. `agreed`
    is the level that was settled on, `reason` why; `views` are what those concerned said about it.
    """

    code: str
    levels: tuple[int, ...]
    median: int
    spread: float
    within_1: float
    agreed: int | None = None
    reason: str = ""
    views: tuple[View, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether something was agreed: a level, or with its reason that the statement does not apply."""
        return self.agreed is not None or bool(self.reason)


class Voices(msgspec.Struct, frozen=True):
    """Who answered of a department ("" for none): how many people, and how many statements they took a stand on."""

    department: str
    people: int
    answered: int


class Certain(msgspec.Struct, frozen=True):
    """How certain the scores are, by code: the range without any one respondent, and that under shaken weights."""

    without_each: Mapping[str, Range]
    shaken: Mapping[str, Range]


class Result(msgspec.Struct, frozen=True):
    """What a wave says of a city, and what every output has to say beside the numbers.

    `answered` counts indicators; `evidenced` is the share (0-1) of the responses with a file behind them; `shares` how
    sure those were who answered, by dimension and "overall"; `moves` is set where there was a round before; `quotes`
    are what respondents let be quoted without their name; `weights` importance and effort (1-3, 0 unknown) by code;
    `actions` the top of the action list, `done` how many of those that somebody led in the round before are done, and
    how many there were; `conclusions` are the experts', in the order they were said. `certain` is set where it was
    asked for: it takes its time. `evidence` counts, by indicator, the answers with a file behind them.
    """

    city: City
    wave: Wave
    scorecard: Scorecard
    respondents: int
    answered: int
    evidenced: float | None
    on: date
    shares: Mapping[str, Shares] = {}
    voices: tuple[Voices, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    moves: Moves | None = None
    quotes: tuple[Quote, ...] = ()
    weights: Mapping[str, tuple[int, int]] = {}
    actions: tuple[Action, ...] = ()
    done: tuple[int, int] = (0, 0)
    conclusions: tuple[Conclusion, ...] = ()
    certain: Certain | None = None
    evidence: Mapping[str, int] = {}

    @property
    def scores(self) -> Mapping[str, float | None]:
        """Overall, dimensions and capabilities, by code: what a benchmark compares."""
        return {one.code: one.score for one in scores(self.scorecard)}


def of_city(transaction: Transaction, city: City, today: date) -> Result | None:
    """A city's result in its latest wave, with what moved since the one before; None where it never had one."""
    held = waves.of_city(transaction, city.id)
    if not held:
        return None
    wave = held[0]
    result = of_wave(transaction, city, wave, wave.form, today)
    said = remarks.of_wave(transaction, wave.id)
    weights = priorities.of_wave(transaction, wave.id)
    return msgspec.structs.replace(
        result,
        moves=_moves(transaction, result, held[1:], today),
        quotes=tuple(Quote(one.item, one.kind, one.text) for one in said if one.quotable),
        weights=weights,
        actions=actions(instrument_of(result), result.scorecard, weights),
        done=kept_actions.became(transaction, city.id),
        conclusions=tuple(remarks.conclusions(transaction, wave.id)),
    )


def _moves(transaction: Transaction, result: Result, earlier: Sequence[Wave], today: date) -> Moves | None:
    """What moved since the latest round of the same instrument; a full form is compared with a short one as short."""
    before = next((one for one in earlier if one.closed_at and one.instrument == result.wave.instrument), None)
    if before is None or before.closed_at is None:
        return None
    form: Form = result.wave.form if before.form == result.wave.form else "short"
    now = result if form == result.wave.form else of_wave(transaction, result.city, result.wave, form, today)
    then = of_wave(transaction, result.city, before, form, today)
    return moves(
        before.closed_at.date(), form, (instrument_of(then), then.scorecard), (instrument_of(now), now.scorecard)
    )


def of_wave(transaction: Transaction, city: City, wave: Wave, form: Form, today: date) -> Result:
    """The result of one wave in one form; a wave of the full form also has one in the short form."""
    instrument = library.instrument(wave.instrument, wave.version)
    given = waves.responses(transaction, wave)
    card = scored(instrument, form, given)
    as_is = [(item, said) for (item, aspect), said in given.items() if aspect is Aspect.AS_IS]
    # Whoever entered what was agreed on has not answered for that.
    voices = {(who, item) for item, said in as_is for who, one in said if one.source is Source.RESPONDENT}
    backed = waves.with_evidence(transaction, wave.id)
    return Result(
        city=city,
        wave=wave,
        scorecard=card,
        respondents=len({who for who, _ in voices}),
        answered=card.overall.answered,
        evidenced=sum(voice in backed for voice in voices) / len(voices) if voices else None,
        on=today,
        shares=shares(instrument, form, given),
        voices=_by_department(voices, waves.departments(transaction, wave.id)),
        disputes=_disputes(instrument, given, remarks.views(transaction, wave.id)),
        evidence=Counter(item for _, item in voices & backed),
    )


def certain(transaction: Transaction, result: Result) -> Result:
    """The same result, with how certain its scores are."""
    instrument, form = instrument_of(result), result.wave.form
    given = waves.responses(transaction, result.wave)
    return msgspec.structs.replace(
        result, certain=Certain(without_each(instrument, form, given), shaken(result.scorecard))
    )


def _by_department(voices: Collection[tuple[int, str]], of: Mapping[int, str]) -> tuple[Voices, ...]:
    """Who answered, department by department; those of none come last."""
    people = {who: of.get(who, "") for who, _ in voices}
    return tuple(
        Voices(
            department,
            sum(one == department for one in people.values()),
            len({item for who, item in voices if people[who] == department}),
        )
        for department in sorted({*people.values()}, key=lambda one: (not one, one))
    )


def _disputes(instrument: Instrument, given: Given, told: Sequence[Viewpoint]) -> tuple[Dispute, ...]:
    """The indicators about which respondents differ, in the order of the instrument; what was settled stays."""
    found = []
    for code in instrument.indicators:
        said = given.get((code, Aspect.AS_IS), ())
        value = pool(one for _, one in said if one.source is Source.RESPONDENT)
        if value.disputed and value.level is not None:
            settled = [one for _, one in said if one.source is Source.AGREED]
            levels = sorted(r.level for _, r in said if r.level is not None and r.source is Source.RESPONDENT)
            found.append(
                Dispute(
                    code,
                    tuple(levels),
                    value.level,
                    value.spread or 0.0,
                    value.within_1 or 0.0,
                    agreed=settled[-1].level if settled else None,
                    reason=settled[-1].comment if settled else "",
                    views=_views(code, said, told),
                )
            )
    return tuple(found)


def _views(code: str, said: Sequence[tuple[int, Response]], told: Sequence[Viewpoint]) -> tuple[View, ...]:
    """Why people differ about an indicator, by level: not in the order they came, which might tell who said what."""
    levels = {who: one.level for who, one in said if one.source is Source.RESPONDENT}
    ours = [one for one in told if one.item == code and one.text and one.respondent in levels]
    views = [View(levels[one.respondent], one.text, one.name) for one in ours]
    return tuple(sorted(views, key=lambda one: (-1 if one.level is None else one.level, one.name, one.text)))


def instrument_of(result: Result, language: str = "en") -> Instrument:
    """The instrument that a result belongs to."""
    return library.instrument(result.wave.instrument, result.wave.version, language)
