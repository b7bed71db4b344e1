from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "apps.registers"
    verbose_name = "Реестры"
