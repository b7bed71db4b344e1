"""What the anonymous reach: a list in the code, and a walk over every address of the site."""

import uuid

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from apps.core.periods import parse_period

# Everything else sends the anonymous to log in. A new public page is added here by hand, with open eyes.
PUBLIC_ROOMS = {"portal"}
PUBLIC = {
    "procedures:methods",
    "analysis:objectivity_methods",
    "analysis:sign_methods",
    "roadmaps:effect_methods",
    "roadmaps:sheet",
    "roadmaps:open_act",
    "roadmaps:open_acts",
    "surveys:respond",
    "surveys:thanks",
    "surveys:published_surveys",
    "surveys:published_survey",
    "desk:calendar_feed",
    "healthz",
    "core:robots",
    "core:preferences",
    "core:preferences_css",
    "accounts:invitation",
    "accounts:demo_login",
    "account_login",
    "account_logout",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
}
# Pages for everybody who logged in; each shows to its reader only what is theirs, and has tests of that.
EVERYBODY = {
    "account_change_password",
    "account_reauthenticate",
    "account_set_password",
    "accounts:switch",
    "core:job",
    "core:jobs",
    "desk:calendar",
    "desk:calendar_feed_renew",
    "desk:inbox",
    "desk:inbox_read_all",
    "desk:notice_open",
    "desk:office",
    "desk:school",
    "desk:today",
    "organizations:change",
    "organizations:contacts",
    "organizations:detail",
    "organizations:export",
    "organizations:features",
    "organizations:import",
    "organizations:import_template",
    "organizations:list",
    "roadmaps:proof",
}
EXAMPLES = {
    "int": 999_999_999,
    "slug": "no-such-thing",
    "str": "no-such-thing",
    "uuid": uuid.UUID(int=7),
    "period": parse_period("1999/00"),
    "path": "no/such/thing",
}


def addresses(patterns=None, rooms=()):
    """Every named address with an example of each of its parts."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            namespace = (pattern.namespace,) if pattern.namespace else ()
            yield from addresses(pattern.url_patterns, rooms + namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*rooms, pattern.name)), pattern


def example_of(name, pattern):
    parts = {key: EXAMPLES[_kind(converter)] for key, converter in pattern.pattern.converters.items()}
    if not parts and pattern.pattern.regex.groupindex:
        parts = dict.fromkeys(pattern.pattern.regex.groupindex, "0")
    return reverse(name, kwargs=parts)


def _kind(converter):
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


ALL = sorted(addresses(), key=lambda pair: pair[0])


def is_public(name):
    return name in PUBLIC or name.split(":")[0] in PUBLIC_ROOMS


METHODS = ("get", "head", "post", "put", "delete", "options")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "pattern"), ALL, ids=[name for name, _ in ALL])
def test_the_anonymous_reach_only_the_public_list(client, name, pattern):
    answers = {method: getattr(client, method)(example_of(name, pattern)) for method in METHODS}
    if is_public(name):
        assert [method for method, answer in answers.items() if answer.status_code >= 500] == []
    else:
        login = reverse(settings.LOGIN_URL)
        let_in = [one for one, answer in answers.items() if not getattr(answer, "url", "").startswith(login)]
        assert let_in == [], f"{name} answers without logging in"
        assert {answer.status_code for answer in answers.values()} == {302}


def test_each_address_says_for_whom_it_is():
    """By roles on the view, or here by hand: an address in no row is an address that nobody thought about."""
    by_role = {name for name, pattern in ALL if getattr(pattern.callback, "allowed_roles", None)}
    named = {name for name, _ in ALL if is_public(name)} | EVERYBODY
    assert {name for name, _ in ALL} - by_role - named == set()
    assert EVERYBODY - {name for name, _ in ALL} == set()
    assert EVERYBODY & by_role == set()
