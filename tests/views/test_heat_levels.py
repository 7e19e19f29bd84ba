"""The steps of the heat's ramp, each at its own per cent: in a class of thirty no share comes near most of them."""

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Exercise
from tests.views.marked_class import stairs
from tests.views.test_equal_numbers import has_class, levels_in, one

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Exercise:
    """A hundred readers, and a letter for each whole per cent of them."""
    return stairs()


def test_every_whole_per_cent_has_its_level_on_the_reveal_and_on_the_wall(work: Exercise) -> None:
    client = Client()
    client.force_login(work.classroom.memberships.get(is_teacher=True).user)
    article = work.articles.get()
    begin = article.text.index("up")
    # FRONTEND.md 7, written out: nobody, then under 25, 45, 65 and 80 of the hundred, then the rest of the letters.
    expected = [0] + [1] * 24 + [2] * 20 + [3] * 20 + [4] * 15 + [5] * 30
    page = lxml.html.fromstring(client.get(reverse("reveal", args=[work.uuid]) + "?tag=claim").content.decode())
    assert levels_in(page, article.length)[begin:] == expected
    wall = lxml.html.fromstring(Client().get(reverse("projector", args=["stairs"])).content.decode())
    found = []
    for text in one(wall, f"//{has_class('heat-text')}//p[last()]").xpath(".//text()"):
        css = text.getparent().get("class") if text.is_text and text.getparent().tag == "mark" else ""
        found += [next((int(each[5:]) for each in css.split() if each.startswith("heat-")), 0)] * len(text)
    assert found == expected


def test_disagreement_has_its_level_up_to_half_of_the_pairs(work: Exercise) -> None:
    client = Client()
    client.force_login(work.classroom.memberships.get(is_teacher=True).user)
    article = work.articles.get()
    begin = article.text.index("up")
    page = lxml.html.fromstring(client.get(reverse("reveal", args=[work.uuid]) + "?tag=disagreement").content.decode())
    # k of 100 marked: 2k(100 - k) of 9,900 pairs differ. To the whole per cent that the gutter says that is 24 for
    # k = 14 and 26 for k = 15, 44 for k = 32 and 45 for k = 33.
    side = [1] * 14 + [2] * 18 + [3] * 17
    assert levels_in(page, article.length)[begin:] == [0, *side, 3, *reversed(side)] + [0] * 10
