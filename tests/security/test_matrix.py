"""The authorisation matrix: every address x every kind of visitor x every phase, by status, rows and bodies."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotator.access import member_key
from annotator.models import Phase
from tests.security import rules, world
from tests.security.rules import Rule
from tests.security.world import ROLES, World

WRITTEN = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S01"), pytest.mark.proves("S02")]


def url_names(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[str]:
    """The names of all our addresses; the admin's own stand in a test of their own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name)
        elif pattern.namespace != "admin":
            yield from url_names(pattern.url_patterns)


def ask(rule: Rule, here: World, role: str) -> HttpResponse:
    """One request as one visitor, as a browser or as the page's own script would send it."""
    client = here.client(role)
    address = reverse(rule.name, kwargs=rule.kwargs(here))
    if rule.method == "GET":
        return client.get(address, rule.payload(here))
    payload = rule.payload(here)
    if "member_key" in payload and role in here.people:
        # Under one's own key, so that the reading itself is what is asked for; a foreign key has tests of its own.
        payload["member_key"] = member_key(here.people[role])
    if rule.is_json:
        return client.post(address, json.dumps(payload), content_type="application/json")
    return client.post(address, payload)


def body(response: HttpResponse) -> str:
    """All that the visitor is told, headers included; what is packed, unpacked."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(content))
        content = b"\n".join(name.encode() + b"\n" + packed.read(name) for name in packed.namelist())
    return f"{response.headers}{content.decode('utf-8', 'replace')}"


def foreign_canaries(role: str, here: World) -> list[str]:
    """The canaries of the key and of readers other than the visitor, as long as the visitor may not see them."""
    return [*key_canaries(role, here), *readers_canaries(role, here)]


def key_canaries(role: str, here: World) -> list[str]:
    """The key is its class's teacher's, and its readers' from the wrap-up on; where its sources were found, never."""
    if role == "teacher":
        return []
    is_shown = role in {"reader", "classmate"} and here.phase in {Phase.WRAPPED_UP, Phase.ARCHIVED}
    never = ["Canary-key-source", "Canary-key-decision", "Canary-key-rule"]
    return never if is_shown else [*never, "Canary-key-note"]


def readers_canaries(role: str, here: World) -> list[str]:
    """Nobody but the teacher sees another reader's words, and the teacher from the closing on."""
    if role == "teacher" and here.phase not in {Phase.DRAFT, Phase.OPEN}:
        return []
    parts = ["note", "source", "exit", "reason", *([] if role == "teacher" else ["pseudonym", "roster"])]
    return [f"Canary-{name}-{part}" for name in world.READERS if name != role for part in parts]


def is_sent_to_sign_in(response: HttpResponse) -> bool:
    """Whether the answer is the door of a page that needs a person."""
    return response.status_code == 302 and response.headers["Location"].startswith(f"{reverse('sign-in')}?next=")


@dataclass
class Writes:
    """Notes the tables that statements write to: only these can have changed, and looking at all takes long."""

    tables: set[str]

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """One statement."""
        self.tables.update(WRITTEN.findall(sql))
        return execute(sql, params, many, context)


def wrong_with(rule: Rule, here: World, role: str) -> list[str]:
    """Ask once inside a savepoint and compare with what the rule promises."""
    # Whatever a request does is rolled back, so the rows before it are those of the first.
    before = here.rows_at_first()
    with transaction.atomic():
        written: set[str] = set()
        with connection.execute_wrapper(Writes(written)):
            response = ask(rule, here, role)
            text = body(response)
        changed = [table for table, rows in world.fingerprint(written).items() if rows != before[table]]
        transaction.set_rollback(True)
    expected = rule.expected(role, here.phase)
    where = f"{rule.method} {rule.name} as {role} while {here.phase}"
    found = []
    if response.status_code != expected:
        found.append(f"{where}: {response.status_code}, not {expected}")
    is_refused = response.status_code >= 400 or is_sent_to_sign_in(response)
    if changed and (rule.method == "GET" or is_refused):
        found.append(f"{where}: {response.status_code}, yet rows changed in {changed}")
    if rule.method == "POST" and rule.writes and not is_refused and not changed:
        found.append(f"{where}: {response.status_code}, yet no row changed")
    return found + [f"{where}: shows {canary}" for canary in foreign_canaries(role, here) if canary in text]


@pytest.mark.parametrize("phase", Phase.values)
def test_who_may_do_what_to_an_exercise(phase: str) -> None:
    here = world.build(phase)
    found = [line for rule in rules.PHASED for role in ROLES for line in wrong_with(rule, here, role)]
    assert found == []


def test_who_may_do_what_elsewhere() -> None:
    here = world.build(Phase.OPEN)
    found = [line for rule in rules.UNPHASED for role in ROLES for line in wrong_with(rule, here, role)]
    assert found == []


def test_every_address_stands_in_the_matrix() -> None:
    assert {rule.name for rule in rules.PHASED + rules.UNPHASED} == set(url_names())


def test_hidden_and_absent_answer_the_same() -> None:
    here = world.build(Phase.OPEN)
    nothing = {"exercise_uuid": here.draft.uuid, "reading_uuid": here.draft.uuid, "article_uuid": here.draft.uuid}
    client = here.client("reader_elsewhere")
    for name, place in [("exercise", "exercise_uuid"), ("reading", "reading_uuid"), ("article", "article_uuid")]:
        hidden = client.get(reverse(name, kwargs={place: here.kwargs()[place]}))
        absent = client.get(reverse(name, kwargs={place: nothing[place]}))
        assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


@pytest.mark.proves("S26")
def test_a_post_without_a_token_is_refused_and_changes_nothing() -> None:
    here = world.build(Phase.OPEN)
    before = world.fingerprint()
    for rule in rules.PHASED + rules.UNPHASED:
        if rule.method == "POST":
            client = here.client(rule.someone)
            client.handler.enforce_csrf_checks = True
            address = reverse(rule.name, kwargs=rule.kwargs(here))
            kind = {"content_type": "application/json"} if rule.is_json else {}
            payload = json.dumps(rule.payload(here)) if rule.is_json else rule.payload(here)
            assert client.post(address, payload, **kind).status_code == 403, rule.name
    assert world.fingerprint() == before


def test_wrong_methods_are_405_and_change_nothing() -> None:
    here = world.build(Phase.OPEN)
    both = rules.PHASED + rules.UNPHASED
    before = world.fingerprint()
    for rule in both:
        methods = {each.method for each in both if each.name == rule.name}
        client = here.client(rule.someone)
        address = reverse(rule.name, kwargs=rule.kwargs(here))
        for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - methods:
            assert client.generic(method, address).status_code == 405, f"{method} {rule.name}"
    assert world.fingerprint() == before


def test_the_admin_is_the_operators_alone() -> None:
    here = world.build(Phase.OPEN)
    for role in ROLES:
        status = here.client(role).get(reverse("admin:annotator_span_changelist")).status_code
        assert status == (200 if role == "operator" else 302), role
