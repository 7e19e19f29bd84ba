"""What the tags mean and the first steps, on the page: there without a script, put away for good for those who know."""

import re

import pytest
from django.urls import reverse

from annotator.access import member_key
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    teacher = factories.teacher("teacher")
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher)])
    return factories.reading(work, factories.reader(room, "reader"))


def page(client, reading, name="reading"):
    client.force_login(reading.member.user)
    return client.get(reverse(name, args=[reading.uuid])).content.decode()


@pytest.mark.parametrize("name", ["reading", "reading-sentences"])
def test_both_ways_to_tag_have_the_meanings_and_a_button_that_needs_no_script(client, reading, name):
    html = page(client, reading, name)
    assert re.search(r'<button[^>]*popovertarget="definitions" aria-label="What the tags mean">', html)
    panel = html.split('id="definitions" popover="manual"')[1]
    for words in ("Could someone check this?", "It can be wrong and still be a claim.", "In doubt? Ask in this order"):
        assert words in panel
    assert re.search(r'<span class="example-mark tint-3 line-double">bungled</span>', panel)


def guide(html):
    return re.search(r'<div class="(guide[^"]*)" id="guide"( hidden)?>', html)[1]


def test_the_first_steps_are_shown_until_a_person_has_marked_something_anywhere(client, reading):
    assert guide(page(client, reading)) == "guide"
    elsewhere = factories.exercise(reading.exercise.classroom, [reading.article])
    factories.span(factories.reading(elsewhere, reading.member), 28, 40)
    assert guide(page(client, reading)) == "guide brief"


def test_whoever_has_put_them_away_does_not_see_them_again_but_the_next_person_here_does(client, reading):
    client.cookies["guide"] = member_key(reading.member.user)[:12]
    assert guide(page(client, reading)) == "guide brief"
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    assert guide(page(client, other)) == "guide"
