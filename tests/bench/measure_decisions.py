"""D1: the board of execution beside 5,000 lines, in milliseconds of the server.

Milliseconds of a machine that does other work, too: the least of several calls is the figure of the portal.
"""

from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.accounts.roles import Role
from apps.roadmaps.decisions.models import Assignment
from tests.bench.decisions_data import five_thousand_lines
from tests.bench.registry import measure, seconds
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import AuthorityFactory


@measure(
    "D1",
    goal=150,
    how="milliseconds of the server for the first page (25 lines) of the board of execution with 5,000 lines of "
    "100 organisations, the most urgent above, and for the overdue ones; the slower of the two, each the least of 15",
)
def the_board() -> float:
    five_thousand_lines()
    assert Assignment.objects.count() == 5_000
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    specialist: Any = MembershipFactory(role=Role.SPECIALIST, organization=AuthorityFactory()).user
    client.force_login(specialist)
    slowest = 0.0
    for query in ("", "?overdue=on"):
        url = reverse("roadmaps:decision_board") + query

        def read(url: str = url) -> None:
            assert client.get(url).status_code == 200

        slowest = max(slowest, min([seconds(read) for _ in range(16)][1:]))
    return 1000 * slowest
