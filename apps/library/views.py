"""The first page of the library."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.library import selectors
from apps.library.access import LIBRARY


@require_safe
@role_required(*LIBRARY)
def index(request: SignedInRequest) -> HttpResponse:
    """The shelves that the person may open, each with its count."""
    return render(request, "library/index.html", {"shelves": selectors.shelves(request.user)})
