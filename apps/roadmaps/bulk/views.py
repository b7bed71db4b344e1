"""The page of a recommendation for many: whom (in the address), words, what each will read, sending."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT
from apps.analysis.signs.selectors import chosen as ticked_numbers
from apps.core.findings import Refused
from apps.core.models import Period
from apps.core.periods import school_year_of
from apps.roadmaps.bulk import choosing, services
from apps.roadmaps.bulk.forms import ChooseForm, WordsForm
from apps.roadmaps.drafts.models import RecommendationTemplate
from apps.roadmaps.issuing import NewRecommendation
from apps.roadmaps.texts import directions
from apps.roadmaps.texts.figures import Source
from apps.roadmaps.texts.years import year_for

BASIS = "{показатель}: {значение} за {период}, по муниципалитету в среднем {среднее по муниципалитету}."
SIGN_BASIS = "{показатель}: {значение}, {период}."


@role_required(*DEPARTMENT)
def bulk(request: SignedInRequest) -> HttpResponse:
    """Choose by the address; a post shows what each will read, and sends to the ticked when `issue` was pressed."""
    asked = ChooseForm(request.GET or None)
    choice = choosing.Choice(**asked.cleaned_data) if asked.is_valid() else choosing.Choice()
    source = choosing.source_of(choice, request.user)
    why, organizations = choosing.choose(choice, request.user)
    form = WordsForm(request.POST or None, initial=_initial(choice, source))
    words = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = choosing.lines_of(
        organizations,
        source,
        text=words.get("text", ""),
        basis=words.get("basis_text", ""),
        due_on=words.get("due_on"),
        why=why,
    )
    ticked = set(ticked_numbers(request.POST.getlist("organizations")))
    if words and "issue" in request.POST:
        to = [line.organization for line in chosen.lines if line.organization.pk in ticked]
        try:
            made = services.issue_to_many(new=_new(words, choice), organizations=to, source=source, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, f"Направлено организациям: {len(to)}. Каждая увидит свои цифры.")
            return redirect(made)
    context = {
        "asked": asked,
        "choice": choice,
        "source": source,
        "chosen": chosen,
        "form": form,
        "ticked": ticked,
        "is_shown": bool(words),
    }
    return render(request, "roadmaps/bulk/bulk.html", context)


def _new(words: dict[str, Any], choice: choosing.Choice) -> NewRecommendation:
    fields = ("period", "title", "text", "due_on", "basis_text", "direction", "teachers")
    bases = (choice.conclusion,) if choice.conclusion else ()
    return NewRecommendation(**{name: words[name] for name in fields}, bases=bases)


def _present_year() -> Period | None:
    return Period.objects.filter(code=school_year_of(timezone.localdate()).code).first()


def _initial(choice: choosing.Choice, source: Source) -> dict[str, Any]:
    template = choice.template
    if template is None and choice.sign and not choice.indicator:
        template = RecommendationTemplate.objects.filter(code=choice.sign).first()
    direction = template.direction if template else None
    if direction is None and choice.indicator:
        direction = choice.indicator.direction
    if direction is None and choice.sign:
        direction = directions.of_sign(choice.sign)
    basis = BASIS if choice.indicator else SIGN_BASIS if choice.sign else ""
    if choice.conclusion:
        basis = f"{basis} {choice.conclusion.get_kind_display().capitalize()}: {choice.conclusion.text}".strip()
    return {
        "period": (year_for(source.period) if source.period else None) or _present_year(),
        "direction": direction,
        "title": template.title if template else source.title[:200],
        "text": template.text if template else "",
        "basis_text": basis[:2000],
    }
