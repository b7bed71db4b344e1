"""Forms of projects: they turn what was typed into what the services take."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.people import department
from apps.indicators.models import Direction
from apps.library.asking import WithFile, area, day
from apps.organizations.models import Programme as Level
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.projects.models import Opinion, Product, Programme, Project
from apps.roadmaps.projects.models.projects import PASSPORT, STORY

# Longer than the services take: they say how much is too much, and what was typed stays.
ROOMY = 10 * STORY
HINTS = {
    "relevance": "Почему это важно сейчас.",
    "problem": "Какое противоречие или дефицит решает проект.",
    "idea": "За счёт чего проблема будет решена.",
    "aim": "К чему придёте в итоге.",
    "objectives": "Каждая задача с новой строки.",
    "expected": "Каждый результат с новой строки.",
    "activities": "Каждое мероприятие с новой строки.",
}


def _helper(*fields: Any, button: str) -> FormHelper:
    helper = FormHelper()
    helper.layout = Layout(*fields, Submit("save", button))
    return helper


class ProjectForm(forms.Form):
    """A project with its passport. The programme and number are asked of tasks only."""

    kind = forms.ChoiceField(label="Вид", choices=Project.Kind.choices)
    title = forms.CharField(label="Тема (название)", widget=forms.Textarea(attrs={"rows": 2}), max_length=ROOMY)
    programme = forms.CharField(
        label="Программа, к которой относится задача", required=False, help_text="Только для проектной задачи."
    )
    number = forms.IntegerField(label="Номер задачи", required=False, min_value=1, max_value=9999)
    head = forms.CharField(label="Руководитель", help_text="Фамилия, имя, отчество и должность.")
    curator = forms.ModelChoiceField(User.objects.none(), label="Куратор от управления", required=False)
    for_whom = forms.CharField(
        label="Участники", required=False, help_text="Кого приглашаете. Например: инициативные организации."
    )
    direction = forms.ModelChoiceField(
        Direction.objects.none(), label="Направление", required=False, empty_label="не относится"
    )
    starts_on = day("Начало")
    ends_on = day("Окончание")
    applications_until = day("Заявки принимаются до", "Пусто: пока проект идёт.", required=False)
    programme_text = area("Программа площадки или проекта", ROOMY, "Не обязательно.", rows=5, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, title in PASSPORT:
            self.fields[name] = area(title, ROOMY, HINTS[name], rows=5, required=False)
        self.fields["curator"].queryset = department()  # type: ignore[attr-defined]
        self.fields["curator"].empty_label = "я"  # type: ignore[attr-defined]
        self.fields["direction"].queryset = Direction.objects.filter(is_active=True)  # type: ignore[attr-defined]
        titles = "".join(f"{title}; " for title in Programme.objects.values_list("title", flat=True)[:5])
        if titles:
            self.fields["programme"].help_text = f"Только для проектной задачи. Уже есть: {titles.strip('; ')}."
        self.helper = _helper(
            Row(Column("kind", css_class="col-md-6"), Column("direction", css_class="col-md-6")),
            "title",
            Row(Column("programme", css_class="col-md-9"), Column("number", css_class="col-md-3")),
            Row(Column("head", css_class="col-md-6"), Column("curator", css_class="col-md-6")),
            "for_whom",
            Row(
                Column("starts_on", css_class="col-md-4"),
                Column("ends_on", css_class="col-md-4"),
                Column("applications_until", css_class="col-md-4"),
            ),
            HTML("<h2>Паспорт: семь полей</h2>"),
            Div(*(name for name, _ in PASSPORT)),
            "programme_text",
            button="Сохранить",
        )


class ApplyForm(forms.Form):
    motive = area(
        "Почему хотите участвовать", ROOMY, "Чем организация может быть полезна, что уже сделано, чего ждёте."
    )
    contact = forms.CharField(label="Кто отвечает в организации", help_text="Фамилия, имя, отчество и должность.")


class LevelForm(forms.Form):
    """The key results of one level."""

    level = forms.ChoiceField(label="Уровень", choices=Level.choices, widget=forms.HiddenInput)
    text = area("Ключевые результаты", ROOMY, "Каждый результат с новой строки.", rows=4)


class ProductForm(WithFile):
    kind = forms.ChoiceField(label="Вид", choices=Product.Kind.choices)
    title = forms.CharField(label="Название", max_length=ROOMY)
    text = area("Описание", ROOMY, "Словами: что это, как устроено, как применяется.", rows=8, required=False)

    field_order = ("kind", "title", "text", "file")


class OpinionForm(forms.Form):
    verdict = forms.ChoiceField(label="Заключение", choices=Opinion.Verdict.choices, widget=forms.RadioSelect)
    text = area("Экспертное мнение", ROOMY, "Организация увидит этот текст.", rows=6)
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)


class StageForm(forms.Form):
    title = forms.CharField(label="Этап", max_length=ROOMY)
    starts_on = day("Начало")
    ends_on = day("Окончание")
    expected = area("Что должно быть сделано", ROOMY, rows=3, required=False)


class ResultForm(forms.Form):
    result = area("Итог этапа", ROOMY, rows=4)


class ReportForm(WithFile):
    text = area("Что сделано", ROOMY, rows=5)

    field_order = ("text", "file")


class IndicatorForm(forms.Form):
    title = forms.CharField(label="Показатель", max_length=ROOMY)
    target = forms.CharField(label="Чего ждём", max_length=ROOMY, help_text="Например: 100 % организаций к 01.09.2026.")
    reached = forms.CharField(label="Достигнуто", max_length=ROOMY, required=False)
    code = forms.CharField(
        label="Код показателя портала", required=False, help_text="Если такой показатель уже собирается."
    )


class MonitoringForm(forms.Form):
    """The summary in three parts: each line of a part is a point on the screen."""

    title = forms.CharField(label="Тема", max_length=ROOMY, widget=forms.Textarea(attrs={"rows": 2}))
    on = forms.DateField(
        label="По состоянию на",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    results = area("Результаты", ROOMY, "Каждый пункт с новой строки: так он и будет показан.", rows=6, required=False)
    problems = area("Проблемы", ROOMY, rows=6, required=False)
    solutions = area("Пути решения", ROOMY, rows=6, required=False)
    is_ready = forms.BooleanField(
        label="Готова к показу", required=False, help_text="Участники проекта увидят её. Нужны все три части."
    )


class RegulationForm(WithFile):
    text = area("Текст положения", 10 * ROOMY, "Или приложите файл.", rows=5, required=False)
    dated_on = day("Дата текста", "Пусто: сегодня.", required=False)
    changes = forms.CharField(label="Что изменено", max_length=500, required=False)

    field_order = ("file", "text", "dated_on", "changes")


class ApproveForm(forms.Form):
    act_text = forms.CharField(label="Чем утверждено", help_text="Например: решение коллегии от 12.04.2019 № 3.")
    on = day("Дата утверждения", today=True)


class RoadmapForm(forms.Form):
    roadmap = forms.ModelChoiceField(
        Roadmap.objects.none(), label="Дорожная карта", required=False, empty_label="не привязана"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Roadmap.Kind.PLATFORM, Roadmap.Kind.PROJECT)
        visible = Roadmap.objects.visible_to(user).filter(kind__in=kinds)  # type: ignore[attr-defined]
        self.fields["roadmap"].queryset = visible  # type: ignore[attr-defined]
