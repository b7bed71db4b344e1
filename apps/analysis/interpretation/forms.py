"""Forms of conclusions."""

from django import forms

from apps.analysis.interpretation.models import Conclusion


class ConclusionForm(forms.Form):
    """What a figure says."""

    kind = forms.ChoiceField(
        label="Что это",
        choices=[(value, label.capitalize()) for value, label in Conclusion.Kind.choices],
        widget=forms.RadioSelect,
        initial=Conclusion.Kind.CONCLUSION,
    )
    text = forms.CharField(
        label="Текст",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Что говорит это число и почему. Без имён учителей и учеников.",
        error_messages={"required": "Напишите, что говорит это число."},
    )
    in_report = forms.BooleanField(
        label="Включить в годовой отчёт",
        required=False,
        help_text="Только для выводов о муниципалитете: отчёт открыт, школы в нём не названы.",
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Почему снимается", max_length=300, error_messages={"required": "Напишите причину одной фразой."}
    )
