"""Pages of dispatches: the office sends and watches, an organisation reads."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.core.findings import Refused
from apps.library.access import WRITERS
from apps.library.asking import tell
from apps.library.dispatches import services
from apps.library.dispatches.forms import DispatchForm
from apps.library.dispatches.models import Dispatch, Receipt
from apps.library.documents.models import DocumentVersion


@require_safe
@role_required(*AUTHORITY)
def dispatches(request: SignedInRequest) -> HttpResponse:
    """What was sent, with how many organisations have it and have read it."""
    found = Dispatch.objects.visible_to(request.user).select_related("version__document", "sender")
    found = found.defer("version__text", "version__search", "version__document__search")
    delivered = Count("receipts", filter=Q(receipts__delivered_at__isnull=False))
    read = Count("receipts", filter=Q(receipts__read_at__isnull=False))
    counted = found.annotate(total=Count("receipts"), delivered=delivered, read=read).order_by("-sent_at", "-pk")
    page = Paginator(counted, 25).get_page(request.GET.get("page"))
    return render(request, "library/dispatches/list.html", {"page": page, "may_write": request.user.role in WRITERS})


@role_required(*WRITERS)
def dispatch_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a version in force."""
    version = get_object_or_404(DocumentVersion.objects.visible_to(request.user).select_related("document"), pk=pk)
    form = DispatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        letter = form.cleaned_data["letter"]
        try:
            made = services.send(version=version, organizations=form.chosen, letter=letter, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Материалы направлены.")
            return redirect(made)
    return render(request, "library/dispatches/new.html", {"form": form, "version": version})


@require_safe
@role_required(*AUTHORITY)
def dispatch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Marks of delivery and reading, those not read yet first."""
    found = get_object_or_404(
        Dispatch.objects.visible_to(request.user).select_related("version__document", "sender"), pk=pk
    )
    receipts = list(found.receipts.select_related("organization", "read_by"))
    receipts.sort(key=lambda one: (one.read_at is not None, one.delivered_at is not None))
    context = {
        "dispatch": found,
        "receipts": receipts,
        "delivered": sum(one.delivered_at is not None for one in receipts),
        "read": sum(one.read_at is not None for one in receipts),
    }
    return render(request, "library/dispatches/detail.html", context)


@require_safe
@role_required(*SCHOOL)
def received(request: SignedInRequest) -> HttpResponse:
    """What was sent to the organisation."""
    mine = Receipt.objects.visible_to(request.user).select_related("dispatch__version__document", "dispatch__sender")
    mine = mine.defer("dispatch__version__text", "dispatch__version__search", "dispatch__version__document__search")
    page = Paginator(mine.order_by("read_at", "-dispatch__sent_at"), 25).get_page(request.GET.get("page"))
    return render(request, "library/dispatches/received.html", {"page": page})


@require_safe
@role_required(*SCHOOL)
def received_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """The letter and the document; opening the page is reading it."""
    mine = Receipt.objects.visible_to(request.user).select_related(
        "dispatch__version__document", "dispatch__version__file", "dispatch__sender"
    )
    receipt = get_object_or_404(mine, dispatch=pk)
    if request.method == "GET":
        services.open_receipt(receipt=receipt, by=request.user)
    return render(request, "library/dispatches/received_one.html", {"receipt": receipt, "dispatch": receipt.dispatch})
