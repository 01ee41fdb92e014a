"""How long the whole instrument takes to load, and its PDF to make, each in a process that has done neither before."""

import subprocess
import sys
from typing import NamedTuple

_LOAD = """
import time
from model import library
if {afresh}:
    library.kept.recall = lambda *_: None
begun = time.perf_counter()
told = library.instrument(*library.DEFAULT)
print(time.perf_counter() - begun)
assert len(told.indicators) == 225
"""
_PRINT = """
import time
from bot.reports.model_pdf import model_pdf
from bot.wording.catalogues import translations
from model import library
told, words = library.instrument(*library.DEFAULT), translations("en")
begun = time.perf_counter()
paper = model_pdf(told, words)
print(time.perf_counter() - begun)
assert paper.startswith(b"%PDF-1.7")
"""
TRIES = 5


class Taken(NamedTuple):
    """Seconds, the median of a few tries, and the most that is allowed (0 for what is only told)."""

    what: str
    seconds: float
    limit: float

    @property
    def missed(self) -> bool:
        """Whether it took longer than it may."""
        return 0 < self.limit < self.seconds


def times() -> list[Taken]:
    """Loading from the files, loading the parsed form that is kept of them, and printing."""
    return [
        Taken("225 indicators from their files", _median(_LOAD.format(afresh=True)), 0),
        Taken("225 indicators, parsed form kept", _median(_LOAD.format(afresh=False)), 0.060),
        Taken("the complete model as a PDF", _median(_PRINT), 1.0),
    ]


def _median(program: str) -> float:
    runs = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
        for _ in range(TRIES)
    )
    return sorted(float(run.stdout) for run in runs)[TRIES // 2]
