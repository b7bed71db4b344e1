"""What each role finds in the menu. The one list behind the side column and the menu of a phone."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from apps.accounts.models import User
from apps.accounts.roles import Role

_EVERYBODY = frozenset(Role)
_AUTHORITY = frozenset({Role.ADMIN, Role.HEAD, Role.SPECIALIST, Role.METHODOLOGIST})
_DEPARTMENT = frozenset({Role.HEAD, Role.SPECIALIST})
_SCHOOL = frozenset({Role.DIRECTOR, Role.COORDINATOR})
_READERS = _AUTHORITY | _SCHOOL | {Role.ASSOCIATION_LEADER}
_SENT_OUT = frozenset({Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE})
_LEADER = frozenset({Role.ASSOCIATION_LEADER})


@dataclass(frozen=True)
class Entry:
    """A line of the menu: where it leads, its words and picture, who sees it."""

    url_name: str
    text: str
    icon: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Link:
    """An entry as the page draws it."""

    url: str
    text: str
    icon: str
    is_current: bool


SECTIONS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("desk:today", "Сегодня", "house", _EVERYBODY),
            Entry("desk:inbox", "Входящие", "inbox", _EVERYBODY),
            Entry("desk:calendar", "Календарь", "calendar-event", _AUTHORITY | _SCHOOL | _LEADER),
            Entry("procedures:own_assignments", "Мои назначения", "clipboard-check", _SENT_OUT),
        ),
    ),
    (
        "Сбор данных",
        (
            Entry("collection:campaigns", "Кампании сбора", "clipboard-data", _AUTHORITY),
            Entry("collection:tasks", "Формы к заполнению", "list-check", _SCHOOL),
            Entry("surveys:surveys", "Опросы", "chat-square-dots", _AUTHORITY),
            Entry("surveys:own_surveys", "Опросы", "chat-square-dots", _SCHOOL),
            Entry("collection:selfexam_own", "Самообследование", "journal-text", _SCHOOL),
            Entry("collection:selfexam_years", "Самообследование", "journal-text", _AUTHORITY),
        ),
    ),
    (
        "Процедуры",
        (
            Entry("procedures:register", "График работ", "calendar3", _AUTHORITY),
            Entry("procedures:own_schedule", "График работ", "calendar3", _SCHOOL),
            Entry("procedures:list", "Результаты", "bar-chart", _READERS),
            Entry("procedures:people", "Наблюдатели и эксперты", "person-badge", _AUTHORITY),
            Entry("procedures:participants", "Общественность", "person-badge", _SCHOOL),
            Entry("procedures:analyses", "Моё объединение", "mortarboard", _LEADER),
            Entry("procedures:internal_marking", "Культура оценивания", "check2-square", _AUTHORITY),
            Entry("procedures:own_marking", "Культура оценивания", "check2-square", _SCHOOL),
            Entry("procedures:instruments", "Банк КИМ", "archive", _AUTHORITY | _SCHOOL | _LEADER | {Role.EXPERT}),
        ),
    ),
    (
        "Анализ",
        (
            Entry("indicators:list", "Показатели", "graph-up", _AUTHORITY | _SCHOOL),
            Entry("desk:directions", "Направления", "compass", _AUTHORITY | _SCHOOL),
            Entry("desk:profiles", "Профили школ", "person-vcard", _AUTHORITY | {Role.ASSOCIATION_LEADER}),
            Entry("desk:profiles", "Профиль организации", "person-vcard", _SCHOOL),
            Entry("noko:plan", "Независимая оценка", "patch-check", _AUTHORITY),
            Entry("noko:own", "Независимая оценка", "patch-check", _SCHOOL),
            Entry("noko:latest", "Независимая оценка", "patch-check", frozenset({Role.PUBLIC_REPRESENTATIVE})),
            Entry("analysis:context", "Контекст и кластеры", "diagram-3", _AUTHORITY),
            Entry("analysis:own_context", "Наш контекст", "diagram-3", _SCHOOL),
            Entry("analysis:objectivity", "Объективность", "shield-check", _AUTHORITY),
            Entry("analysis:objectivity_own", "Объективность", "shield-check", _SCHOOL),
            Entry("analysis:signs", "Признаки проблем", "flag", _AUTHORITY),
            Entry("analysis:own_signs", "Признаки нашей школы", "flag", _SCHOOL),
        ),
    ),
    (
        "Решения и отчёты",
        (
            Entry("roadmaps:cycle", "Управленческий цикл", "arrow-repeat", _AUTHORITY),
            Entry("roadmaps:own_cycle", "Наш управленческий цикл", "arrow-repeat", _SCHOOL),
            Entry("roadmaps:roadmaps", "Дорожные карты", "signpost-split", _READERS),
            Entry("roadmaps:own_programme", "Программа улучшений", "graph-up-arrow", _SCHOOL),
            Entry("roadmaps:recommendations", "Рекомендации", "chat-left-text", _AUTHORITY),
            Entry("roadmaps:own", "Рекомендации нам", "chat-left-text", _SCHOOL | _LEADER),
            Entry("roadmaps:support", "Адресная помощь", "life-preserver", _AUTHORITY | _SCHOOL | _LEADER),
            Entry("roadmaps:meetings", "Совещания", "people-fill", _AUTHORITY),
            Entry("roadmaps:own_meetings", "Совещания", "people-fill", _SCHOOL | _LEADER),
            Entry("roadmaps:effects", "Эффект мер", "bullseye", _AUTHORITY | _SCHOOL),
            Entry("roadmaps:projects", "Проекты и площадки", "lightbulb", _AUTHORITY | _SCHOOL),
            Entry("roadmaps:decisions", "Решения и приказы", "file-earmark-check", _AUTHORITY),
            Entry("roadmaps:own_assignments", "Решения и приказы", "file-earmark-check", _SCHOOL | _LEADER),
            Entry("reports:list", "Годовые отчёты", "file-earmark-text", _AUTHORITY),
        ),
    ),
    (
        "Справочники",
        (
            Entry("organizations:list", "Организации", "building", _EVERYBODY),
            Entry("library:index", "Библиотека", "book", _EVERYBODY - {Role.OBSERVER}),
            Entry("registers:index", "Реестры", "card-list", _AUTHORITY | _SCHOOL),
            Entry("accounts:people", "Пользователи", "people", _DEPARTMENT | {Role.ADMIN, Role.DIRECTOR}),
            Entry("core:jobs", "Фоновые задания", "gear", _EVERYBODY),
        ),
    ),
)


def _address(url_name: str) -> str:
    """The address of a page; empty when the installation has no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def menu_of(user: User, path: str) -> list[tuple[str, list[Link]]]:
    """The menu of the role a person acts in: sections with links; the deepest that holds `path` is current."""
    entries = [
        (title, [(_address(entry.url_name), entry) for entry in entries if user.role in entry.roles])
        for title, entries in SECTIONS
    ]
    holding = [url for _, links in entries for url, _ in links if url and path.startswith(url)]
    current = max(holding, key=len, default="")
    menu = [
        (title, [Link(url, entry.text, entry.icon, url == current) for url, entry in links if url])
        for title, links in entries
    ]
    return [(title, links) for title, links in menu if links]
