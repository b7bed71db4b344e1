from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "apps.core"
    verbose_name = "Основа"

    def ready(self) -> None:
        # Binds `shared_task` of all apps to our Celery application in every process.
        from django.utils.module_loading import autodiscover_modules

        from msoko import celery  # noqa: F401

        autodiscover_modules("handlers")  # every room registers its kinds of jobs there
