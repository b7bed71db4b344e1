from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AnalysisConfig(AppConfig):
    name = "apps.analysis"
    verbose_name = "Анализ"

    def ready(self) -> None:
        from apps.analysis.defaults import create_missing_rules
        from apps.analysis.interpretation.selectors import beside_results
        from apps.analysis.objectivity import beside as objectivity
        from apps.analysis.signs.methods import methods_of_signs
        from apps.procedures import beside, methods

        methods.provide(methods_of_signs)
        beside.provide(beside_results)
        objectivity.provide()
        post_migrate.connect(create_missing_rules, sender=self, dispatch_uid="analysis.rules")

        from apps.analysis.context.beside import blocks
        from apps.analysis.context.methods import own_methods
        from apps.procedures import beside, methods

        beside.provide(blocks)
        methods.provide(own_methods)

        from apps.analysis.moving import move_cases
        from apps.organizations.signals import merged

        merged.connect(move_cases, dispatch_uid="analysis.preventive")
