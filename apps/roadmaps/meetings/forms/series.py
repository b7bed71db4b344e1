"""Cycles of seminars and their sessions."""

from django import forms

from apps.roadmaps.forms import DateInput
from apps.roadmaps.meetings.forms.fields import area, file_field


class SeriesForm(forms.Form):
    theme = forms.CharField(label="Тема цикла", max_length=500, widget=area(2))
    purpose = forms.CharField(label="Зачем", max_length=5000, required=False, widget=area(3))
    result = forms.CharField(label="Что получится в конце", max_length=1000, required=False, widget=area(2))


class SessionForm(forms.Form):
    product = forms.CharField(
        label="Продукт занятия", max_length=500, help_text="Что участники унесут: проект положения, карта, перечень."
    )
    task = forms.CharField(label="Задание до следующего занятия", max_length=3000, required=False, widget=area(3))
    task_due_on = forms.DateField(label="Срок задания", required=False, widget=DateInput())
    product_done = forms.CharField(
        label="Что получилось", max_length=1000, required=False, widget=area(2), help_text="Заполните после занятия."
    )
    upload = file_field("Файл продукта")
