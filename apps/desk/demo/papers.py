"""Papers of the demonstration, set by processes of their own while the rest is loaded.

Typesetting is a third of the whole work, and nothing else waits for it.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings

from apps.core.documents.pdf import typeset

if TYPE_CHECKING:
    from apps.desk.demo.world import World  # not in the process that sets: it knows nothing of models


def order(world: "World", *, source: str, identifier: str, then: Callable[[bytes], object]) -> None:
    """Begin to set the HTML document; `finish` gives the PDF to `then`. The arguments are those of `typeset`."""
    pdf = tempfile.TemporaryFile()  # noqa: SIM115 - closed when taken
    with tempfile.TemporaryFile() as html:
        html.write(source.encode())
        html.seek(0)
        command = [sys.executable, "-m", __name__, identifier]
        setting = subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=html, stdout=pdf)  # noqa: S603 - this module

    def taken() -> None:
        if setting.wait() != 0:
            raise RuntimeError("a paper of the demonstration was not set: see the lines above")
        with pdf:
            pdf.seek(0)
            then(pdf.read())

    world.papers.append(taken)


def finish(world: "World") -> None:
    """Wait for the papers that were ordered and let their parts go on, in the order of ordering."""
    while world.papers:
        world.papers.pop(0)()


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read().decode(), identifier=sys.argv[1]))
