from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "apps.indicators"
    verbose_name = "Показатели"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from apps.indicators.selectors import uses  # noqa: F401

        autodiscover_modules("uses")  # every room tells there where it uses indicators
