"""Secrets of an installation: made once, kept in a folder only the owner may enter."""

import os
import secrets

from msoko.launcher.paths import Var


def secret(var: Var, name: str) -> str:
    """The secret of this name; made at random on first use, kept with mode 0600 in a folder with mode 0700."""
    var.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    var.secrets.chmod(0o700)
    path = var.secrets / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        path.chmod(0o600)
        if kept := path.read_text().strip():
            return kept
        path.unlink()  # a start that was killed between making and writing it
        return secret(var, name)
    value = secrets.token_urlsafe(40)
    with os.fdopen(handle, "w") as file:
        file.write(value)
    return value


def write_private(path: os.PathLike[str], text: str) -> None:
    """Write a file that only the owner may read, whatever the umask and whatever was there."""
    temporary = f"{os.fspath(path)}.new"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)
    os.replace(temporary, path)
