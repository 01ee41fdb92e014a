"""Copies of evidence: kept once, and swept while others keep and sweep."""

import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from storage.files import Files

PLAN = b"the plan"


def test_a_file_that_is_kept_again_survives_a_sweep(tmp_path: Path) -> None:
    """Its copy is old and nothing refers to it yet: who keeps it again relies on it from now on."""
    files = Files(tmp_path)
    path = files.path(files.keep(PLAN))
    os.utime(path, (1, 1))
    files.keep(PLAN)
    assert (files.sweep((), time.time() - 60), path.exists()) == (0, True)


def test_several_processes_may_sweep_at_once(tmp_path: Path) -> None:
    """What another one has renamed or removed meanwhile is passed by; what is wanted stays."""
    files = Files(tmp_path)
    wanted = files.keep(PLAN)
    others = [files.path(hashlib.sha256(str(number).encode()).hexdigest()) for number in range(5)]

    def sweep() -> None:
        for _ in range(100):
            for path in others:
                path.parent.mkdir(exist_ok=True)
                path.touch()
            files.sweep({wanted}, time.time() + 60)

    with ThreadPoolExecutor(4) as processes:
        for one in [processes.submit(sweep) for _ in range(4)]:
            one.result()
    assert files.path(wanted).read_bytes() == PLAN
