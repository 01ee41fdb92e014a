"""Where instruments are found and loaded: folder by folder, every fault at once, each language beside the original."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from model import kept
from model.checks import check, check_head
from model.instrument import Dimension, Instrument, Reference
from model.parsing import Fault, InstrumentError, Source
from model.translation import HEAD, TEXTS, check_head_parity, check_parity, translated

SHIPPED = Path(__file__).parent / "instruments"
DEFAULT = ("smart-city", "2026.1")
"""Code and version of the instrument a new wave asks."""

_INSTRUMENT = TypeAdapter(Instrument)
_DIMENSION = TypeAdapter(Dimension)
_REFERENCES = TypeAdapter(tuple[Reference, ...])
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


@dataclass
class Reading:
    """A folder as read: its languages where it is sound ("en" is the original), and its files with their faults."""

    languages: dict[str, Instrument] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    parts: list[Source] = field(default_factory=list)

    @property
    def head(self) -> Source:
        """instrument.yaml."""
        return self.sources[0]

    @property
    def cited(self) -> Source:
        """references.yaml."""
        return self.sources[1]

    @property
    def faults(self) -> list[Fault]:
        """All that is wrong, file by file."""
        return [fault for source in self.sources for fault in source.faults]


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
    files = _files(folder)
    languages = kept.recall(folder, files)
    if languages is None:
        found = _read(files)
        if found.faults:
            raise InstrumentError(found.faults)
        languages = found.languages
        kept.keep(folder, files, languages)
    return languages


def read(folder: Path) -> Reading:
    """The same from the files alone, with their lines: for whoever writes them."""
    return _read(_files(folder))


def _files(folder: Path) -> dict[str, bytes]:
    """The YAML files of a folder and of its translations: name and bytes, in order."""
    paths = [*sorted(folder.glob("*.yaml")), *sorted(folder.glob("translations/*/*.yaml"))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def _read(files: Mapping[str, bytes]) -> Reading:
    def source(name: str) -> Source:
        found.sources.append(Source(name, files.get(name)))
        return found.sources[-1]

    found = Reading()
    head, cited = source("instrument.yaml"), source("references.yaml")
    found.parts = [source(name) for name in files if re.fullmatch(r"dimension-[^/]*\.yaml", name)]
    whole = _whole(head, found.parts, cited, _digest(files))
    if whole is not None:
        found.languages["en"] = whole
    for language in dict.fromkeys(name.split("/")[1] for name in files if "/" in name):
        told = source(f"translations/{language}/{head.name}")
        texts = [source(f"translations/{language}/{part.name}") for part in found.parts]
        if language == "en" or not _LANGUAGE.fullmatch(language):
            told.fault((), f"“{language}” is no code of another language.", "Name the folder like es or pt_BR.")
        _add_language(found.languages, whole, language, told, texts)
    spoken = tuple(found.languages)
    found.languages = {language: replace(one, languages=spoken) for language, one in found.languages.items()}
    return found


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
    languages: dict[str, Instrument], whole: Instrument | None, language: str, head: Source, parts: list[Source]
) -> None:
    told, texts = head.typed(HEAD), [part.typed(TEXTS) for part in parts]
    # What only shows across files is not looked for in languages while the original has faults of its own.
    if whole is None:
        return
    if told is not None:
        check_head_parity(whole, told, head)
    for dimension, its, part in zip(whole.dimensions, texts, parts, strict=True):
        if its is not None:
            check_parity(dimension, its, part)
    if told is not None and not any(source.faults for source in (head, *parts)):
        every = {code: text for its in texts if its is not None for code, text in its.items()}
        languages[language] = translated(whole, language, told, every)


def _digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over what is asked: names and bytes of all files but the translations."""
    running = hashlib.sha256()
    for name, content in files.items():
        if "/" not in name:
            running.update(name.encode() + b"\0" + content + b"\0")
    return running.hexdigest()
