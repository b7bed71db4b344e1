"""Forms of practices and trials."""

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.urls import reverse

from apps.indicators.models import Direction
from apps.library.asking import ToOrganizations, WithFile, area, day, helper, open_organizations
from apps.library.practices.models import Practice, Trial
from apps.library.texts import STORY
from apps.organizations.models import Organization
from apps.organizations.picking import pick


class PracticeForm(WithFile):
    """A school tells of its practice; the office also chooses whose it is."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), label="Чья практика", empty_label="выберите организацию"
    )
    category = forms.ChoiceField(label="Категория", choices=Practice.Category.choices)
    title = forms.CharField(label="Название", max_length=200)
    problem = area("Проблема", STORY, "С чего началось: что показали результаты.")
    done = area("Что сделано", STORY, "По шагам, чтобы можно было повторить.", rows=6)
    effect = area("Эффект", STORY, "Что изменилось и по каким данным это видно. Без фамилий.")

    def __init__(self, *args: Any, own: bool, practice: Practice | None = None, **kwargs: Any) -> None:
        if practice:
            names = ("organization", "category", "title", "problem", "done", "effect")
            kwargs["initial"] = {name: getattr(practice, name) for name in names}
        super().__init__(*args, **kwargs)
        if own or practice:
            del self.fields["organization"]
        else:
            self.fields["organization"].queryset = open_organizations()  # type: ignore[attr-defined]
        whose = [] if own or practice else ["organization"]
        button = "Предложить в банк" if own else "Сохранить"
        self.helper = helper(*whose, "category", "title", "problem", "done", "effect", "file", button=button)


class AdviseForm(ToOrganizations):
    """To whom a practice is recommended."""

    text = area("Почему подойдёт", 2000, "Организация увидит этот текст.", rows=3)

    field_order = ("text", "kinds", "groups", "organizations")

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = reverse("library:practice_advise", args=[practice.pk])
        self.helper = helper("text", *self.to_whom(), button="Рекомендовать", action=action)


class TrialForm(forms.Form):
    title = forms.CharField(label="Механизм", max_length=200)
    description = area("В чём состоит", STORY, rows=5)
    direction = forms.ModelChoiceField(
        Direction.objects.none(), label="Направление", required=False, empty_label="не относится к одному направлению"
    )
    starts_on = day("Начало", today=True)
    ends_on = day("Окончание")
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(), label="Где пробуют", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, trial: Trial | None = None, **kwargs: Any) -> None:
        if trial:
            names = ("title", "description", "direction", "starts_on", "ends_on")
            kwargs["initial"] = {name: getattr(trial, name) for name in names}
            kwargs["initial"]["organizations"] = trial.organizations.all()
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["direction"].queryset = Direction.objects.all()
        fields["direction"].label_from_instance = lambda one: f"{one.code} {one.name}"[:110]
        fields["organizations"].queryset = open_organizations()
        days = Row(Column("starts_on"), Column("ends_on"))
        self.helper = helper("title", "description", "direction", days, pick())


class DecideForm(forms.Form):
    state = forms.ChoiceField(
        label="Решение",
        choices=[(Trial.State.SPREAD, "распространить"), (Trial.State.STOPPED, "прекратить")],
        widget=forms.RadioSelect,
    )
    result = area("Результат", STORY, "Что показала апробация и по каким данным.")
    reason = area("Почему так решено", 2000, rows=2)
    spread_to = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="Куда распространяется",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Для решения «распространить».",
    )

    def __init__(self, *args: Any, trial: Trial, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = open_organizations().exclude(trials=trial)
        self.fields["spread_to"].queryset = places  # type: ignore[attr-defined]
        self.helper = helper("state", "result", "reason", pick("spread_to"), button="Подвести итог")
