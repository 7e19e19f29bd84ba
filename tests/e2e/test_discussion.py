"""A class talks, in browsers: a teacher, the wall and two pupils go through what splits them, reason by reason."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from annotator.models import Exercise, Phase, Reason, Step
from tests import factories
from tests.e2e.lesson_screen import look, tab_to
from tests.e2e.test_lesson_together import HD, overflow, smallest
from tests.reports.agreeing import SUBMITTED
from tests.security.world import reason_of

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "wall-token"
BEST = factories.TEXT.index("It was the best")
GIVE = factories.TEXT.index("Keep the Lantern")
START = factories.TEXT.index("Some 900")


@pytest.fixture
def work() -> Exercise:
    """Six readers who part on two passages and agree on one; the lesson goes through them."""
    return talked_about("otter", "fox", "hare", "wren", "toad", "newt")


def talked_about(*names: str) -> Exercise:
    """The lesson with these readers."""
    factories.codebook()
    room = factories.classroom(factories.teacher("marit"))
    made = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    for number, name in enumerate(names):
        reading = factories.reading(made, factories.reader(room, name, pseudonym=f"Pupil {name}"), **SUBMITTED)
        factories.span(reading, START, START + 33, "claim" if number % 2 else "opinion")
        if number < 2:
            factories.span(reading, BEST, BEST + 38, "opinion")
        factories.span(reading, GIVE, GIVE + 58, "boilerplate")
    Exercise.objects.update(step=Step.DISCUSS, projector_token=TOKEN)
    return made


def said(work: Exercise, name: str, text: str, **fields: object) -> Reason:
    return reason_of(work.readings.get(member__user__username=name), START, text, **fields)


def reveal(page: Page, work: Exercise) -> Locator:
    """The reveal, open; its reasons."""
    page.goto(reverse("reveal", args=[work.uuid]))
    return page.get_by_role("region", name="Reasons")


def wall(screen_of: Callable[..., Page]) -> Page:
    page = screen_of(viewport=HD)
    page.goto(reverse("projector", args=[TOKEN]))
    return page


def test_a_reason_goes_from_a_pupil_by_the_teacher_to_the_class_and_the_wall(
    work: Exercise, screen_of: Callable[..., Page]
) -> None:
    teacher, otter, fox, seen = screen_of("marit"), screen_of("otter"), screen_of("fox"), wall(screen_of)
    own = reveal(otter, work)
    own.get_by_label("Why do you think so?").fill("Nobody can count “best”.")
    expect(own.get_by_label("You call it")).to_have_value("opinion")
    own.get_by_role("button", name="Send").click()
    expect(own.get_by_text("Your teacher reads it first", exact=True)).to_be_visible()
    expect(reveal(fox, work).get_by_text("Nobody has given a reason here yet.")).to_be_visible()

    teacher.goto(reverse("exercise", args=[work.uuid]))
    teacher.get_by_role("link", name="1 reason waits for you").click()
    expect(teacher.get_by_text("Not for the projector", exact=True)).to_be_visible()
    expect(teacher.get_by_text("Pupil otter")).to_be_visible()
    teacher.get_by_role("button", name="Show it").click()
    expect(teacher.get_by_role("heading", name="No reason waits for you")).to_be_visible()
    expect(seen.get_by_role("list", name="Reasons")).to_contain_text("Nobody can count ‘best’.")
    theirs = reveal(fox, work)
    expect(theirs).to_contain_text("Nobody can count ‘best’.")
    expect(theirs).not_to_contain_text("otter")

    teacher.get_by_role("button", name="Undo").click()
    expect(teacher.get_by_role("heading", name="1 reason waits for you")).to_be_visible()
    expect(seen.get_by_role("list", name="Reasons")).to_have_count(0)
    expect(reveal(fox, work)).not_to_contain_text("Nobody can count")


def test_a_pupil_changes_a_reason_and_takes_it_back(work: Exercise, screen_of: Callable[..., Page]) -> None:
    said(work, "otter", "At first sight.", state="shown")
    otter = screen_of("otter")
    own = reveal(otter, work)
    own.get_by_text("Change “At first sight.”").click()
    words = own.get_by_label("Your reason")
    words.fill("On reflection.")
    words.press("Enter")
    expect(own.get_by_text("Change “On reflection.”")).to_be_visible()
    expect(own).not_to_contain_text("At first sight.")
    expect(own.get_by_text("Your teacher reads it first", exact=True)).to_be_visible()
    own.get_by_text("Change “On reflection.”").click()
    own.get_by_role("button", name="Take it back").click()
    expect(own.get_by_text("Nobody has given a reason here yet.")).to_be_visible()
    assert Reason.objects.count() == 2


def test_a_shown_reason_comes_to_a_pupil_who_is_writing_and_takes_nothing_away(
    work: Exercise, screen_of: Callable[..., Page]
) -> None:
    fox = screen_of("fox")
    own = reveal(fox, work)
    words = own.get_by_label("Why do you think so?")
    words.fill("I am still thin")
    own.get_by_label("You call it").select_option("Boilerplate")
    words.focus()
    reason = said(work, "otter", "Nobody can count “best”.")
    expect(own.get_by_text("Nobody has given a reason here yet.")).to_be_visible()
    Reason.objects.filter(pk=reason.pk).update(state="shown")
    expect(own.get_by_text("Nobody can count", exact=False)).to_be_visible(timeout=15_000)
    expect(fox.get_by_role("status").filter(has_text="1 reason is shown here now.")).to_have_count(1)
    expect(words).to_be_focused()
    fox.keyboard.type("king.")
    expect(words).to_have_value("I am still thinking.")
    expect(own.get_by_label("You call it")).to_have_value("boilerplate")
    # At another passage its own are followed.
    fox.get_by_role("link", name="Next").click()
    expect(fox.locator("#panel-quote")).to_contain_text("It was the best evening")
    expect(own.get_by_text("Nobody has given a reason here yet.")).to_be_visible()
    reason_of(work.readings.get(member__user__username="otter"), BEST, "It cannot be measured.", state="shown")
    expect(own.get_by_text("It cannot be measured.")).to_be_visible(timeout=15_000)
    expect(own).not_to_contain_text("Nobody can count")


def test_the_teacher_decides_by_keys_alone_and_what_comes_in_comes_by_itself(
    work: Exercise, screen_of: Callable[..., Page]
) -> None:
    said(work, "otter", "The first.")
    said(work, "fox", "The second.")
    teacher = screen_of("marit")
    teacher.goto(reverse("reasons", args=[work.uuid]))
    # Outside of a reason the letters do nothing.
    teacher.keyboard.press("h")
    tab_to(teacher, teacher.get_by_role("listitem").filter(has_text="The first.").get_by_role("button").first)
    teacher.keyboard.press("s")
    expect(teacher.get_by_role("heading", name="1 reason waits for you")).to_be_visible()
    second = teacher.get_by_role("listitem").filter(has_text="The second.").get_by_role("button", name="Show it")
    expect(second).to_be_focused()
    teacher.keyboard.press("h")
    expect(teacher.get_by_role("heading", name="No reason waits for you")).to_be_visible()
    states = list(Reason.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["shown", "hidden"]
    said(work, "hare", "The third.")
    expect(teacher.get_by_role("heading", name="1 reason waits for you")).to_be_visible(timeout=15_000)


def test_the_wall_follows_the_teachers_arrow_keys_and_pupils_find_what_it_shows(
    work: Exercise, screen_of: Callable[..., Page]
) -> None:
    teacher, fox, seen = screen_of("marit"), screen_of("fox"), wall(screen_of)
    expect(seen.get_by_text("Passage 1 of 2")).to_be_visible()
    teacher.goto(reverse("exercise", args=[work.uuid]))
    talk = teacher.get_by_role("region", name="The talk")
    teacher.keyboard.press("ArrowRight")
    expect(talk).to_contain_text("It was the best evening of the winter.")
    expect(seen.get_by_text("Passage 2 of 2")).to_be_visible()
    talk.get_by_role("button", name="Most united").click()
    expect(seen.get_by_text("You agree here")).to_be_visible()
    reveal(fox, work)
    fox.get_by_role("link", name="What the projector shows").click()
    expect(fox.locator("#panel-title")).to_contain_text("You agree here")

    # From the reveal the arrow keys take the wall along; a look at another passage does not.
    reveal(teacher, work)
    expect(teacher.get_by_text("The projector shows another passage.")).to_be_visible()
    teacher.get_by_role("button", name="Show this one").click()
    expect(teacher.get_by_text("The projector shows this passage.")).to_be_visible()
    expect(seen.get_by_text("Passage 1 of 2")).to_be_visible()
    teacher.keyboard.press("ArrowRight")
    expect(seen.get_by_text("Passage 2 of 2")).to_be_visible()
    expect(teacher.locator("#panel blockquote")).to_contain_text("It was the best evening of the winter.")


def test_with_too_few_readings_for_the_wall_the_teachers_arrow_keys_walk_the_passages(
    screen_of: Callable[..., Page],
) -> None:
    work = talked_about("otter", "fox", "hare")
    teacher, seen = screen_of("marit"), wall(screen_of)
    expect(seen.get_by_text("too few to show")).to_be_visible()
    reveal(teacher, work)
    first, second = "It was the best evening of the winter.", "Some 900 visitors came last year."
    passage = teacher.locator("#panel-quote")
    for key, words in (("", first), ("ArrowRight", second), ("ArrowRight", second), ("ArrowLeft", first)):
        if key:
            teacher.keyboard.press(key)
        expect(passage).to_contain_text(words)
        expect(teacher.get_by_text("The projector does not show this text")).to_be_visible()
    look(teacher)
    assert Exercise.objects.get().spotlight_start is None


def test_on_the_wall_itself_arrow_keys_look_around_until_the_lesson_goes_on(
    work: Exercise, screen_of: Callable[..., Page]
) -> None:
    seen = wall(screen_of)
    seen.keyboard.press("ArrowRight")
    expect(seen.get_by_text("Passage 2 of 2")).to_be_visible()
    assert Exercise.objects.get().spotlight_start is None
    seen.keyboard.press("ArrowLeft")
    expect(seen.get_by_text("Passage 1 of 2")).to_be_visible()
    Exercise.objects.update(spotlight_article=work.articles.get(), spotlight_start=GIVE)
    expect(seen.get_by_text("You agree here")).to_be_visible()


def test_the_wall_fits_one_screen_and_is_read_from_the_back_row(work: Exercise, screen_of: Callable[..., Page]) -> None:
    longest = "She says so herself, and whoever was there can count it again on any evening of the week. " * 2
    for name in ("otter", "fox", "hare", "wren"):
        said(work, name, longest.strip(), state="shown")
    seen = wall(screen_of)
    expect(seen.get_by_role("list", name="Reasons").get_by_role("listitem")).to_have_count(2)
    expect(seen.get_by_text("2 more reasons on your own page.")).to_be_visible()
    assert overflow(seen) == 0
    assert seen.get_by_role("main").evaluate("main => main.scrollHeight - main.clientHeight") == 0
    assert smallest(seen) >= 24
    # A teacher looks at it on a phone first.
    seen.set_viewport_size({"width": 390, "height": 844})
    assert seen.locator(".spot").evaluate("spot => spot.scrollWidth - spot.clientWidth") == 0


def test_axe_finds_nothing_where_a_class_talks(work: Exercise, screen_of: Callable[..., Page]) -> None:
    said(work, "otter", "Before.", state="shown")
    said(work, "otter", "After.", state="shown", when="after")
    said(work, "fox", "Waiting.")
    said(work, "hare", "Hidden.", state="hidden")
    teacher, fox, seen = screen_of("marit"), screen_of("fox"), wall(screen_of)
    for path in ("reasons", "reveal", "exercise"):
        teacher.goto(reverse(path, args=[work.uuid]))
        look(teacher)
    reveal(fox, work)
    look(fox)
    look(seen)


def test_without_a_script_a_class_talks_as_well(work: Exercise, screen_of: Callable[..., Page]) -> None:
    otter, teacher = screen_of("otter", java_script_enabled=False), screen_of("marit", java_script_enabled=False)
    own = reveal(otter, work)
    own.get_by_label("Why do you think so?").fill("Nobody can count “best”.")
    own.get_by_role("button", name="Send").click()
    expect(own.get_by_text("Your teacher reads it first", exact=True)).to_be_visible()
    teacher.goto(reverse("reasons", args=[work.uuid]))
    teacher.get_by_role("button", name="Show it").click()
    expect(teacher.get_by_role("heading", name="No reason waits for you")).to_be_visible()
    teacher.goto(reverse("exercise", args=[work.uuid]))
    teacher.get_by_role("button", name="Next passage").click()
    expect(teacher.get_by_role("region", name="The talk")).to_contain_text("It was the best evening of the winter.")
