"""What fewer than five marked is nowhere: no route for readers, projector or print changes with what they marked."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Exercise, Label, Membership, Phase, Span
from tests import factories
from tests.reports.agreeing import SUBMITTED

pytestmark = pytest.mark.django_db

TOKEN = "a" * 22
FIRST, SECOND = "Some 900 visitors came last year.", "It was the best evening"
TAGS = ("attribution", "opinion", "disagreement")
HEADERS = ("ETag", "Content-Disposition", "Content-Type")


def read(work: Exercise, place: int, readers: int) -> list[Membership]:
    """An article of the exercise, read by so many who read no other; all of them marked the same sentence."""
    article = list(work.articles.order_by("places__position"))[place]
    members = [factories.reader(work.classroom, pseudonym=f"Reader {place} {n}") for n in range(readers)]
    start = article.text.index(FIRST)
    for each in members:
        made = factories.reading(work, each, text=article, **SUBMITTED)
        factories.span(made, start, start + len(FIRST), "attribution")
    return members


def lesson(*readers: int) -> tuple[Exercise, list[list[Membership]]]:
    """An article for each number, dealt to so many readers."""
    leader = factories.teacher()
    texts = [factories.article(leader, title=f"Article {n}") for n in range(len(readers))]
    work = factories.exercise(factories.classroom(leader), texts, phase=Phase.REVEALED)
    Exercise.objects.update(projector_token=TOKEN)
    return work, [read(work, place, number) for place, number in enumerate(readers)]


def answers(work: Exercise, reader: Membership, place: int) -> Iterator[tuple[str, str]]:
    """What every route about a class's marks says to a reader of an article, to the projector and to the printer."""
    article = list(work.articles.order_by("places__position"))[place]
    own = reader.readings.get()
    for tag in TAGS:
        address = f"{reverse('reveal', args=[work.uuid])}?article={article.uuid}&tag={tag}"
        yield f"reveal {tag}", said(reader, address)
        yield f"reveal {tag} part", said(reader, f"{address}&at={article.text.index(SECOND)}", {"HX-Request": "true"})
        for screen in ("projector", "projector-now"):
            yield f"{screen} {tag}", said(None, reverse(screen, args=[TOKEN]) + f"?article={place + 1}&tag={tag}")
    for origin in ("", "&from=readers", "&from=key"):
        query = f"?article={article.uuid}{origin}"
        yield f"sources {origin}", said(reader, reverse("sources", args=[work.uuid]) + query)
    yield "result", said(reader, reverse("reading-result", args=[own.uuid]))
    yield "own-progress", said(reader, reverse("own-progress"))
    yield "own-file", said(reader, reverse("exercise-export-file", args=[work.uuid]) + "?file=spans.csv")
    yield "report", said(work.classroom.memberships.get(is_teacher=True), reverse("exercise-report", args=[work.uuid]))


def said(member: Membership | None, address: str, headers: dict[str, str] | None = None) -> str:
    """Status, telling headers and body, without form protection."""
    client = Client()
    if member:
        client.force_login(member.user)
    response = client.get(address, headers=headers or {})
    assert response.status_code == 200, address
    told = [f"{name}: {response.headers.get(name, '')}" for name in HEADERS]
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return "\n".join([*told, re.sub(r'csrf\w*" value="\w+"|X-CSRFToken&?q?u?o?t?;?"?: ?[^}]*', "", body.decode())])


def marked_otherwise(work: Exercise, place: int, reader: Membership) -> None:
    """All but one reader of an article have marked other words with another tag."""
    article = list(work.articles.order_by("places__position"))[place]
    start = article.text.index(SECOND)
    spans = Span.objects.filter(reading__article=article).exclude(reading__member=reader)
    tag = Label.objects.get(version=work.codebook_version_id, slug="opinion")
    assert spans.update(start=start, end=start + len(SECOND), quote=SECOND, label=tag) > 0


def changed(work: Exercise, reader: Membership, place: int) -> set[str]:
    """The routes that tell another thing when the others had marked another thing."""
    before = dict(answers(work, reader, place))
    marked_otherwise(work, place, reader)
    return {name.split()[0] for name, words in answers(work, reader, place) if before[name] != words}


def test_what_four_marked_changes_nothing_on_any_route() -> None:
    work, [readers] = lesson(4)
    assert changed(work, readers[0], 0) == set()


def test_what_five_marked_is_told_on_every_route_but_ones_own_file() -> None:
    work, [readers] = lesson(5)
    told = {"reveal", "projector", "projector-now", "sources", "result", "own-progress", "report"}
    assert changed(work, readers[0], 0) == told


def test_four_beside_five_stay_untold_where_nine_are_counted_together() -> None:
    work, [_five, four] = lesson(5, 4)
    assert changed(work, four[0], 1) == set()


def test_eight_on_two_articles_are_told_in_the_total_alone() -> None:
    work, [_five, four, _other] = lesson(5, 4, 4)
    assert changed(work, four[0], 1) == {"report"}


@pytest.mark.parametrize(("readers", "is_told"), [((5, 4), False), ((5, 4, 4), True)])
def test_the_print_names_the_article_that_no_figure_counts(readers: tuple[int, ...], *, is_told: bool) -> None:
    work, _readers = lesson(*readers)
    page = said(work.classroom.memberships.get(is_teacher=True), reverse("exercise-report", args=[work.uuid]))
    left = re.findall(r"Fewer than five read <bdi>“(Article \d)”</bdi>", page)
    assert left == ([] if is_told else ["Article 1"])
