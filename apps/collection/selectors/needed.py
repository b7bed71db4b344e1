"""How many rows a form asks of an organisation at least: the required ones that concern it and are not taken over."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.collection.models import FormField, Submission


@dataclass
class Needed:
    """By form: rows for everybody, and rows with conditions, which are judged for each organisation."""

    common: dict[int, int] = field(default_factory=dict)
    conditional: dict[int, list[FormField]] = field(default_factory=dict)

    @classmethod
    def of(cls, forms: Iterable[int]) -> "Needed":
        """One query."""
        made = cls()
        required = FormField.objects.filter(form__in=list(forms), is_required=True).exclude(reuse=FormField.Reuse.TAKE)
        for item in required.only("form_id", "kinds", "programmes", "features"):
            if item.is_conditional:
                made.conditional.setdefault(item.form_id, []).append(item)
            else:
                made.common[item.form_id] = made.common.get(item.form_id, 0) + 1
        return made

    def by(self, submission: Submission) -> int:
        """Needs the submission with its organisation."""
        rows = self.conditional.get(submission.form_id, ())
        own = sum(1 for item in rows if item.concerns(submission.organization)) if rows else 0
        return self.common.get(submission.form_id, 0) + own
