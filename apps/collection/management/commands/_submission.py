"""How commands name a submission: organisation, campaign and, where there are two forms, the form."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.collection.models import Submission


def add_submission_arguments(parser: CommandParser) -> None:
    parser.add_argument("--organization", required=True, metavar="CODE", help="Код организации, например school-01.")
    parser.add_argument("--campaign", required=True, type=int, metavar="N", help="Номер кампании.")
    parser.add_argument("--form", metavar="CODE", help="Код формы, если организация сдаёт несколько.")


def submission_of(options: dict[str, Any]) -> Submission:
    """The one that is meant. Raises CommandError with what there is to choose from."""
    found = Submission.objects.select_related("campaign__period", "organization", "form", "period").filter(
        organization__code=options["organization"], campaign=options["campaign"]
    )
    if options.get("form"):
        found = found.filter(form__code=options["form"])
    rows = list(found)
    if not rows:
        raise CommandError("Такой формы нет: проверьте код организации, номер кампании и код формы.")
    if len(rows) > 1:
        codes = ", ".join(row.form.code for row in rows)
        raise CommandError(f"Организация сдаёт несколько форм: {codes}. Укажите одну: --form {rows[0].form.code}.")
    return rows[0]
