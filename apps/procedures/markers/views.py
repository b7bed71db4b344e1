"""The page of published lists of markers."""

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core.findings import Refused
from apps.procedures.markers import selectors, services
from apps.procedures.markers.models import MarkerList


class ListForm(forms.Form):
    file = forms.FileField(
        label="Файл со списком", error_messages={"required": "Выберите файл."},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv", "class": "form-control"}),
        help_text="Столбцы «Год», «Логин» и маркеры вида «4 РУ».",
    )  # fmt: skip
    source = forms.CharField(
        label="Откуда список", max_length=300,
        error_messages={"required": "Назовите источник: его увидят рядом с данными."},
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )  # fmt: skip


@role_required(*AUTHORITY)
def markers(request: SignedInRequest) -> HttpResponse:
    """Lists that were loaded, markers of our schools, and a form for the next list."""
    form = ListForm(request.POST or None, request.FILES or None) if request.user.is_department else None
    refused = []
    if form and request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            loaded = services.load_markers(
                stream=file.file, name=file.name, source=form.cleaned_data["source"], by=request.user
            )
        except Refused as refusal:
            refused = refusal.findings
        else:
            years = ", ".join(map(str, loaded.years))
            messages.success(request, f"Список загружен: строк {loaded.rows}, годы {years}.")
            for finding in loaded.findings[:5]:
                messages.warning(request, str(finding))
            return redirect("procedures:markers")
    context = {
        "form": form,
        "refused": refused,
        "lists": MarkerList.objects.annotate(count=Count("markers")).select_related("loaded_by"),
        "ours": selectors.ours(),
    }
    return render(request, "procedures/markers/list.html", context)


@require_POST
@role_required(*DEPARTMENT)
def marker_list_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(MarkerList, pk=pk)
    services.forget_list(source=row, by=request.user)
    messages.success(request, f"Список «{row.name}» убран вместе с его маркерами.")
    return redirect("procedures:markers")
