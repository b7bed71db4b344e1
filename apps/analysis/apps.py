from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AnalysisConfig(AppConfig):
    name = "apps.analysis"
    verbose_name = "Анализ"

    def ready(self) -> None:
        from apps.analysis.defaults import create_missing_rules

        post_migrate.connect(create_missing_rules, sender=self, dispatch_uid="analysis.rules")
