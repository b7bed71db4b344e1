"""The environment of everything the launcher starts: `.env`, then defaults of an embedded installation."""

import os
from collections.abc import Mapping
from pathlib import Path

from msoko.launcher import keys
from msoko.launcher.paths import ROOT, VENV, Var

OURS = {"ARGS", "ONLY", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES"}  # of the caller, not of the command


def read_dotenv(path: Path) -> dict[str, str]:
    """`NAME=value` lines; quotes around a value are dropped, `#` begins a comment line."""
    values = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            value = value.strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            values[name.removeprefix("export ").strip()] = value
    return values


def load_dotenv() -> None:
    """Take `.env` in; what the environment says already wins."""
    for name, value in read_dotenv(ROOT / ".env").items():
        os.environ.setdefault(name, value)


def portal_env(var: Var, servers: Mapping[str, str], **more: str) -> dict[str, str]:
    """What Django, Celery and the web server get."""
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # each process would compile two thousand modules anew, for seconds
    env |= servers
    env.setdefault("DEMO", "1")
    env.setdefault("REDIS_PREFIX", "msoko:")
    if not env.get("SECRET_KEY"):
        env["SECRET_KEY"] = keys.secret(var, "secret_key")
    env |= {
        "DJANGO_SETTINGS_MODULE": "msoko.settings",
        "VAR_DIR": str(var.folder),
        "VIRTUAL_ENV": str(VENV),
        "PATH": f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
    }
    return env | more


def bare_env(var: Var) -> dict[str, str]:
    """For checks that read the code only: addresses that nothing listens on."""
    servers = {"DATABASE_URL": "postgres://check@127.0.0.1:1/check", "REDIS_URL": "redis://127.0.0.1:1/0"}
    return portal_env(var, servers)
