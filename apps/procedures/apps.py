from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "apps.procedures"
    verbose_name = "Оценочные процедуры"

    def ready(self) -> None:
        from apps.procedures.methods import provide
        from apps.procedures.own_methods import own_methods
        from apps.procedures.schedule.methods import schedule_methods

        provide(own_methods)
        provide(schedule_methods)
