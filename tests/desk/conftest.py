"""The invented municipality for tests of the demonstration."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apps.desk.demo import network, people
from apps.desk.demo.world import World

TODAY = date.today()  # services refuse terms that are over, so the demonstration is always of today


@pytest.fixture
def municipality(db: None, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> World:
    """The register and the people only."""
    settings.VAR_DIR = tmp_path
    world = World.begin(today=TODAY)
    with django_capture_on_commit_callbacks(execute=True):
        network.load(world)
        people.load(world)
        network.load_history(world)
    return world
