"""Which indicators the forms ask."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from apps.collection.models import FormField
from apps.indicators.uses import Use, UseKind, told_by


@told_by
def of_forms(codes: Collection[str] | None) -> Iterator[Use]:
    """Rows of the forms in force that organisations fill in; shares that the portal counts are not asked."""
    fields = FormField.objects.filter(form__is_active=True, version__is_derived=False)
    if codes is not None:
        fields = fields.filter(version__indicator__code__in=codes)
    rows = fields.values_list("version__indicator__code", "form__short_title", "section")
    for code, form, section in rows:
        yield Use(code, UseKind.FORM, f"{form}: {section}", reverse("collection:campaigns"))
