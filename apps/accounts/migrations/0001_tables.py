import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import apps.accounts.models
from apps.core.migrating import TablesMigration


class Migration(TablesMigration):
    initial = True

    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_calendar_keys"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("organizations", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="почта")),
                ("patronymic", models.CharField(blank=True, max_length=150, verbose_name="отчество")),
                ("post", models.CharField(blank=True, max_length=150, verbose_name="должность")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "пользователь",
                "verbose_name_plural": "пользователи",
                "ordering": ("last_name", "first_name", "email"),
            },
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.CharField(
                        default=apps.accounts.models._token,
                        editable=False,
                        max_length=64,
                        unique=True,
                        verbose_name="ключ",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="выдан")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_key",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="чей календарь",
                    ),
                ),
            ],
            options={
                "verbose_name": "адрес календаря",
                "verbose_name_plural": "адреса календарей",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.CharField(
                        default=apps.accounts.models._token,
                        editable=False,
                        max_length=64,
                        unique=True,
                        verbose_name="ключ",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="почта")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "администратор"),
                            ("head", "руководитель управления"),
                            ("specialist", "специалист управления"),
                            ("methodologist", "методист"),
                            ("association_leader", "руководитель методического объединения"),
                            ("director", "руководитель организации"),
                            ("coordinator", "координатор организации"),
                            ("observer", "общественный наблюдатель"),
                            ("expert", "эксперт"),
                            ("public_representative", "представитель общественности"),
                        ],
                        max_length=24,
                        verbose_name="роль",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="создано")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="принято")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "приглашение",
                "verbose_name_plural": "приглашения",
                "ordering": ("-created_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_accepted_by_whom",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "администратор"),
                            ("head", "руководитель управления"),
                            ("specialist", "специалист управления"),
                            ("methodologist", "методист"),
                            ("association_leader", "руководитель методического объединения"),
                            ("director", "руководитель организации"),
                            ("coordinator", "координатор организации"),
                            ("observer", "общественный наблюдатель"),
                            ("expert", "эксперт"),
                            ("public_representative", "представитель общественности"),
                        ],
                        max_length=24,
                        verbose_name="роль",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="назначена")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="прекращена")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="organizations.organization",
                        verbose_name="организация",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="пользователь",
                    ),
                ),
            ],
            options={
                "verbose_name": "роль пользователя",
                "verbose_name_plural": "роли пользователей",
                "ordering": ("created_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "organization", "role"),
                        name="one_current_membership",
                        violation_error_message="Эта роль у пользователя уже есть.",
                    )
                ],
            },
        ),
    ]
