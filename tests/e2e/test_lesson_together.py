"""A class in a browser: a teacher, the projector and two pupils go from the waiting room to the reading together."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from annotator.models import Exercise, Membership, Participation, Phase, Reading, Step, WarmUpVote
from annotator.services.doors import door_of
from annotator.services.projector import projector_open
from tests import factories
from tests.e2e.axe import barriers_in_both
from tests.e2e.conftest import Watch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.whole]
HD = {"width": 1280, "height": 720}


@pytest.fixture
def lesson() -> Exercise:
    """A class with a door and two readers, still being set up."""
    factories.codebook()
    marit = factories.teacher("marit")
    room = factories.classroom(marit)
    door_of(classroom=room)
    for name, pseudonym in (("otter", "Amber Otter"), ("fox", "Blue Fox")):
        factories.reader(room, name, pseudonym=pseudonym)
    return factories.exercise(room, [factories.article(marit)], phase=Phase.DRAFT)


def at(lesson: Exercise, phase: str, step: str = "", sentence: int = 1) -> None:
    Exercise.objects.filter(pk=lesson.pk).update(phase=phase, step=step, warm_up_sentence=sentence)


def overflow(page: Page) -> int:
    """How far the page can be scrolled, in pixels, sideways or down."""
    return int(page.evaluate(
        "(root => Math.max(root.scrollWidth - innerWidth, root.scrollHeight - innerHeight))(document.documentElement)"
    ))  # fmt: skip


def smallest(page: Page) -> float:
    """The smallest text on the page, in pixels."""
    return float(page.evaluate(
        "Math.min(...[...document.querySelectorAll('body *')].filter(each => [...each.childNodes].some(node =>"
        " node.nodeType === 3 && node.textContent.trim()) && !each.closest('noscript, .visually-hidden'))"
        ".map(each => parseFloat(getComputedStyle(each).fontSize)))"
    ))  # fmt: skip


def test_a_class_goes_from_the_lobby_through_the_warm_up_to_the_reading(
    lesson: Exercise, screen_of: Callable[..., Page]
) -> None:
    teacher, otter, fox = screen_of("marit"), screen_of("otter"), screen_of("fox")
    teacher.goto(reverse("exercise", args=[lesson.uuid]))
    with teacher.context.expect_page() as opened:
        teacher.get_by_role("button", name="Projector").click()
    opened.value.wait_for_load_state()
    wall = screen_of(viewport=HD)
    wall.goto(opened.value.url)
    expect(wall.get_by_role("heading", name="We start soon")).to_be_visible()
    teacher.get_by_role("button", name="Open the lobby").click()
    expect(wall.get_by_role("heading", name="Come in and read with us")).to_be_visible()
    expect(wall.get_by_role("status")).to_have_text("2joined")
    for pupil, name in ((otter, "Amber Otter"), (fox, "Blue Fox")):
        pupil.goto("/")
        pupil.get_by_role("link", name="Go in").click()
        expect(pupil.get_by_role("heading", name=f"You are in, {name}")).to_be_visible()
    teacher.get_by_role("button", name="Next: warm up").click()
    for pupil in (otter, fox):
        expect(pupil.get_by_role("heading", name="Which tag fits the marked words?")).to_be_visible()
    # By keyboard alone: a wrong tap, then the right one, and the focus stays where it was pressed.
    otter.get_by_role("button", name="Opinion").press("Enter")
    expect(otter.get_by_role("heading", name="Look again")).to_be_visible()
    expect(otter.get_by_role("button", name="Opinion")).to_be_focused()
    otter.get_by_role("button", name="Claim").press("Enter")
    expect(otter.get_by_role("heading", name="Yes, claim")).to_be_visible()
    expect(otter.locator("[data-announcer]")).to_contain_text("Yes, Claim.")
    expect(wall.get_by_text("The library could count them.")).to_have_count(0)
    fox.get_by_role("button", name="Attribution").click()
    expect(fox.get_by_role("heading", name="Look again")).to_be_visible()
    expect(wall.get_by_text("The library could count them.")).to_be_visible()
    assert dict(WarmUpVote.objects.values_list("member__user__username", "label")) == {
        "otter": "claim", "fox": "attribution",
    }  # fmt: skip
    teacher.locator("#skip").click()
    for pupil in (otter, fox):
        expect(pupil.get_by_role("heading", name="Read it your own way")).to_be_visible()
        expect(pupil.locator("[data-announcer]")).to_have_text("The reading has begun. You can start now.")
        pupil.get_by_role("button", name="Start reading").click()
        expect(pupil.locator("#reading")).to_be_visible()
    expect(wall.locator(".wall-key")).to_contain_text("2 reading")
    assert Reading.objects.count() == 2
    assert Participation.objects.exclude(seen_at=None).count() == 2


def test_a_pupil_in_the_waiting_room_stays_when_the_teacher_goes_back_to_the_set_up(
    lesson: Exercise, screen_of: Callable[..., Page], watch: Watch
) -> None:
    watch.allowed.append("404 (Not Found)")
    at(lesson, Phase.DRAFT, Step.LOBBY)
    otter = screen_of("otter")
    otter.goto(reverse("exercise", args=[lesson.uuid]))
    at(lesson, Phase.DRAFT)
    with otter.expect_response(lambda answer: answer.status == 404):
        otter.evaluate("dispatchEvent(new Event('online'))")
    expect(otter.get_by_role("heading", name="You are in, Amber Otter")).to_be_visible()
    at(lesson, Phase.OPEN)
    expect(otter.get_by_role("button", name="Start reading")).to_be_visible()


def test_a_removed_pupils_page_ends(lesson: Exercise, screen_of: Callable[..., Page], watch: Watch) -> None:
    watch.allowed.append("404 (Not Found)")
    at(lesson, Phase.OPEN)
    otter = screen_of("otter")
    otter.goto(reverse("exercise", args=[lesson.uuid]))
    Membership.objects.filter(user__username="otter").update(removed_at=factories.NOON)
    expect(otter.get_by_text("Error 404")).to_be_visible()


STOPS = [
    (Phase.DRAFT, ""), (Phase.DRAFT, Step.LOBBY), (Phase.DRAFT, Step.WARM_UP), (Phase.OPEN, ""), (Phase.CLOSED, ""),
    (Phase.REVEALED, ""), (Phase.REVISING, ""), (Phase.WRAPPED_UP, Step.EXIT),
]  # fmt: skip


def test_the_projector_fits_its_screen_is_large_enough_and_accessible(
    lesson: Exercise, screen_of: Callable[..., Page]
) -> None:
    Exercise.objects.update(exit_question="What will you look at twice from now on?", minutes=12)
    token = projector_open(exercise=lesson)
    members = [*Membership.objects.readers(), *(factories.reader(lesson.classroom) for _ in range(28))]
    for member in members[:20]:
        made = factories.reading(lesson, member, state="submitted", submitted_at=factories.NOON)
        factories.span(made, 30, 110)
    wall = screen_of(viewport=HD)
    for phase, step in STOPS:
        at(lesson, phase, step)
        wall.goto(reverse("projector", args=[token]))
        assert (phase, step, barriers_in_both(wall)) == (phase, step, [])
        assert (phase, step, overflow(wall)) == (phase, step, 0)
        assert smallest(wall) >= 24


def test_arrow_keys_turn_to_the_next_tag(lesson: Exercise, screen_of: Callable[..., Page]) -> None:
    token = projector_open(exercise=lesson)
    at(lesson, Phase.REVEALED)
    wall = screen_of(viewport=HD)
    wall.goto(reverse("projector", args=[token]))
    for key, tag in (("ArrowRight", "Attribution"), ("ArrowLeft", "Claim"), ("ArrowLeft", "Boilerplate")):
        wall.keyboard.press(key)
        expect(wall.get_by_role("heading", name=tag)).to_be_visible()
        # The next key is heard once the page is there with its script.
        wall.wait_for_load_state()


def test_a_readers_page_is_accessible_and_fits_a_phone(lesson: Exercise, screen_of: Callable[..., Page]) -> None:
    Exercise.objects.update(exit_question="What will you look at twice from now on?")
    otter = screen_of("otter", viewport={"width": 320, "height": 640})
    for phase, step in STOPS[1:]:
        at(lesson, phase, step)
        otter.goto(reverse("exercise", args=[lesson.uuid]))
        assert (phase, step, barriers_in_both(otter)) == (phase, step, [])
        wide = otter.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (phase, step, wide) == (phase, step, 0)


def test_a_pupil_without_scripts_taps_and_goes_along(lesson: Exercise, screen_of: Callable[..., Page]) -> None:
    at(lesson, Phase.DRAFT, Step.WARM_UP)
    otter = screen_of("otter", java_script_enabled=False)
    otter.goto(reverse("exercise", args=[lesson.uuid]))
    otter.get_by_role("button", name="Claim").click()
    expect(otter.get_by_role("heading", name="Yes, claim")).to_be_visible()
    at(lesson, Phase.OPEN)
    # The page asks again by itself, every five seconds.
    expect(otter.get_by_role("button", name="Start reading")).to_be_visible(timeout=15_000)
