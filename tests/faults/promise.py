"""What is promised of a reader of files, however hostile the file: half a minute and 512 MiB."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS, MEMORY = 30, 512 << 20


@contextmanager
def within_promise() -> Iterator[None]:
    """Fail when what is read inside takes longer, or a child process of it grows larger.

    The system keeps one maximum for all children, and between fork and exec a child is as big as its parent: a browser
    that ended in this process before, or a long session of tests, says nothing about the reader.
    """
    started, before = time.monotonic(), _heaviest(resource.RUSAGE_CHILDREN)
    try:
        yield
    finally:
        assert time.monotonic() - started < SECONDS
        allowed = max(MEMORY, before, _heaviest(resource.RUSAGE_SELF) * 11 // 10)
        assert _heaviest(resource.RUSAGE_CHILDREN) <= allowed


def _heaviest(who: int) -> int:
    return resource.getrusage(who).ru_maxrss * 1024
