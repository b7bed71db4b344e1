from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "apps.procedures"
    verbose_name = "Оценочные процедуры"
