from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "apps.collection"
    verbose_name = "Сбор данных"

    def ready(self) -> None:
        from apps.collection import breaks  # noqa: F401 - it registers its reader
