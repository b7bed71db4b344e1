"""Forms of discussions with the council."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from apps.library.asking import area, day, helper
from apps.library.council.models import Vote
from apps.library.texts import STORY

DAYS = 14


class OpenForm(forms.Form):
    question = forms.CharField(label="Вопрос совету", max_length=500, initial="Поддерживаете ли вы этот проект?")
    closes_on = day("Обсуждение до", "До конца этого дня.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].initial = timezone.localdate() + timedelta(days=DAYS)
        self.helper = helper("question", "closes_on", button="Открыть совету")


class CommentForm(forms.Form):
    text = area("Комментарий", STORY, "Подписывается вашей фамилией и временем, изменить его потом нельзя.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("text", button="Отправить комментарий")


class VoteForm(forms.Form):
    choice = forms.ChoiceField(label="Ваш голос", choices=Vote.Choice.choices, widget=forms.RadioSelect)


class CloseForm(forms.Form):
    outcome = area("Итог обсуждения", 5000, "Что учтено, что нет и почему. Совет увидит этот текст.")
