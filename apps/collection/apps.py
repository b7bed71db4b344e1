from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "apps.collection"
    verbose_name = "Сбор данных"

    def ready(self) -> None:
        from apps.collection import breaks, renewal  # noqa: F401 - they register what they do for the indicators
