from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RoadmapsConfig(AppConfig):
    name = "apps.roadmaps"
    verbose_name = "Управление"

    def ready(self) -> None:
        from apps.organizations.signals import merged
        from apps.procedures import methods
        from apps.roadmaps.cycle.defaults import create_missing_criteria
        from apps.roadmaps.cycle.registering import register_cycle
        from apps.roadmaps.decisions.defaults import create_missing_acts
        from apps.roadmaps.decisions.moving import move_lines
        from apps.roadmaps.drafts.defaults import create_missing_templates
        from apps.roadmaps.effect import kinds as effect
        from apps.roadmaps.effect import moving as effects
        from apps.roadmaps.effect.methods import own_methods
        from apps.roadmaps.links.kinds import register_kinds
        from apps.roadmaps.meetings import moving as meetings
        from apps.roadmaps.moving import move_lines as move_recommendations
        from apps.roadmaps.plans import moving as plans
        from apps.roadmaps.projects import moving as projects

        post_migrate.connect(create_missing_templates, sender=self, dispatch_uid="roadmaps.templates")
        post_migrate.connect(create_missing_criteria, sender=self, dispatch_uid="roadmaps.criteria")
        merged.connect(plans.move_lines, dispatch_uid="roadmaps.plans")
        merged.connect(meetings.move_invitees, dispatch_uid="roadmaps.meetings")
        merged.connect(move_recommendations, dispatch_uid="roadmaps.moving")
        merged.connect(effects.move_lines, dispatch_uid="roadmaps.effects")
        merged.connect(move_lines, dispatch_uid="roadmaps.decisions.moving")
        post_migrate.connect(create_missing_acts, sender=self, dispatch_uid="roadmaps.acts")
        merged.connect(projects.move_members, dispatch_uid="roadmaps.projects")
        register_kinds()
        effect.register_kinds()
        methods.provide(own_methods)
        register_cycle()
