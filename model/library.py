"""Where instruments are found and loaded: folder by folder, every fault at once, each language beside the original."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from model.checks import check, check_head
from model.instrument import Dimension, Instrument, Reference
from model.parsing import Fault, InstrumentError, Source
from model.translation import TRANSLATION, Translation, check_parity, translated

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
    head, cited = (Source(folder / name, name) for name in ("instrument.yaml", "references.yaml"))
    parts = [Source(path, path.name) for path in sorted(folder.glob("dimension-*.yaml"))]
    texts = [Source(path, f"translations/{path.name}") for path in sorted(folder.glob("translations/*.yaml"))]
    whole = _whole(head, parts, cited, _digest(folder))
    translations = [(source, source.typed(TRANSLATION)) for source in texts]
    # What only shows across files is not looked for in languages while the original has faults of its own.
    languages = {} if whole is None else {"en": whole}
    for source, translation in translations:
        if whole is not None and translation is not None:
            _add_language(languages, whole, translation, source)
    faults: list[Fault] = [fault for source in (head, *parts, cited, *texts) for fault in source.faults]
    if faults:
        raise InstrumentError(faults)
    return {language: replace(one, languages=tuple(languages)) for language, one in languages.items()}


def _whole(head: Source, parts: list[Source], cited: Source, digest: str) -> Instrument | None:
    """The instrument in its original language, checked as far as its files can be read; None where one cannot."""
    if not parts:
        head.fault((), "The folder has no dimension.", "Add dimension-1.yaml and so on, one file a dimension.")
    plain, references = head.typed(_INSTRUMENT), cited.typed(_REFERENCES)
    read = [(part.typed(_DIMENSION), part) for part in parts]
    sound = [(dimension, part) for dimension, part in read if dimension is not None]
    if plain is None or references is None:
        return None
    dimensions = tuple(dimension for dimension, _ in sound)
    whole = replace(plain, dimensions=dimensions, references=references, digest=digest)
    check_head(whole, head)
    check(whole, [part for _, part in sound], cited)
    return whole if len(sound) == len(parts) else None


def _add_language(
    languages: dict[str, Instrument], whole: Instrument, translation: Translation, source: Source
) -> None:
    if translation.language in languages:
        source.fault(("language",), "This language is there already.", "Keep one file a language.")
        return
    check_parity(whole, translation, source)
    if not source.faults:
        languages[translation.language] = translated(whole, translation)


def _digest(folder: Path) -> str:
    """SHA-256 over what is asked: names and bytes of all files but the translations."""
    running = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        running.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return running.hexdigest()
