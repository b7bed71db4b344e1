"""A stored measurement as people read it: groups, members with their matches, chart, sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from apps.core.charts import Interval, ProfileChart, Series
from apps.organizations.models import Organization
from apps.roadmaps.effect import words
from apps.roadmaps.effect.figures import Figure
from apps.roadmaps.effect.models import Expectation, Measurement


@dataclass(frozen=True)
class Member:
    """An organisation of a group with its figures; `why` names those it is matched with, or what it is matched to."""

    organization: Organization
    before: str
    after: str
    change: str
    why: str = ""
    is_held: bool = False


@dataclass(frozen=True)
class Group:
    """Means of a group in both years."""

    name: str
    number: int
    before: float
    after: float
    figure: Figure

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def written(self) -> tuple[str, str, str]:
        one = self.figure
        return one.written(self.before), one.written(self.after), one.changed(self.change)


@dataclass(frozen=True)
class Result:
    """A measurement as people read it."""

    measurement: Measurement
    expectation: Expectation
    figure: Figure
    names: dict[int, Organization]

    @property
    def stored(self) -> dict[str, Any]:
        return dict(self.measurement.result)

    @property
    def sentence(self) -> str:
        return words.sentence(self.measurement, self.figure)

    @property
    def beside_expected(self) -> str:
        return words.beside_expected(self.measurement, self.expectation, self.figure)

    @property
    def has_interval(self) -> bool:
        return self.measurement.estimate is not None

    @property
    def estimate(self) -> str:
        return self.figure.changed(self.measurement.estimate)

    @property
    def interval(self) -> str:
        return words.interval(self.measurement, self.figure)

    @cached_property
    def groups(self) -> list[Group]:
        """The addressed and their similar ones, weighed as they were matched."""
        own, others = self.stored.get("addressed", []), self.stored.get("others", [])
        if not own or not any(row[3] for row in others):
            return []
        similar = [row for row in others if row[3]]
        return [
            self._group("адресованные", [[*row, 1] for row in own]),
            self._group("похожие без меры", similar),
        ]

    def _group(self, name: str, rows: list[list[Any]]) -> Group:
        weight = sum(row[3] for row in rows)
        before, after = (sum(row[at] * row[3] for row in rows) / weight for at in (1, 2))
        return Group(name, len(rows), before, after, self.figure)

    @property
    def raw(self) -> str:
        """The difference of the changes before the remaining differences are corrected."""
        return self.figure.changed(self.groups[0].change - self.groups[1].change)

    @property
    def to_the_mean(self) -> str:
        own, others = self.stored.get("addressed", []), self.stored.get("others", [])
        if len(own) < 2 or len(others) < 2 or not self.groups:
            return ""
        values = [row[1] for row in (*own, *others)]
        mean = sum(values) / len(values)
        spread = (sum((one - mean) ** 2 for one in values) / (len(values) - 1)) ** 0.5
        other = sum(row[1] for row in others) / len(others)
        return words.to_the_mean(self.groups[0].before, other, self.groups[1].change, self.figure, spread)

    @property
    def chart(self) -> ProfileChart | None:
        """Both groups before and after, and where the addressed would be without the measure."""
        if not self.groups or not self.has_interval:
            return None
        row, (own, similar) = self.measurement, self.groups
        assert row.estimate is not None and row.low is not None and row.high is not None  # noqa: PT018
        without = _decimal(own.after) - row.estimate
        bounds = Interval(_decimal(own.after) - row.high, _decimal(own.after) - row.low)
        return ProfileChart(
            f"До и после{', в процентах' if self.figure.is_share else ''}: {self.figure.title}",
            f"Адресованные: {own.written[0]} и {own.written[1]}; похожие без меры: {similar.written[0]} и "
            f"{similar.written[1]}; адресованные без меры были бы на уровне {self.figure.written(without)}.",
            [self.expectation.baseline.code, self.expectation.follow_up.code],
            [
                Series("адресованные", [_decimal(own.before), _decimal(own.after)]),
                Series("похожие без меры", [_decimal(similar.before), _decimal(similar.after)]),
                Series("адресованные, если бы меры не было", [_decimal(own.before), without], [None, bounds]),
            ],
            unit="",
            decimals=self.figure.decimals,
            joined=True,
            label_title="Период",
        )

    def _member(self, row: Sequence[Any], why: str) -> Member | None:
        organization = self.names.get(row[0])
        if organization is None:
            return None
        one = self.figure
        held = row[0] in self.stored.get("held", [])
        return Member(organization, one.written(row[1]), one.written(row[2]), one.changed(row[2] - row[1]), why, held)

    @cached_property
    def addressed(self) -> list[Member]:
        matches = dict(self.stored.get("matches", []))
        found = []
        rows = self.stored.get("addressed") or self.stored.get("alone", [])
        for row in rows:
            names = [
                f"{self.names[key].name} ({_far(far)})" for key, far in matches.get(row[0], []) if key in self.names
            ]
            found.append(self._member(row, ", ".join(names)))
        return [one for one in found if one]

    @cached_property
    def similar(self) -> list[Member]:
        to: dict[int, list[str]] = {}
        for key, similar in self.stored.get("matches", []):
            for other, _ in similar:
                if key in self.names:
                    to.setdefault(other, []).append(self.names[key].name)
        rows = [row for row in self.stored.get("others", []) if row[3]]
        found = [self._member(row, ", ".join(to.get(row[0], []))) for row in rows]
        return [one for one in found if one]

    @property
    def line_only(self) -> int:
        """Organisations that only draw the line of what was to be expected."""
        return sum(1 for row in self.stored.get("others", []) if not row[3])

    @cached_property
    def left(self) -> list[tuple[Organization, str, str]]:
        """Who is not compared: the addressed first."""
        rows = [
            [key, True, f"нет похожей по уровню (ближайшая — {_far(far)})"]
            for key, far in self.stored.get("lonely", [])
        ]
        rows += sorted(self.stored.get("left", []), key=lambda row: not row[1])
        return [
            (self.names[key], "адресована" if is_addressed else "не адресована", why)
            for key, is_addressed, why in rows
            if key in self.names
        ]

    def only(self, organization: Organization | None) -> list[Member]:
        """A school reads its own line."""
        return [one for one in self.addressed if organization and one.organization.pk == organization.pk]


def _far(distance: float) -> str:
    return f"{distance:.2f}".replace(".", ",")


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 6)))
