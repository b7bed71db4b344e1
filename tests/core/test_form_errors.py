"""The summary of faults above a form."""

from django import forms
from django.template import Context, Template

PAGE = Template(
    '{% load crispy_forms_tags %}{% include "components/form_errors.html" with form=form %}<hr>{{ form|crispy }}'
)


class Numbered(forms.Form):
    number = forms.CharField(label="Номер")


def test_faults_stand_once_and_at_the_head_of_the_page():
    page = PAGE.render(Context({"form": Numbered({})}))
    head, _, form = page.partition("<hr>")
    assert "Есть ошибки" in head
    assert "Есть ошибки" not in form
    assert "Обязательное поле." in form


def test_a_form_without_a_summary_of_the_page_tells_its_faults_itself():
    page = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": Numbered({})}))
    assert page.count("Есть ошибки") == 1
