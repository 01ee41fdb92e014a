"""Files by their content: each is kept once, under the digest of what is in it."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from flows.margin.filing import LARGEST


class TooLargeError(Exception):
    """The content is larger than `LARGEST`."""


class Files:
    """A folder of files that are named by the SHA-256 of their content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes) -> str:
        """Keeps a content, whole or not at all, and gives its digest; what is there already is not written again."""
        if len(content) > LARGEST:
            raise TooLargeError(f"{len(content)} bytes are more than {LARGEST}")
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        else:
            path.touch()  # as good as new: no sweep that goes on meanwhile takes it
        return digest

    def path(self, digest: str) -> Path:
        """Where the content of this digest lies; two letters a folder, so that no folder grows too long."""
        return self._folder / digest[:2] / digest

    def sweep(self, wanted: Collection[str], older_than: float) -> int:
        """Removes what is not wanted and was written before (seconds since 1970); how many that were."""
        gone = 0
        for path in self._folder.glob("??/*"):
            if path.name not in wanted:
                with contextlib.suppress(FileNotFoundError):  # another process has kept it meanwhile, or swept it
                    if path.stat().st_mtime < older_than:
                        path.unlink()
                        gone += 1
        return gone
