from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "apps.collection"
    verbose_name = "Сбор данных"
