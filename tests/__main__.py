"""Every check, one after the other; all of them run, and one that fails makes the whole fail. `./run test` calls it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
CHECKS: dict[str, list[str | Path]] = {
    "lint": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "import contracts": [BIN / "lint-imports"],
    # pytest comes last: its closing line is the whole run's.
    "tests": [BIN / "pytest", "--numprocesses=2", "--cov", "--cov-report=term"],
}

MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # pytest makes a folder of its own in it
"""Where files lie in memory, and the bytes that must be free there: stores are written through thousands of times."""


def main() -> int:
    """Run every check, or pytest alone with the arguments given."""
    if len(sys.argv) > 1:
        return subprocess.call([BIN / "pytest", *sys.argv[1:]], cwd=ROOT, env=_environment())
    failed = []
    for name, command in CHECKS.items():
        begun = time.monotonic()
        print(f"== {name}", flush=True)
        if subprocess.call(command, cwd=ROOT, env={**_environment(), "COLUMNS": "120"}):
            failed.append(name)
        print(f"-- {name}: {time.monotonic() - begun:.0f} s", flush=True, file=sys.stderr)
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


def _environment() -> dict[str, str]:
    """Ours, with stores in memory where there is room: what a test waits for is not the disk."""
    is_roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return {**({"PYTEST_DEBUG_TEMPROOT": str(MEMORY)} if is_roomy else {}), **os.environ}


if __name__ == "__main__":
    sys.exit(main())
