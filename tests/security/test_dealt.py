"""An article dealt to a classmate is not there for a reader: on no page, in no phase, by no address."""

import pytest
from django.urls import reverse

from annotator.models import Assignment, Distribution, Exercise, ExerciseArticle, Phase
from tests import factories
from tests.security import rules, world
from tests.security.test_matrix import ask, body

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S01")]
CANARY = "Canary-dealt-elsewhere"


def test_where_everybody_reads_everything_it_would_be_found():
    here = world.build(Phase.OPEN)
    dealt(here)
    Exercise.objects.update(distribution=Distribution.ALL)
    assert CANARY in here.client("reader").get(reverse("exercise", args=[here.exercise.uuid])).content.decode()


def dealt(here):
    """A second article of the exercise, dealt to the classmate alone, who reads it."""
    Exercise.objects.filter(pk=here.exercise.pk).update(distribution=Distribution.BALANCED, articles_each=1)
    text = f"{CANARY} title\n\n{CANARY} text, said nobody."
    article = factories.article(here.people["teacher"], text=text, title=f"{CANARY} title")
    ExerciseArticle.objects.create(exercise=here.exercise, article=article, position=2)
    Assignment.objects.filter(exercise=here.exercise, member=here.members["classmate"]).update(article=article)
    return article, factories.reading(here.exercise, here.members["classmate"], text=article)


@pytest.mark.parametrize("phase", Phase.values)
def test_it_is_on_no_page_of_the_reader_and_behind_no_address(phase):
    here = world.build(phase)
    article, reading = dealt(here)
    seen = [rule.name for rule in rules.PHASED if rule.method == "GET" and CANARY in body(ask(rule, here, "reader"))]
    assert seen == []
    client = here.client("reader")
    start = reverse("reading-start", args=[here.exercise.uuid, article.uuid])
    assert client.post(start).status_code == 404
    assert client.get(reverse("reading", args=[reading.uuid])).status_code == 404
    # To whom it was dealt, it is there.
    mate = here.client("classmate")
    assert mate.post(start).status_code == (404 if phase == Phase.DRAFT else 302)
