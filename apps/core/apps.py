from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "apps.core"
    verbose_name = "Основа"

    def ready(self) -> None:
        # Binds `shared_task` of all apps to our Celery application in every process.
        from django.urls import register_converter
        from django.utils.module_loading import autodiscover_modules

        from apps.core.converters import PeriodConverter
        from msoko import celery  # noqa: F401

        register_converter(PeriodConverter, "period")
        autodiscover_modules("handlers")  # every room registers its kinds of jobs there
