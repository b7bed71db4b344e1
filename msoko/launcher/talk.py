"""What the launcher says to people: Russian, on stderr, one thought a line."""

import sys
from pathlib import Path


class Stop(Exception):
    """The launcher cannot go on; the text is one clear sentence with what to do."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


def say(text: str = "") -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def tail(log: Path, lines: int = 20) -> str:
    """The end of a log, for the place where its process failed."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


def failed(what: str, log: Path) -> Stop:
    return Stop(f"{what} Последние строки журнала {log}:\n{tail(log)}")
