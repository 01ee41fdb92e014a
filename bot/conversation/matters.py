"""How a city sees each statement, read from what its people said: what the disagreement desk looks at."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from flows.kept.settling import Matter, Opinion
from flows.together import views
from model.pooling import pool
from model.responses import Aspect, NonResponse, Response, Source
from storage import remarks, teams, waves, workshops
from storage.database import Transaction
from storage.remarks import Viewpoint
from storage.teams import Mate
from storage.waves import Logged, Wave


def matters(transaction: Transaction, wave: int) -> tuple[Matter, ...]:
    """Every statement of a wave that has answers or an agreed value, as the city sees it."""
    found = waves.find(transaction, wave)
    if found is None:
        return ()
    logged = _logged(transaction, found)
    told, votes = remarks.views(transaction, wave), workshops.tallies(transaction, wave)
    mates = teams.mates(transaction, wave)
    every = (_matter(item, log, [one for one in told if one.item == item], mates) for item, log in logged.items())
    return tuple(
        msgspec.structs.replace(one, votes=() if one.reason else votes.get(one.code, ()))
        for one in sorted(every, key=lambda one: [int(part) for part in one.code.split(".") if part.isdigit()])
        if one.concerned or one.agreed
    )


def matter(transaction: Transaction, wave: int, item: str) -> Matter | None:
    """One of them."""
    return next((one for one in matters(transaction, wave) if one.code == item), None)


def _logged(transaction: Transaction, wave: Wave) -> dict[str, list[Logged]]:
    """What was said of each statement in a wave, oldest first."""
    logged: dict[str, list[Logged]] = {}
    for entry in waves.log(transaction, wave.city_id):
        if entry.wave == wave.id and entry.response.aspect is Aspect.AS_IS:
            logged.setdefault(entry.response.item, []).append(entry)
    return logged


def _matter(item: str, log: list[Logged], told: list[Viewpoint], mates: list[Mate]) -> Matter:
    given = {one.respondent: one.response for one in log if one.current and one.response.source is Source.RESPONDENT}
    taken = {who: value for who, response in given.items() if (value := _value(response))}
    pooled = pool(given.values())
    agreed = [one.response for one in log if one.response.source is Source.AGREED]
    last = agreed[-1] if agreed else None
    said = [one for one in told if one.respondent in taken and one.text]
    opinions = [Opinion(taken[one.respondent], one.text, one.name) for one in said]
    found = Matter(
        item,
        tuple(sorted(int(value) for value in taken.values() if value.isdigit())),
        sum(not value.isdigit() for value in taken.values()),
        pooled.level,
        pooled.spread or 0.0,
        pooled.within_1 or 0.0,
        pooled.disputed,
        _value(last) if last else "",
        last.comment if last else "",
        len(agreed),
        views=tuple(sorted(opinions, key=lambda one: (one.value, one.name, one.text))),  # not in the order they came
        concerned=len(taken),
    )
    return msgspec.structs.replace(found, **_heard(item, taken.keys(), told, mates))


def _value(response: Response) -> str:
    """A level, or that it does not apply; "" for neither."""
    if response.level is not None:
        return str(response.level)
    return "not_applicable" if response.non_response is NonResponse.NOT_APPLICABLE else ""


def _heard(item: str, taken: Iterable[int], told: list[Viewpoint], mates: list[Mate]) -> dict[str, int]:
    """How many of those who answered were asked, and what became of it."""
    spoken = {one.respondent: one.kind for one in told}
    state = Counter[str]()
    for mate in mates:
        if mate.respondent not in taken:
            continue
        desk = mate.session.desk
        kind = spoken.get(mate.respondent, "")
        changed = not kind and item in desk.asked and views.has_spoken(mate.session, item)
        state["asked"] += bool(kind) or item in desk.asked
        state["waiting"] += not kind and item in desk.waiting
        state["said"] += kind in {"view", "nameless"}
        state["silent"] += kind == "silent"
        state["changed"] += changed
    return dict(state)
