"""`Agreement, explained`: everyone who is signed in finds and reads it; it asks nothing of anybody's reading."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.models import Phase
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = reverse("agreement-explained")


@pytest.mark.parametrize("make", [factories.teacher, factories.user])
def test_everyone_signed_in_reads_the_same_page(client, make):
    client.force_login(make())
    page = client.get(ADDRESS).content.decode()
    assert re.findall(r"<h1>([^<]*)", page) == ["Agreement, explained"]
    headings = re.findall(r'<h2 id="(step-\d)"><span>(\d)</span>', page)
    assert headings == [(f"step-{number}", str(number)) for number in range(1, 10)]
    assert "needs a second reader" in page
    assert "Krippendorff 2019" in page


def test_it_asks_for_the_reader_and_nothing_else(client):
    client.force_login(factories.user())
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as asked:
        client.get(ADDRESS)
    tables = {table for each in asked for table in re.findall(r'FROM "(\w+)"', each["sql"])}
    assert tables == {"django_session", "annotator_user"}


def test_who_is_not_signed_in_is_asked_to(client):
    response = client.get(ADDRESS)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign-in"))


def test_nothing_can_be_sent_to_it(client):
    client.force_login(factories.user())
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.parametrize("phase", Phase.values)
def test_the_exercise_page_leads_to_it_in_every_phase_and_so_does_the_account_menu(client, phase):
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=phase)
    client.force_login(teacher)
    page = client.get(reverse("exercise", args=[work.uuid])).content.decode()
    assert page.count(f'href="{ADDRESS}"') == 2
    client.force_login(factories.user())
    assert f'href="{ADDRESS}"' in client.get(reverse("home")).content.decode()


def test_two_drawings_never_share_a_name(client):
    client.force_login(factories.user())
    names = re.findall(r'\bid="([^"]+)"', client.get(ADDRESS).content.decode())
    assert len(names) == len(set(names))
