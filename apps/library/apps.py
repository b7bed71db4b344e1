from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "apps.library"
    verbose_name = "Библиотека"

    def ready(self) -> None:
        from apps.library import moving  # noqa: F401 - hears when organisations are joined
        from apps.library.acts import carrying  # noqa: F401 - hears when a form gets its next version
