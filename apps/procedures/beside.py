"""What stands beside a result: the context in which it is read. Rooms below add theirs in `AppConfig.ready`::

    beside.provide(own_blocks)        # (user, procedure, organization) -> blocks; a few statements at most

A block is shown on the page of a school's results, in the order in which rooms provide it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from apps.organizations.models import Organization
from apps.procedures.models import Procedure


@dataclass(frozen=True)
class Fact:
    """A line of a block: what, how much, and a word about it. `value` is written as people read it."""

    label: str
    value: str
    note: str = ""
    tone: str = ""  # good, warn, bad, info; empty for plain


@dataclass(frozen=True)
class Block:
    """A block of facts with an explanation and a link to where it comes from."""

    title: str
    facts: list[Fact] = field(default_factory=list)
    text: str = ""
    note: str = ""
    url: str = ""
    link: str = ""


Provider = Callable[[Any, Procedure, Organization], Iterable[Block]]
_providers: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Add blocks of a room; the same function twice counts once."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def blocks(*, user: Any, procedure: Procedure, organization: Organization) -> list[Block]:
    """Everything that rooms say about a school beside its result of a procedure, for this reader."""
    return [block for provider in _providers for block in provider(user, procedure, organization)]
