"""To whom and with which words."""

from typing import Any

from apps.library.asking import ToOrganizations, area, helper


class DispatchForm(ToOrganizations):
    letter = area("Сопроводительное письмо", 5000, "Что это, для чего и что сделать.", required=False)

    field_order = ("letter", "kinds", "groups", "organizations")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("letter", *self.to_whom(), button="Направить")
