from django.apps import AppConfig


class NokoConfig(AppConfig):
    name = "apps.noko"
    verbose_name = "независимая оценка качества условий"
