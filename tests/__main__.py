"""Every check, one after the other; all of them run, and one that fails makes the whole fail. `./run test` calls it."""

import os
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


def main() -> int:
    """Run every check, or pytest alone with the arguments given."""
    if len(sys.argv) > 1:
        return subprocess.call([BIN / "pytest", *sys.argv[1:]], cwd=ROOT)
    failed = []
    for name, command in CHECKS.items():
        begun = time.monotonic()
        print(f"== {name}", flush=True)
        if subprocess.call(command, cwd=ROOT, env={**os.environ, "COLUMNS": "120"}):
            failed.append(name)
        print(f"-- {name}: {time.monotonic() - begun:.0f} s", flush=True, file=sys.stderr)
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
