"""The bot's sentences: every one translated, and every prompt worded in every language."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, get_args

import pytest
from babel.messages import frontend, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

from bot import messages
from bot.reports import readings
from bot.reports.readings import captions
from bot.reports.results import Result, parts
from bot.wording import word
from bot.wording.catalogues import LOCALE, translations
from bot.wording.labels import commands
from flows import packing, prompts
from flows.commands import COMMANDS
from flows.prompts import Prompt
from flows.prompts.figures import OfResult
from flows.prompts.following import Actions, OneAction, Partners, PartnerTerms
from flows.session import CityFacts, Session
from model import library
from model.actions import asks_for
from model.comparison import Benchmark, Peer, Snapshot, compare
from model.pooling import Pooled
from model.scoring import score
from storage.cities import City
from storage.waves import Wave
from tests.listing import filled
from tests.prompts import PROMPTS

ROOT = Path(__file__).parent.parent
MAPPING = ROOT / "bot" / "wording" / "extraction.cfg"
LANGUAGES = library.instrument(*library.DEFAULT).languages
TRANSLATIONS = tuple(language for language in LANGUAGES if language != "en")
LONGEST_LABEL = 64
"""Characters of a button's label: Slack allows 75, and a phone shows fewer."""

OPENED, TODAY = datetime(2026, 10, 5, tzinfo=UTC), date(2026, 11, 23)
PLACEHOLDER = re.compile(r"%\(\w+\)s")
MARKERS = ("%(", "{{", "{%", "}}")


@cache
def extracted() -> frozenset[tuple[str, ...]]:
    """Every message of the bot, its plural beside it where it has one."""
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = frontend.parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT, methods, options)
    return frozenset((message,) if isinstance(message, str) else message for _, _, message, _, _ in found)


@cache
def catalogue(language: str) -> Catalog:
    """A language's translations, with what a translator would see."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        return pofile.read_po(file, locale=language, abort_invalid=True)


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """A message's one form, or all of its plural forms."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def translated(language: str) -> list[Message]:
    """The messages of a catalogue, without its header."""
    return [message for message in catalogue(language) if message.id]


def placeholders(text: str) -> list[str]:
    """What is filled into a sentence."""
    return sorted(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_message_has_its_translation_and_no_translation_is_left_over(language: str) -> None:
    """A catalogue holds exactly the messages that extraction finds, in all plural forms, none empty or fuzzy."""
    assert {forms(message.id) for message in translated(language)} == extracted()
    assert not catalogue(language).obsolete
    for message in translated(language):
        assert len(forms(message.string)) == (catalogue(language).num_plurals if message.pluralizable else 1)
        assert all(text.strip() for text in forms(message.string)), message.id
        assert not message.fuzzy, message.id


def test_extraction_sees_plurals_in_python_and_in_templates() -> None:
    """Both kinds of source give plural messages: a chart's footer in Python, the minutes left in a template."""
    plurals = {message[0] for message in extracted() if len(message) > 1}
    assert {"%(num)s respondent", "About %(num)s minute left, goals included."} <= plurals


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_is_filled_with_what_its_original_is(language: str) -> None:
    """Placeholders are the same in the original and in each form of its translation."""
    for message in translated(language):
        wanted = placeholders(forms(message.id)[0])
        assert all(placeholders(text) == wanted for text in (*forms(message.id), *forms(message.string))), message.id


EXAMPLES = [
    pytest.param(one, id=f"{kind.__name__}-{one.kind if isinstance(one, prompts.Notice) else number}")
    for kind, several in PROMPTS.items()
    for number, one in enumerate(several, 1)
]

FULL, SPARSE = range(25), range(8)
"""How many statements the city in a report has answered: all, so that everything shows, or too few."""
REPORTS = [
    pytest.param(one, answered, peers, id=f"{type(one).__name__}-{number}-{len(answered)}-answers-{peers}-peers")
    for kind in (prompts.Scores, prompts.Benchmark, prompts.Chart, prompts.Report, *get_args(OfResult))
    for number, one in enumerate(PROMPTS[kind], 1)
    for answered in (FULL, SPARSE)
    for peers in (0, 7, 12, 40)
]


def result_of(answered: range) -> Result:
    """The scored result of a city that gave these statements, by place, levels 0 to 5 in turn and most goals."""
    instrument = library.instrument(*library.DEFAULT)
    values = {
        code: Pooled(level=place % 6, applicable=True, n=1)
        for place, code in enumerate(c.asked("short")[0].code for c in instrument.capabilities())
        if place in answered
    }
    goals = {c.code: Pooled(level=4, applicable=True, n=1, year=2029) for c in instrument.capabilities()}
    card = score(instrument, "short", values, goals)
    city = City("oakridge", "Oakridge", "GB", 250_000, "Europe", "high", "UTC", False, None, OPENED)
    wave = Wave(1, city.id, instrument.code, instrument.version, instrument.digest, "short", OPENED, None)
    return Result(city, wave, card, respondents=3, answered=len(values), evidenced=0.25, on=TODAY)


def benchmark_of(result: Result, peers: int, cut: str) -> Benchmark:
    """That result beside so many peers, two of three from its own region."""
    others = tuple(
        Peer(f"peer-{place}", "any", region, "high", dict.fromkeys(result.scores, 20.0 + place), synthetic=True)
        for place, region in zip(range(peers), cycle(("Europe", "Europe", "Asia")), strict=False)
    )
    own = Peer(result.city.id, "any", "Europe", "high", {})
    return compare(own, result.scores, Snapshot(TODAY, others), "region" if cut == "region" else "all")


def say(prompt: Prompt, language: str, answered: range = FULL, peers: int = 40) -> messages.Message | None:
    """The prompt in words as a delivery says it; None for a chart of which there is nothing to draw."""
    session = Session("s1", 2026, language=language, consented=True, city=CityFacts("Oakridge", "GB", 250_000))
    instrument, words = library.instrument(*library.DEFAULT, language), translations(language)
    facts: dict[str, Any] = {"contact": "mayor@oakridge.example", "commands": commands(words.gettext)}
    facts |= {
        "result": result_of(answered),
        "needed": (("1", ("1.1.1", "1.2.1")),),
        "made": len(answered) > len(SPARSE),
        "count": 225,
        "leads": len(answered) > len(SPARSE),
    }
    picture = None
    if isinstance(prompt, Actions | OneAction | Partners | PartnerTerms):
        found = filled(prompt, result_of(answered))
        return word(found.prompt, session, instrument, {**facts, "asks_for": asks_for, **(found.facts or {})})
    if isinstance(prompt, prompts.Scores | prompts.Benchmark | prompts.Chart | OfResult):
        result = result_of(answered)
        bench = benchmark_of(result, peers, getattr(prompt, "cut", "all"))
        facts = {"result": result, "bench": bench, **parts.facts(prompt, result)}
        if isinstance(prompt, prompts.Chart):
            chart = readings.chart(prompt.kind, result, bench, instrument, words)
            if chart is None and not prompt.asked:
                return None
            said = (chart, readings.reading(chart, words)) if chart else None
            facts |= captions.facts(result, said, words, table=prompt.table)
            picture = readings.picture("chart", b"", chart, words) if chart and not prompt.table else None
    return word(prompt, session, instrument, facts, picture)


def check_wording(said: Mapping[str, messages.Message | None]) -> None:
    """Holds for one prompt said in every language: words, no template's markers, labels that fit, no English left."""
    texts: set[str] = set()
    for language, message in said.items():
        assert message is not None
        labels = [button.label for row in message.buttons for button in row]
        text = "\n".join((message.title, message.body, message.note, message.picture.alt if message.picture else ""))
        assert message.body or message.title, f"{language}: it says nothing"
        assert not [marker for marker in MARKERS if marker in "\n".join((text, *labels))], text
        assert all(label.strip() and len(label) <= LONGEST_LABEL for label in labels), labels
        texts.add(text)
    assert len(texts) == len(said), "two languages say the same"


def test_every_kind_of_prompt_has_an_example() -> None:
    """No kind of prompt is left out of what is worded here."""
    assert set(PROMPTS) == set(get_args(packing.AnyPrompt))
    assert all(type(one) is kind for kind, several in PROMPTS.items() for one in several)
    assert all(PROMPTS.values())


@pytest.mark.parametrize("prompt", EXAMPLES)
def test_a_prompt_is_worded_in_every_language(prompt: Prompt) -> None:
    """Each prompt, and each kind of notice, says something of its own in each language, with labels that fit."""
    check_wording({language: say(prompt, language) for language in LANGUAGES})


@pytest.mark.parametrize(("prompt", "answered", "peers"), REPORTS)
def test_a_report_is_worded_whatever_the_rules_hold_back(prompt: Prompt, answered: range, peers: int) -> None:
    """A report has words in each language with all its numbers, with some and with none; a chart may be left out."""
    said = {language: say(prompt, language, answered, peers) for language in LANGUAGES}
    if not isinstance(prompt, prompts.Chart) or any(said.values()):
        check_wording(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_explains_every_command(language: str) -> None:
    """The menu has the commands that are understood, in their order, each with a meaning."""
    menu = commands(translations(language).gettext)
    assert tuple(menu) == COMMANDS
    assert all(menu.values())
