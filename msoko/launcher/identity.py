"""Under which identity PostgreSQL runs: it refuses root, and a newcomer in a container often is root.

An ordinary user runs it as it is. Root on Linux runs it in a new user namespace: the process sees itself and its
files as uid 65534, the disk sees root, and nothing is opened to others. Where that is refused (hardened
containers) the data folder is given to `nobody`.
"""

import contextlib
import ctypes
import os
import pwd
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msoko.launcher.talk import Stop

CLONE_NEWUSER = 0x10000000


def enter_user_namespace() -> None:
    """For `preexec_fn`. `os.unshare` exists from Python 3.12 only."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


@dataclass(frozen=True)
class Identity:
    name: str
    before: Callable[[], None] | None = None
    user: dict[str, Any] = field(default_factory=dict)
    owner: tuple[int, int] | None = None

    def own(self, *paths: Path) -> None:
        """Give the files to the identity; a folder that has the right owner already is left alone."""
        if self.owner is None:
            return
        for path in paths:
            if path.exists() and path.stat().st_uid != self.owner[0]:
                for item in [path, *path.rglob("*")]:
                    os.chown(item, *self.owner, follow_symlinks=False)

    def run(self, command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: PLW1509 - the launcher has one thread
            command, preexec_fn=self.before, text=True, check=False, **self.user, **options
        )


def _can(identity: Identity, program: Path, folder: Path) -> bool:
    """Whether the identity may run the program and write into the folder."""
    identity.own(folder)
    probe = folder / ".probe"
    check = ["/bin/sh", "-c", '"$0" --version && : > "$1"', str(program), str(probe)]
    try:
        return identity.run(check, cwd="/", capture_output=True).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()


def choose(program: Path, folder: Path) -> Identity:
    """The identity that can run `program` with its data in `folder`. Raises Stop when root finds none."""
    if os.geteuid() != 0:
        return Identity("plain")
    candidates = []
    if sys.platform.startswith("linux"):
        candidates.append(Identity("namespace", before=enter_user_namespace, owner=(0, 0)))
    with contextlib.suppress(KeyError):
        nobody = pwd.getpwnam("nobody")
        ids = (nobody.pw_uid, nobody.pw_gid)
        user = {"user": ids[0], "group": ids[1], "extra_groups": []}
        candidates.append(Identity("nobody", user=user, owner=ids))
    wanted = os.environ.get("LAUNCHER_IDENTITY")  # for tests of the second way on a machine that allows the first
    for identity in candidates:
        if wanted in {None, identity.name} and _can(identity, program, folder):
            return identity
    raise Stop(
        "PostgreSQL не работает от имени root, а сменить пользователя здесь нельзя. "
        f"Запустите портал от обычного пользователя или разрешите пользователю nobody вход в папку {folder.parent}."
    )
