"""The office as a reader: for papers that it prepares without a person at the screen."""

from apps.accounts.roles import Role


class Office:
    """Reads what a specialist of the authority may read. It writes nothing."""

    pk = None
    is_authenticated = is_active = is_authority = is_department = True
    is_school = False
    organization = organization_id = None
    role = Role.SPECIALIST

    def has_role(self, *roles: Role) -> bool:
        return self.role in roles
