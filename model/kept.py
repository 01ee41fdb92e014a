"""An instrument's parsed form, kept beside its files as Python keeps its bytecode, and as impossible to be stale."""

import hashlib
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from model.instrument import Instrument

_LANGUAGES = TypeAdapter(dict[str, Instrument])


def recall(folder: Path, files: Mapping[str, bytes]) -> Mapping[str, Instrument] | None:
    """What was kept of just these files by just this code; None where nothing was, or it cannot be read."""
    try:
        return _LANGUAGES.validate_json(_place(folder, files).read_bytes())
    except (OSError, ValidationError):
        return None


def keep(folder: Path, files: Mapping[str, bytes], languages: Mapping[str, Instrument]) -> None:
    """Keeps what was parsed in place of what was kept before; a folder that may not be written to stays as it is."""
    place = _place(folder, files)
    draft = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(exist_ok=True)
        for older in place.parent.glob("*.json"):
            older.unlink(missing_ok=True)
        draft.write_bytes(_LANGUAGES.dump_json(dict(languages)))
        draft.replace(place)
    except OSError:
        return


def _place(folder: Path, files: Mapping[str, bytes]) -> Path:
    running = hashlib.sha256(_code())
    for name, content in files.items():
        running.update(name.encode() + b"\0%d\0" % len(content) + content)
    return folder / "__pycache__" / f"{running.hexdigest()[:32]}.json"


@cache
def _code() -> bytes:
    """Whatever parses: another version of it may read the same files differently."""
    running = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        running.update(path.read_bytes())
    return running.digest()
