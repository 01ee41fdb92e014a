"""What only shows across files: codes used twice or out of place, references and departments that do not exist."""

from collections import Counter
from collections.abc import Iterator

from model.countries import countries
from model.instrument import HELPED_LEVELS, Dimension, Indicator, Instrument
from model.parsing import Place, Source
from model.responses import NonResponse
from model.routing import condition


def check_head(whole: Instrument, head: Source) -> None:
    """Notes what is wrong with the scale's levels and the bands' cut points."""
    for at, level in enumerate(whole.scale):
        if level.level != at:
            head.fault(
                ("scale", at, "level"),
                f"Level {level.level} stands where level {at} is due.",
                "Give the levels 0 to 5 in order, each once.",
            )
    for code in set(whole.non_responses) - set(NonResponse):
        mend = f"Use {', '.join(NonResponse)}."
        head.fault(("non_responses", code), f"There is no non-response “{code}”.", mend)
    before = 0
    for at, band in enumerate(whole.bands):
        if band.up_to <= before:
            head.fault(("bands", at), "This band does not end above the one before.", "Put the bands in order.")
        before = band.up_to
    if before != 100:
        head.fault(
            ("bands", len(whole.bands) - 1),
            "The last band does not end at 100.",
            "Let it end there.",
        )


def check(whole: Instrument, parts: list[Source], cited: Source) -> None:
    """Notes the faults of an instrument whose files are well-formed one by one (`parts`: a source a dimension)."""
    _check_references(whole, cited)
    seen: set[str] = set()
    for dimension, source in zip(whole.dimensions, parts, strict=True):
        for place, above, code in _codes(dimension):
            if code in seen:
                source.fault((*place, "code"), f"The code {code} is used twice.", "Give each its own.")
            if above and not code.startswith(f"{above}."):
                mend = f"Begin it with {above}., as all inside {above} do."
                source.fault((*place, "code"), f"The code {code} does not belong here.", mend)
            seen.add(code)
        _check_indicators(whole, dimension, source)


def _check_references(whole: Instrument, cited: Source) -> None:
    count = Counter(reference.id for reference in whole.references)
    for position, reference in enumerate(whole.references):
        if count[reference.id] > 1:
            what = f"The reference {reference.id} is listed {count[reference.id]} times."
            cited.fault((position, "id"), what, "Keep one of them.")
        if reference.kind == "city programme" and not (reference.city and reference.country):
            what = f"The city programme {reference.id} does not say whose it is."
            cited.fault((position, "kind"), what, "Add its `city` and its `country`, two letters such as ES.")
        if reference.country and reference.country not in countries():
            what = f"There is no country {reference.country}."
            cited.fault((position, "country"), what, "Give its two letters of ISO 3166, such as ES.")


def _codes(dimension: Dimension) -> Iterator[tuple[Place, str, str]]:
    """Every code of a dimension: its place, the code it stands in, itself."""
    yield (), "", dimension.code
    for c, capability in enumerate(dimension.capabilities):
        yield ("capabilities", c), dimension.code, capability.code
        for i, indicator in enumerate(capability.indicators):
            yield ("capabilities", c, "indicators", i), capability.code, indicator.code


def _check_indicators(whole: Instrument, dimension: Dimension, source: Source) -> None:
    for c, capability in enumerate(dimension.capabilities):
        keys = sum(indicator.key for indicator in capability.indicators)
        if keys != 1:
            what = f"Capability {capability.code} has {keys} key indicators."
            source.fault(("capabilities", c, "code"), what, "Mark exactly one with `key: true`.")
        for i, indicator in enumerate(capability.indicators):
            _check_indicator(whole, indicator, source, ("capabilities", c, "indicators", i))


def _check_indicator(whole: Instrument, indicator: Indicator, source: Source, place: Place) -> None:
    for level in HELPED_LEVELS:
        if level not in indicator.levels:
            what = f"{indicator.code} does not say what level {level} looks like."
            source.fault((*place, "levels"), what, "Add a line for it.")
    if indicator.department not in whole.departments:
        what = f"There is no department “{indicator.department}”."
        source.fault((*place, "department"), what, f"Choose one of {', '.join(whole.departments)}.")
    for number, reference in enumerate(indicator.references):
        if reference not in whole.reference:
            what = f"There is no reference {reference}."
            source.fault((*place, "references", number), what, "Add it to references.yaml, or mend the id.")
    if indicator.ask_if:
        _check_condition(whole, indicator, indicator.ask_if, source, (*place, "ask_if"))


def _check_condition(whole: Instrument, indicator: Indicator, ask_if: str, source: Source, place: Place) -> None:
    parsed = condition(ask_if)
    if parsed is None:
        source.fault(place, f"“{ask_if}” is not a condition.", "Write it like `1.1.2 >= 3`.")
        return
    order = list(whole.indicators)
    if parsed[0] not in order:
        source.fault(place, f"The condition asks about {parsed[0]}, which does not exist.", "Mend the code.")
    elif order.index(parsed[0]) >= order.index(indicator.code):
        what = f"The condition asks about {parsed[0]}, which comes later."
        source.fault(place, what, "Ask only about items that come before.")
