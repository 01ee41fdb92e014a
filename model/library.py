"""Where instruments are found and loaded: folder by folder, every fault at once, each language beside the original."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from model.checks import check
from model.instrument import Dimension, Instrument, Reference
from model.parsing import Fault, InstrumentError, Source
from model.translation import TRANSLATION, check_parity, translated

SHIPPED = Path(__file__).parent / "instruments"
DEFAULT = ("smart-city", "2026.1")
"""Code and version of the instrument a new wave asks."""

_INSTRUMENT = TypeAdapter(Instrument)
_DIMENSION = TypeAdapter(Dimension)
_REFERENCES = TypeAdapter(tuple[Reference, ...])


@cache
def instrument(code: str, version: str, language: str = "en") -> Instrument:
    """The shipped instrument, in `language` where it has one and in English otherwise."""
    languages = load(SHIPPED / code / version)
    return languages.get(language, languages["en"])


@cache
def load(folder: Path) -> Mapping[str, Instrument]:
    """The instrument in a folder, by language ("en" is the original).

    Raises InstrumentError with all of its faults.
    """
    head = Source(folder / "instrument.yaml", "instrument.yaml")
    parts = [Source(path, path.name) for path in sorted(folder.glob("dimension-*.yaml"))]
    cited = Source(folder / "references.yaml", "references.yaml")
    sources = [head, *parts, cited]
    if not parts:
        head.fault((), "The folder has no dimension.", "Add dimension-1.yaml and so on, one file a dimension.")
    plain, dimensions = head.typed(_INSTRUMENT), [part.typed(_DIMENSION) for part in parts]
    references = cited.typed(_REFERENCES)
    _raise(sources)
    assert plain is not None
    assert references is not None
    whole = replace(
        plain,
        dimensions=tuple(d for d in dimensions if d),
        references=references,
        digest=_digest(folder),
    )
    check(whole, parts, cited)
    translations = [Source(path, f"translations/{path.name}") for path in sorted(folder.glob("translations/*.yaml"))]
    languages = {"en": whole}
    for source in translations:
        translation = source.typed(TRANSLATION)
        if translation:
            check_parity(whole, translation, source)
            if not source.faults:
                languages[translation.language] = translated(whole, translation)
    _raise([*sources, *translations])
    return {language: replace(one, languages=tuple(languages)) for language, one in languages.items()}


def _raise(sources: list[Source]) -> None:
    faults: list[Fault] = [fault for source in sources for fault in source.faults]
    if faults:
        raise InstrumentError(faults)


def _digest(folder: Path) -> str:
    """SHA-256 over what is asked: names and bytes of all files but the translations."""
    running = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        running.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return running.hexdigest()
