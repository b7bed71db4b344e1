"""How allauth behaves here."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only; links in letters name our own address, whatever the request said."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Почта или пароль не подходят. Проверьте раскладку или задайте новый пароль.",
        "too_many_login_attempts": "Слишком много неудачных попыток входа. Подождите 5 минут или задайте новый пароль.",
        "incorrect_password": "Пароль не подходит.",
        "enter_current_password": "Введите нынешний пароль.",
        "invalid_password_reset": "Ссылка для нового пароля уже использована или устарела.",
        "rate_limited": "Слишком много запросов подряд. Подождите немного и повторите.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The page for a new password under `SITE_URL`: a forged Host header must not get into a letter."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return settings.SITE_URL.rstrip("/") + path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        names = {"municipality_name": settings.MUNICIPALITY_NAME, "authority_name": settings.AUTHORITY_NAME}
        super().send_mail(template_prefix, email, {**context, **names, "site_url": settings.SITE_URL})
