"""Every figure says what it counts, every undefined one why, and each is one click away from the text behind it."""

from collections.abc import Callable

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from annotator.domain.agreement import reasons
from annotator.models import Classroom, Exercise, Membership, Phase
from tests import factories
from tests.reports.agreeing import SUBMITTED, second_round
from tests.views.marked_class import marked_class
from tests.views.test_equal_numbers import words

pytestmark = pytest.mark.django_db

Page = lxml.html.HtmlElement
WHOLE = (0, len(factories.TEXT))
# What a page may say instead of a number; AGREEMENT.md 7, and what is no measure's fault.
REASONS = (
    reasons.SECOND_READER, reasons.NO_TEXT, reasons.NOTHING_MARKED, reasons.NOT_USED, reasons.OVERLAP,
    reasons.NO_VARIATION, reasons.TOO_EARLY, "no key", "too few to show", "Nobody differs from anybody.",
    "comes when your teacher shows the key", "your teacher shows no score here",
)  # fmt: skip
ADDRESSES: dict[str, Callable[[Exercise], str]] = {
    "figures": lambda work: reverse("figures", args=[work.uuid]),
    "report": lambda work: reverse("exercise-report", args=[work.uuid]),
    "research": lambda work: reverse("research", args=[work.uuid]),
    "progress": lambda work: reverse("classroom-progress", args=[work.classroom.uuid]),
}
SENTENCE = "Some 900 visitors came last year."


def read(*marks: list[tuple[int, int, str]]) -> Exercise:
    """A team, so that no small number is hidden; a reading for each list of marks, one that also leads a key."""
    team = factories.classroom(factories.teacher(), kind=Classroom.Kind.TEAM)
    work = factories.exercise(team, [factories.article(factories.teacher())], phase=Phase.WRAPPED_UP)
    for each in marks:
        made = factories.reading(work, factories.reader(team), **SUBMITTED)
        for mark in each:
            factories.span(made, *mark)
    return work


WORLDS: dict[str, tuple[Callable[[], Exercise], str]] = {
    "nobody has read": (read, reasons.SECOND_READER),
    "one has read": (lambda: read([(0, 9, "claim")]), reasons.SECOND_READER),
    "nobody has marked": (lambda: read([], []), reasons.NOTHING_MARKED),
    "three tags are not used": (lambda: read([(0, 9, "claim")], [(0, 20, "claim")]), reasons.NOT_USED),
    "spans overlap": (lambda: read([(0, 9, "claim"), (5, 12, "opinion")], [(0, 9, "claim")]), reasons.OVERLAP),
    "all marked everything": (lambda: read([(*WHOLE, "claim")], [(*WHOLE, "claim")]), reasons.NO_VARIATION),
    "a whole class": (marked_class, ""),
}  # fmt: skip


def opened(member: Membership, address: str) -> Page:
    """A page as somebody sees it."""
    client = Client()
    client.force_login(member.user)
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.fromstring(response.content.decode(), base_url=address)


def leader(work: Exercise) -> Membership:
    """Who teaches it."""
    return work.classroom.memberships.filter(is_teacher=True).first()


def figures(page: Page) -> list[Page]:
    """Every figure, or what stands in its place."""
    found: list[Page] = page.xpath("//*[@data-figure]")
    return found


def says_a_number_or_why(figure: Page) -> bool:
    """Never nothing, never NaN, and a reason where there is no digit."""
    said = words(figure)
    broken = any(each in said.lower() for each in ("nan", "none", "inf "))
    return not broken and (any(each.isdecimal() for each in said) or any(each in said for each in REASONS))


def counts(page: Page, figure: Page) -> str:
    """What it says that it counts."""
    [described] = page.xpath("//*[@id=$name]", name=figure.get("aria-describedby"))
    return words(described)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("screen", ADDRESSES)
def test_every_figure_says_what_it_counts_or_why_it_is_none(world: str, screen: str) -> None:
    make, _reason = WORLDS[world]
    work = make()
    page = opened(leader(work), ADDRESSES[screen](work))
    assert figures(page)
    for figure in figures(page):
        assert says_a_number_or_why(figure), (figure.get("data-figure"), words(figure))
        assert any(each.isdecimal() for each in counts(page, figure)), figure.get("data-figure")


@pytest.mark.parametrize("world", [name for name, (_make, reason) in WORLDS.items() if reason])
def test_each_reason_stands_on_the_researcher_s_page_in_its_exact_words(world: str) -> None:
    make, reason = WORLDS[world]
    work = make()
    page = opened(leader(work), ADDRESSES["research"](work))
    assert reason in {words(each) for each in figures(page)}


@pytest.mark.parametrize("screen", ADDRESSES)
def test_each_figure_is_one_click_from_the_text(screen: str) -> None:
    work = read([(0, 9, "claim")], [(0, 20, "claim"), (30, 60, "opinion")])
    page = opened(leader(work), ADDRESSES[screen](work))
    for figure in figures(page):
        targets = {target.split("#")[0] for target in links_near(page, figure)}
        shows_text = ("/reveal/", "/figures/", "/research/passages/")
        texts = (each for each in targets if any(part in each for part in shows_text))
        assert any(SENTENCE in words(opened(leader(work), each)) for each in texts), (
            figure.get("data-figure"), targets,
        )  # fmt: skip


def links_near(page: Page, figure: Page) -> set[str]:
    """Where one can go from a figure: from its row, or from what says what it counts; a print has one for all."""
    [described] = page.xpath("//*[@id=$name]", name=figure.get("aria-describedby"))
    places = [*figure.xpath("ancestor-or-self::tr"), described, *page.xpath("//*[@class='report-tools no-print']")]
    # From the means over pairs one goes to the pairs, which stand on the same page.
    places += [page] if figure.get("data-figure") == "pairs" else []
    return {str(each) for place in places for each in place.xpath(".//a/@href")}


def test_both_rounds_say_how_many_they_count_and_lead_to_the_text() -> None:
    work = read([(0, 9, "claim")], [(0, 20, "claim")], [(0, 12, "opinion")])
    second_round(work)
    page = opened(leader(work), reverse("exercise-rounds", args=[work.uuid]))
    assert [words(each).split(" ")[0] for each in figures(page)]
    assert all(says_a_number_or_why(each) and "3" in counts(page, each) for each in figures(page))
    assert page.xpath(f"//a[@href='{reverse('reveal', args=[work.uuid])}']")


def test_a_source_s_share_leads_to_its_sentence_and_says_what_is_counted() -> None:
    start = factories.TEXT.index("the council said")
    work = read(*[[(start, start + 16, "attribution")]] * 2)
    page = opened(leader(work), reverse("sources", args=[work.uuid]))
    assert [each.get("data-figure") for each in figures(page)] == ["source", "own"]
    for figure in figures(page):
        assert says_a_number_or_why(figure)
        assert "2 readers" in counts(page, figure)
    [target] = page.xpath("//*[@id='source-1']//a/@href")
    assert "the council said" in words(page.xpath("//*[@id=$name]", name=target[1:])[0])


def test_one_s_own_progress_says_why_or_leads_to_one_s_own_result() -> None:
    work = read([(0, 9, "claim")], [(0, 20, "claim")])
    member = work.classroom.memberships.filter(is_reader=True, is_teacher=False).first()
    page = opened(member, reverse("own-progress"))
    assert [each.get("data-figure") for each in figures(page)] == ["match", "same"]
    for figure in figures(page):
        assert says_a_number_or_why(figure)
        assert "1 highlight" in counts(page, figure)
        [target] = figure.xpath("ancestor::tr//th/a/@href")
        assert SENTENCE in words(opened(member, target))


def test_the_researcher_s_page_has_every_kind_of_figure() -> None:
    work = read([(0, 9, "claim")], [(0, 20, "claim"), (30, 60, "opinion")], [])
    page = opened(leader(work), ADDRESSES["research"](work))
    assert {each.get("data-figure") for each in figures(page)} == {
        "alpha", "u-alpha", "pairs", "split", "articles", "left-out", "matrix",
    }  # fmt: skip
    # No table says nothing where a figure should be: a dash is no reason.
    for table in ("research-articles", "research-left-out", "research-matrix"):
        cells = [words(each) for each in page.xpath(f"//*[@id='{table}']//td")]
        assert "–" not in cells
        assert "·" not in cells


def test_of_two_without_a_common_mark_the_matrix_says_why_in_words() -> None:
    work = read([], [], [(0, 9, "claim")])
    page = opened(leader(work), ADDRESSES["research"](work))
    [cell, _other] = [each for each in figures(page) if words(each).startswith("·")]
    assert words(cell) == f"· {reasons.NOTHING_MARKED}"


@pytest.mark.parametrize("readers", [4, 6])
def test_one_s_own_result_says_what_it_counts_and_leads_to_the_words(readers: int) -> None:
    room = factories.classroom(factories.teacher())
    work = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.WRAPPED_UP)
    Exercise.objects.update(shows_score=True)
    for _each in range(readers):
        factories.span(factories.reading(work, factories.reader(room), **SUBMITTED), 30, 60, "claim")
    key = factories.reading(work, leader(work), is_key=True, round=0, **SUBMITTED)
    factories.span(key, 30, 60, "claim")
    own = work.readings.filter(is_key=False).first()
    page = opened(own.member, reverse("reading-result", args=[own.uuid]))
    assert [each.get("data-figure") for each in figures(page)] == ["match", "share"]
    match, share = figures(page)
    assert words(match).startswith("1 of your 1 highlight matches the key.")
    assert words(share) == (f"{readers} of {readers}" if readers > 4 else "too few to show")
    said = counts(page, match)
    assert said.startswith("Counted: 1 highlight of round 1. A match has the same tag and the same edges as the key.")
    assert ("The bars count 6 readers, each once." in said) is (readers > 4)
    [place] = share.xpath("ancestor::li//a[@class='place']/@href")
    assert SENTENCE in words(page.xpath("//*[@id=$name]", name=place[1:])[0])
