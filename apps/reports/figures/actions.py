"""What was noticed and what was done: signs of problems and addressed recommendations, without naming schools."""

from apps.analysis import selectors
from apps.analysis.models import SignRule
from apps.core.figures import figure
from apps.core.models import Period
from apps.reports.blocks import ChartBlock, Column, NoteBlock, TableBlock
from apps.reports.figures.base import Fact, Figures, OpenValue, Year
from apps.roadmaps.models import RecommendationAddressee

STATES = {
    "sent": "направлены, получение не подтверждено",
    "received": "в работе",
    "reported": "отчёт на проверке",
    "returned": "отчёт на доработке",
    "done": "исполнены",
}


def actions(year: Year) -> Figures:
    """Chapter 5: how many schools the sign speaks of, and recommendations by state."""
    figures = _signs(year)
    counts = RecommendationAddressee.objects.filter(recommendation__period__code=year.span.code).count_by_state()
    if not counts["total"]:
        figures.blocks.append(NoteBlock("Адресных рекомендаций за год не направлялось."))
        return figures
    rows = [[name, str(counts[state])] for state, name in STATES.items()]
    rows.append(["Всего", str(counts["total"])])
    columns = [Column("Состояние", 30), Column("Рекомендаций", 10, True)]
    figures.blocks.append(TableBlock("recommendations", "Адресные рекомендации организациям", columns, rows))
    sentence = f"Организациям направлено адресных рекомендаций: {counts['total']}, исполнено: {counts['done']}."
    figures.sentences.append(sentence)
    figures.facts.append(Fact(f"{counts['done']} из {counts['total']}", "адресных рекомендаций исполнено", sentence))
    figures.data += [
        OpenValue(
            "Рекомендации",
            f"recommendations.{state}",
            f"Адресные рекомендации: {name}",
            "штук",
            year.span.code,
            "муниципалитет",
            str(counts[state]),
            "",
            "значение",
            "доска рекомендаций",
        )
        for state, name in STATES.items()
    ]
    return figures


def _signs(year: Year) -> Figures:
    period = Period.objects.filter(code=year.span.code).first()
    rule = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    rows = selectors.sign_rows(period=period, rule=rule, kinds=selectors.ONLY_VPR) if period else []
    if not rows:
        return Figures(blocks=[NoteBlock("Признаки по результатам ВПР: нет данных.", "warn")])
    summary = selectors.Summary.of(rows)
    threshold = figure(rule.threshold.normalize(), 0 if rule.threshold == rule.threshold.to_integral() else 2)
    sentence = (
        f"Доля отметок «2» не ниже {threshold} % хотя бы в одной работе ВПР отмечена "
        f"в {summary.marked_schools} из {summary.schools} школ; им адресуется помощь."
    )
    marked: dict[str, int] = {}
    for row in rows:
        if row.is_marked:
            marked[row.procedure.title] = marked.get(row.procedure.title, 0) + 1
    figures = Figures(sentences=[sentence])
    if marked:
        titles = sorted(marked)
        figures.blocks.append(
            ChartBlock(
                "signs",
                "bar",
                "Число школ с признаком по работам",
                f"Школы, где доля «2» не ниже {threshold} %. Названия школ не публикуются.",
                titles,
                [("Школ", [str(marked[title]) for title in titles])],
                label_title="Работа",
            )
        )
    state = "" if rule.is_confirmed else " Порог официально не подтверждён."
    figures.blocks.append(NoteBlock(f"{rule.title}, версия правила {rule.version}.{state} {rule.act}".strip()))
    figures.data.append(
        OpenValue(
            "Признаки",
            "signs.failing_share",
            f"Школ с долей «2» не ниже {threshold} %",
            "школ",
            year.span.code,
            "муниципалитет",
            str(summary.marked_schools),
            str(summary.schools),
            "значение",
            rule.get_source_state_display(),
        )
    )
    return figures
