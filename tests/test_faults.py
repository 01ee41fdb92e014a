"""Broken content: each fault is told with its file, its line, what is wrong and how to mend it."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from model import library
from model.instrument import Instrument
from model.parsing import Fault, InstrumentError

SMALL = Path(__file__).parent / "small"
FAULTS = Path(__file__).parent / "faults"
Edit = tuple[str, str | None, str | None]


def cases(folder: Path) -> list[Any]:
    """The cases of all files in a folder, each under its name."""
    return [
        pytest.param(case, id=name)
        for path in sorted(folder.glob("*.yaml"))
        for name, case in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    ]


def edited(folder: Path, *edits: Edit, encoding: str = "utf-8") -> Path:
    """A copy of the small instrument, edited: no old text means the whole file, no new one takes it away."""
    copy = folder / "instrument"
    shutil.copytree(SMALL, copy)
    for file, old, new in edits:
        path = copy / file
        if new is None:
            path.unlink()
            continue
        before = path.read_text(encoding="utf-8")
        assert old is None or old in before, f"{file} has no {old!r}: mend the case"
        path.write_text(new if old is None else before.replace(old, new, 1), encoding=encoding)
    return copy


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(InstrumentError) as caught:
        library.load(folder)
    return caught.value.faults


def recalled(folder: Path) -> Mapping[str, Instrument]:
    """As another process would load it."""
    library.load.cache_clear()
    return library.load(folder)


def expected(fault: Mapping[str, Any]) -> Fault:
    return Fault(fault["file"], fault["line"], fault["what"], fault["mend"])


@pytest.mark.parametrize("case", cases(FAULTS))
def test_a_fault_is_told_with_file_line_what_and_mend(case: dict[str, Any], tmp_path: Path) -> None:
    """One fault brings its own sentence at its own line, and no other that does not follow from it."""
    copy = edited(tmp_path, (case["file"], case["old"], case["new"]), encoding=case.get("encoding", "utf-8"))
    assert faults_of(copy) == sorted(map(expected, [case, *case.get("more", [])]))


@pytest.mark.parametrize("case", cases(FAULTS / "unworded"))
def test_content_that_would_fail_later_is_refused_with_file_and_line(case: dict[str, Any], tmp_path: Path) -> None:
    """An instrument that loads can be asked, scored and translated; one that cannot is never an unexpected error."""
    copy = edited(tmp_path, (case["file"], case["old"], case["new"]))
    assert (case["file"], case["line"]) in [(fault.file, fault.line) for fault in faults_of(copy)]


def test_the_small_instrument_has_no_fault(tmp_path: Path) -> None:
    """What the cases break is sound before: two dimensions, three capabilities, eight indicators, two languages."""
    found = library.load(edited(tmp_path))
    whole = found["en"]
    assert set(found) == {"en", "es"}
    assert (len(whole.dimensions), len(list(whole.capabilities())), len(whole.indicators)) == (2, 3, 8)
    assert [i.code for i in whole.indicators.values() if i.ask_if] == ["1.1.3"]


def test_a_translation_keeps_codes_and_digest(tmp_path: Path) -> None:
    """The same responses mean the same in every language."""
    found = library.load(edited(tmp_path))
    assert list(found["es"].indicators) == list(found["en"].indicators)
    assert found["es"].digest == found["en"].digest
    assert found["es"].indicators["2.1.1"].statement == "Cada sede abre una tarde por semana."


def test_the_digest_changes_with_what_is_asked_and_not_with_a_translation(tmp_path: Path) -> None:
    """A published version cannot be edited unseen, and may get another language."""
    before = library.load(SMALL)["en"].digest
    retold = edited(tmp_path / "one", ("translations/es/dimension-2.yaml", "Salas", "Salones"))
    reworded = edited(tmp_path / "two", ("dimension-2.yaml", "one evening", "two evenings"))
    assert library.load(retold)["en"].digest == before
    assert library.load(reworded)["en"].digest != before


@pytest.mark.parametrize("name", ["Spanish", "en"])
def test_a_folder_of_translations_is_named_by_its_language(tmp_path: Path, name: str) -> None:
    """Neither a word nor the language of the original will do."""
    copy = edited(tmp_path)
    (copy / "translations" / "es").rename(copy / "translations" / name)
    (fault,) = faults_of(copy)
    assert fault.file == f"translations/{name}/instrument.yaml"
    assert fault.mend == "Name the folder like es or pt_BR."


def test_what_was_kept_is_that_of_these_very_files(tmp_path: Path) -> None:
    """The parsed form is the same as the files, is not used once a file was edited, and never taken when broken."""
    copy = edited(tmp_path)
    read = library.load(copy)
    assert vars(recalled(copy)["en"]) == vars(read["en"])
    (kept,) = (copy / "__pycache__").glob("*.json")
    kept.write_bytes(kept.read_bytes()[:-9])
    assert set(recalled(copy)) == {"en", "es"}
    told = copy / "translations" / "es" / "dimension-2.yaml"
    told.write_text(told.read_text(encoding="utf-8").replace("Salas", "Salones"), encoding="utf-8")
    assert recalled(copy)["es"].dimensions[1].title == "Salones"
    assert len(list((copy / "__pycache__").iterdir())) == 1


def test_no_dimension_is_a_fault_of_the_folder(tmp_path: Path) -> None:
    """Without a dimension there is nothing to ask."""
    copy = edited(tmp_path, ("dimension-1.yaml", None, None), ("dimension-2.yaml", None, None))
    mend = "Add dimension-1.yaml and so on, one file a dimension."
    # 2: the line of the first key, below the comment
    assert faults_of(copy) == [Fault("instrument.yaml", 2, "The folder has no dimension.", mend)]


def test_five_faults_in_three_files_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    """The author mends them in one go, file by file and line by line."""
    copy = edited(
        tmp_path,
        ("translations/es/instrument.yaml", "  stacks: Depósito y catálogo\n", ""),
        ("dimension-2.yaml", "references: [L3]", "references: [L9]"),
        ("dimension-1.yaml", "department: stacks", "department: cellar"),
        ("dimension-1.yaml", "1.1.2 >= 3", "1.2.1 >= 3"),
        ("dimension-2.yaml", "        key: true\n", ""),
    )
    assert [(fault.file, fault.line, fault.what) for fault in faults_of(copy)] == [
        ("dimension-1.yaml", 32, "The condition asks about 1.2.1, which comes later."),
        ("dimension-1.yaml", 56, "There is no department “cellar”."),
        ("dimension-2.yaml", 5, "Capability 2.1 has 0 key indicators."),
        ("dimension-2.yaml", 18, "There is no reference L9."),
        ("translations/es/instrument.yaml", 19, "“stacks” has no translation."),
    ]


def test_faults_of_every_kind_are_told_at_once(tmp_path: Path) -> None:
    """A text that is too short hides neither an unknown reference nor a fault in a translation."""
    copy = edited(
        tmp_path,
        ("dimension-1.yaml", "Any reader can borrow a book at any branch with one card.", "Borrow."),
        ("dimension-2.yaml", "references: [L3]", "references: [L9]"),
        ("translations/es/instrument.yaml", "title: Bibliotecas del pueblo\n", ""),
    )
    assert [(fault.file, fault.line, fault.what) for fault in faults_of(copy)] == [
        ("dimension-1.yaml", 10, "“statement” is too short."),
        ("dimension-2.yaml", 19, "There is no reference L9."),
        ("translations/es/instrument.yaml", 1, "“title” is missing."),
    ]


def test_a_fault_is_printed_as_file_line_and_two_sentences() -> None:
    """Editors and terminals make a link of file:line."""
    assert str(Fault("a.yaml", 7, "This is so.", "Mend it.")) == "a.yaml:7: This is so. Mend it."
    assert str(Fault("a.yaml", 0, "This is so.", "Mend it.")) == "a.yaml: This is so. Mend it."
