"""Forms of the accounts."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth import password_validation

from apps.accounts.models import User
from apps.accounts.roles import Role, grantable_by
from apps.organizations.models import Organization


class LoginForm(AllauthLoginForm):
    """Words of ours; a label says what a placeholder would hide while one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Почта"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ResetPasswordForm(AllauthResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Почта"
        self.fields["email"].widget.attrs.pop("placeholder", None)


class InvitationForm(forms.Form):
    """Whom to invite, where and in which role; offers only what the inviting person may give."""

    email = forms.EmailField(label="Почта", help_text="На этот адрес придёт письмо со ссылкой.")
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label="Организация", empty_label="Выберите организацию"
    )
    role = forms.ChoiceField(label="Роль")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations = Organization.objects.active()
        if by.role == Role.DIRECTOR:
            organizations = organizations.filter(pk=by.organization.pk if by.organization else None)
            self.fields["organization"].initial = by.organization
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        roles = [role for role in Role if role in grantable_by(by.role)]
        choices = [("", "Выберите роль"), *((role.value, role.label.capitalize()) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", "Отправить приглашение"))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class AcceptanceForm(forms.Form):
    """Name and password of an invited person."""

    last_name = forms.CharField(label="Фамилия", max_length=150)
    first_name = forms.CharField(label="Имя", max_length=150)
    patronymic = forms.CharField(label="Отчество", max_length=150, required=False, help_text="Если есть.")
    post = forms.CharField(label="Должность", max_length=150, required=False)
    password = forms.CharField(
        label="Пароль",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Не короче 12 знаков. Подойдёт фраза из нескольких слов; её можно вставить из хранителя паролей.",
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        names = {"last_name": "family-name", "first_name": "given-name", "patronymic": "additional-name"}
        for name, hint in names.items():
            self.fields[name].widget.attrs["autocomplete"] = hint
        self.helper = FormHelper()
        self.helper.add_input(Submit("accept", "Принять приглашение и войти"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            person = User(
                email=self.email, last_name=cleaned.get("last_name", ""), first_name=cleaned.get("first_name", "")
            )
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)
        return cleaned
