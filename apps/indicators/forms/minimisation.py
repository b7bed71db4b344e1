"""Decisions of a review."""

from django import forms

from apps.indicators.models import Twin


class SwitchForm(forms.Form):
    """Why indicators are switched off or on."""

    reason = forms.CharField(
        label="Причина",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Останется в истории показателя. Например: «Есть в форме ОО-2, решение рабочей группы».",
        error_messages={"required": "Напишите причину: она останется в истории показателя."},
    )


class JudgeForm(forms.Form):
    """What is said about indicators that look alike."""

    verdict = forms.ChoiceField(choices=[*Twin.Verdict.choices, ("forget", "забыть решение")])
    note = forms.CharField(required=False, max_length=500)
