from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "apps.procedures"
    verbose_name = "Оценочные процедуры"

    def ready(self) -> None:
        from apps.procedures import methods
        from apps.procedures.own_methods import own_methods
        from apps.procedures.schedule.methods import schedule_methods

        methods.provide(own_methods)
        methods.provide(schedule_methods)

        from apps.organizations.signals import merged
        from apps.procedures.people import moving as people
        from apps.procedures.schedule import moving as schedule

        merged.connect(people.move_people, dispatch_uid="procedures.people")
        merged.connect(schedule.move_works, dispatch_uid="procedures.schedule")
