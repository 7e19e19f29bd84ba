"""What is kept about people in a browser: taken along by a pupil, taken away by a teacher, with the keyboard alone."""

import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Membership, User
from tests.e2e.axe import barriers
from tests.e2e.conftest import Watch
from tests.services.erasing import found, lesson

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_pupil_takes_everything_along(page: Page, sign_in: Callable[[User], None]) -> None:
    here = lesson()
    sign_in(here.pupil.user)
    page.goto("/me/")
    link = page.get_by_role("link", name="Download everything")
    link.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "sourcewise-about-me.zip"
    with zipfile.ZipFile(download.value.path()) as packed:
        assert packed.namelist() == ["profile.json", "readings.csv", "spans.csv"]


def test_a_teacher_erases_a_pupil_from_the_keyboard(page: Page, sign_in: Callable[[User], None], watch: Watch) -> None:
    watch.allowed.append("422")
    here = lesson()
    sign_in(here.teacher)
    page.goto(f"/classrooms/{here.room.uuid}/privacy/")
    page.get_by_role("link", name=re.compile(f"Erase ?: {here.canary}")).press("Enter")
    word = page.get_by_label("To go on, type DELETE")
    word.press_sequentially("delet")
    word.press("Enter")
    expect(page.get_by_text("Nothing was changed")).to_be_visible()
    expect(word).to_be_focused()
    assert Membership.objects.filter(pk=here.pupil.pk).exists()
    word.press_sequentially("DELETE")
    word.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Erased")
    assert found(here.canary) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_fit_and_axe_finds_nothing(page: Page, sign_in: Callable[[User], None], width: int) -> None:
    here = lesson()
    sign_in(here.teacher)
    page.set_viewport_size({"width": width, "height": 800})
    room, exercise = f"/classrooms/{here.room.uuid}", f"/exercises/{here.exercise.uuid}"
    wrong = []
    for address in ("/me/", f"{room}/privacy/", f"{room}/erase/", f"{room}/grades/", f"{exercise}/grades/"):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{address} scrolls sideways")
        wrong += barriers(page)
    assert wrong == []
