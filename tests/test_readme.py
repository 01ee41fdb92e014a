"""README is held to what it tells: its conversation, its commands, its settings, its rooms."""

import re
from pathlib import Path

import typer.main

from bot.__main__ import app
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_sample_conversation_is_a_transcript() -> None:
    """What README shows is what the transcript test plays."""
    played = (ROOT / "tests/transcripts/readme.txt").read_text(encoding="utf-8")
    lines = [line for line in played.splitlines() if not line.startswith("#")]
    assert "\n".join(lines).strip() in README


def test_every_command_is_named() -> None:
    """A command without a line in the table is one nobody finds."""
    group = typer.main.get_command(app)
    names = [
        f"{name} {below}" if hasattr(command, "commands") else name
        for name, command in group.commands.items()  # type: ignore[attr-defined]
        for below in getattr(command, "commands", {None: None})
    ]
    assert len(names) > 10
    assert [name for name in names if f"`{name}" not in README] == []


def test_every_setting_is_named() -> None:
    """Each setting stands in the table, and the table names none that does not exist."""
    named = set(re.findall(rf"`{PREFIX}([A-Z_]+)`", README))
    assert named == {name.upper() for name in Settings.model_fields}


def test_every_room_is_in_the_picture() -> None:
    """A newcomer finds any file by the picture of the house."""
    picture = README[README.index("## The house") : README.index("### The path")]
    files = {path.stem for floor in ("bot", "storage", "flows", "model") for path in (ROOT / floor).glob("*.py")}
    folders = {f"{path.parent.name}/" for floor in ("bot", "flows") for path in (ROOT / floor).glob("*/__init__.py")}
    rooms = files | folders
    assert {room for room in rooms - {"__init__"} if room not in picture} == set()


def test_the_lock_names_no_address() -> None:
    """Names, versions and hashes; where they come from is the machine's own business."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--hash=sha256:" in lock


def test_no_file_has_grown_past_its_noun() -> None:
    """250 lines at the most: a longer file holds two things. A revision of the tables is as long as the tables."""
    files = [path for floor in ("bot", "storage", "flows", "model", "tests") for path in (ROOT / floor).rglob("*.py")]
    files = [path for path in files if path.parent.name != "versions"]
    assert [str(path) for path in files if len(path.read_text(encoding="utf-8").splitlines()) > 250] == []
