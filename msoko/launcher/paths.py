"""Where things lie: the checkout, the virtual environment, the working folder `var/` and its parts."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BASE_VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


@dataclass(frozen=True)
class Var:
    """A working folder: the portal's own or, inside it, the tests'."""

    folder: Path

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def valkey(self) -> Path:
        return self.folder / "valkey"

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    @property
    def lock(self) -> Path:
        """Held by whoever owns the servers of this folder."""
        return self.folder / "launcher.lock"

    @property
    def guests(self) -> Path:
        """Held, shared, by each command that uses servers it did not start."""
        return self.folder / "guests.lock"

    @property
    def state(self) -> Path:
        return self.folder / "launcher.json"

    @property
    def demo_accounts(self) -> Path:
        return self.folder / "demo_accounts.json"

    def log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"


RUN = Var(BASE_VAR)
TEST = Var(BASE_VAR / "test")
