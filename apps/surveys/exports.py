"""Results of a survey as a file: what the page shows, hidden where the page hides."""

from collections.abc import Iterator

from apps.core.figures import rounded
from apps.surveys.selectors.results import Group, Results
from apps.workbooks.writing import Value, export_table

HEADERS = ("Организация", "Ответили", "Приглашено", "Вопрос", "Вариант", "Ответили на вопрос", "Выбрали", "Доля, %")


def results_book(results: Results) -> bytes:
    """A row an option of a question of a group; «скрыто» stands where a group is too small."""
    return export_table(HEADERS, _rows(results), title="Результаты опроса")


def _rows(results: Results) -> Iterator[list[Value]]:
    for group in (results.total, *results.groups):
        yield from _group(group)


def _group(group: Group) -> Iterator[list[Value]]:
    head: list[Value] = [group.name, group.n, group.place.invited if group.place else None]
    if group.is_hidden:
        yield [*head, "скрыто: ответивших слишком мало", "", None, None, None]
        return
    for outcome in group.outcomes:
        text = outcome.question.text
        if outcome.is_hidden:
            yield [*head, text, "скрыто", outcome.n, None, None]
        for share in outcome.shares:
            yield [*head, text, share.label, outcome.n, share.count, rounded(share.share, 1)]
        if outcome.mean is not None:
            yield [*head, text, "среднее", outcome.n, None, rounded(outcome.mean, 2)]
