from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RoadmapsConfig(AppConfig):
    name = "apps.roadmaps"
    verbose_name = "Управление"

    def ready(self) -> None:
        self._fill_empty_tables()
        self._follow_mergers()
        self._stand_in_the_cycle()

    def _fill_empty_tables(self) -> None:
        """After a migration: what a new database begins with."""
        from apps.roadmaps.cycle.defaults import create_missing_criteria
        from apps.roadmaps.decisions.defaults import create_missing_acts
        from apps.roadmaps.drafts.defaults import create_missing_templates

        for create in (create_missing_templates, create_missing_criteria, create_missing_acts):
            post_migrate.connect(create, sender=self, dispatch_uid=f"roadmaps.{create.__name__}")

    @staticmethod
    def _follow_mergers() -> None:
        """Each subject moves what is its own when an organisation joins another one."""
        from apps.organizations.signals import merged
        from apps.roadmaps import moving
        from apps.roadmaps.cycle import moving as cycle
        from apps.roadmaps.decisions import moving as decisions
        from apps.roadmaps.effect import moving as effect
        from apps.roadmaps.meetings import moving as meetings
        from apps.roadmaps.plans import moving as plans
        from apps.roadmaps.projects import moving as projects

        merged.connect(moving.move_lines, dispatch_uid="roadmaps.recommendations")
        merged.connect(decisions.move_lines, dispatch_uid="roadmaps.decisions")
        merged.connect(meetings.move_invitees, dispatch_uid="roadmaps.meetings")
        merged.connect(plans.move_lines, dispatch_uid="roadmaps.plans")
        merged.connect(projects.move_members, dispatch_uid="roadmaps.projects")
        merged.connect(effect.move_lines, dispatch_uid="roadmaps.effect")
        merged.connect(cycle.move_tracks, dispatch_uid="roadmaps.cycle")

    @staticmethod
    def _stand_in_the_cycle() -> None:
        """Kinds of objects for chains and for the matrix, and the methods of this room for the page of methods."""
        from apps.procedures import methods
        from apps.roadmaps.cycle.registering import register_cycle
        from apps.roadmaps.effect.kinds import register_kinds as register_effects
        from apps.roadmaps.effect.methods import own_methods
        from apps.roadmaps.links.kinds import register_kinds

        register_kinds()
        register_effects()
        register_cycle()
        methods.provide(own_methods)
