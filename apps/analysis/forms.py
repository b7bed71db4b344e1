"""Forms of the analysis."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms

from apps.analysis.models import SignRule


class SignRuleForm(forms.ModelForm):
    """A new version of a sign's threshold."""

    reason = forms.CharField(label="Почему меняется", max_length=300, widget=forms.TextInput())

    class Meta:
        model = SignRule
        fields = ("threshold", "minimum_participants", "source_state", "act", "reason")
        widgets = {"act": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(
                Column("threshold", css_class="col-md-4"),
                Column("minimum_participants", css_class="col-md-4"),
                Column("source_state", css_class="col-md-4"),
            ),
            "act",
            "reason",
            Submit("send", "Ввести новую версию"),
        )
