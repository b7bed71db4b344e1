"""The network: which organisations there are."""

from collections import Counter

from apps.core.figures import plural
from apps.organizations.models import Kind, Locality, Organization
from apps.reports.blocks import ChartBlock, Column, TableBlock
from apps.reports.figures.base import Fact, Figures, OpenValue, Year

FORMS = {
    Kind.SCHOOL: ("школа", "школы", "школ"),
    Kind.KINDERGARTEN: ("детский сад", "детских сада", "детских садов"),
    Kind.ADDITIONAL: (
        "организация дополнительного образования",
        "организации дополнительного образования",
        "организаций дополнительного образования",
    ),
}
NAMES = {
    Kind.SCHOOL: "Школы",
    Kind.KINDERGARTEN: "Детские сады",
    Kind.ADDITIONAL: "Дополнительное образование",
}


def network(year: Year) -> Figures:
    """Organisations open on the day, by kind and locality."""
    rows = Organization.objects.educational().active(year.on).values_list("kind", "locality")
    counts = Counter(rows)
    table = []
    for kind, name in NAMES.items():
        urban, rural = counts[kind, Locality.URBAN], counts[kind, Locality.RURAL]
        table.append([name, str(urban), str(rural), str(urban + rural)])
    total = sum(counts.values())
    urban = sum(n for (_, locality), n in counts.items() if locality == Locality.URBAN)
    table.append(["Всего", str(urban), str(total - urban), str(total)])
    columns = [Column("Вид организаций", 16), *(Column(title, 8, True) for title in ("В городе", "На селе", "Всего"))]
    by_kind = {kind: counts[kind, Locality.URBAN] + counts[kind, Locality.RURAL] for kind in NAMES}
    listed = ", ".join(f"{n} {plural(n, *FORMS[kind])}" for kind, n in by_kind.items())
    words = plural(total, "работает", "работают", "работают")
    organizations = plural(total, "организация", "организации", "организаций")
    sentence = f"На {year.on:%d.%m.%Y} в муниципалитете {words} {total} {organizations}: {listed}."
    chart = ChartBlock(
        "network",
        "stacked",
        "Организации по видам",
        f"Число организаций на {year.on:%d.%m.%Y}.",
        list(NAMES.values()),
        [
            ("в городе", [str(counts[kind, Locality.URBAN]) for kind in NAMES]),
            ("на селе", [str(counts[kind, Locality.RURAL]) for kind in NAMES]),
        ],
        label_title="Вид организаций",
        tabled=True,
    )
    return Figures(
        blocks=[TableBlock("network", "Организации по видам и местности", columns, table), chart],
        sentences=[sentence],
        facts=[Fact(str(total), organizations, sentence)],
        data=[
            OpenValue(
                "Сеть",
                f"network.{kind}",
                NAMES[kind],
                "организаций",
                year.span.code,
                "муниципалитет",
                str(n),
                "",
                "значение",
                "реестр организаций",
            )
            for kind, n in by_kind.items()
        ],
    )


def organization_list(year: Year) -> Figures:
    """The appendix: every organisation, by kind and number."""
    found = Organization.objects.educational().active(year.on)
    rows = [
        [str(n), each.name, NAMES[Kind(each.kind)], each.settlement or "—"] for n, each in enumerate(found, start=1)
    ]
    columns = [Column("№", 4, True), Column("Организация", 18), Column("Вид", 10), Column("Населённый пункт", 8)]
    title = f"Организации на {year.on:%d.%m.%Y}"
    return Figures(blocks=[TableBlock("organizations", title, columns, rows)])
