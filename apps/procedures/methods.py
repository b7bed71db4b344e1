"""Methods of the analysis of results as data: what the public page of methods lists.

A room below adds its own in its `AppConfig.ready`::

    methods.provide(own_methods)      # a function that returns methods, called for each page
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How firm the ground of a method is."""

    OFFICIAL = "официальный документ"
    METHOD = "методика"
    PROPOSAL = "предложение"
    UNCONFIRMED = "не подтверждено"

    @property
    def tone(self) -> str:
        return {State.OFFICIAL: "good", State.METHOD: "info", State.PROPOSAL: "neutral"}.get(self, "warn")


@dataclass(frozen=True)
class Method:
    """One measure or rule, in words for people; `least` is the least n, `interval` how its uncertainty is found."""

    section: str
    name: str
    formula: str
    source: str
    state: State
    interval: str = ""
    least: str = ""
    url: str = ""  # a page that tells more

    @property
    def least_text(self) -> str:
        """«n ≥ 10 …», or the rule as it is worded."""
        return f"n ≥ {self.least}" if self.least[:1].isdigit() else self.least


Provider = Callable[[], Iterable[Method]]
_providers: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Add methods of a room; the same function twice counts once."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def sections() -> list[tuple[str, list[Method]]]:
    """All methods by section, in the order in which rooms provide them."""
    found: dict[str, list[Method]] = {}
    for provider in _providers:
        for method in provider():
            found.setdefault(method.section, []).append(method)
    return list(found.items())
