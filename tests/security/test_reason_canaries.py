"""Reasons crawled with everybody's eyes: what waits is its writer's and the teacher's, what is shown is nobody's."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from annotator.models import Reason
from tests.security import world
from tests.security.test_lesson_canaries import codes, crawled, lesson_at
from tests.security.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S01"), pytest.mark.proves("S02")]

# Whoever may look at the exercise without teaching it; the projector is a visitor nobody knows.
PEERS = ["reader", "anonymous", "reader_elsewhere"]


def show(here: World, name: str, text: str, **fields: object) -> Reason:
    """A reason that the teacher has let through."""
    reading = here.exercise.readings.get(member=here.members[name], round=1)
    return world.reason_of(reading, here.span.start, text, state="shown", **fields)


@pytest.mark.parametrize("stop", ["revealed:discuss", "wrapped_up"])
def test_a_shown_reason_is_read_by_the_class_and_leads_to_nobody(stop: str) -> None:
    here = lesson_at(stop)
    kept = show(here, "classmate", "Openly said by one of us.")
    at = f"/exercises/{here.exercise.uuid}/reveal/?at={here.span.start}"
    assert "Openly said" in here.client("reader").get(at).content.decode()
    names = [str(kept.uuid), str(kept.member.uuid), kept.member.pseudonym]
    for role in PEERS:
        others = [rf"\b{code}\b" for code in codes(role)]
        for path, text in crawled(here, role).items():
            found = [name for name in names if name in text and name not in path]
            found += [code for code in others if re.search(code, text)]
            assert found == [], f"{path} as {role}"


def test_on_the_wall_it_is_read_while_the_lesson_goes_through_its_passages() -> None:
    here = lesson_at("revealed:discuss")
    show(here, "classmate", "Openly said by one of us.")
    here.exercise.spotlight_article, here.exercise.spotlight_start = here.article, here.span.start
    here.exercise.save(update_fields=["spotlight_article", "spotlight_start"])
    wall = here.client("anonymous").get(f"/projector/{world.PROJECTOR_TOKEN}/").content.decode()
    assert "Openly said" in wall
    assert "Canary-" not in wall


def test_whatever_waits_no_answer_and_no_etag_of_a_peer_changes() -> None:
    here = lesson_at("revealed:discuss")
    before = {role: crawled(here, role) for role in PEERS}
    Reason.objects.filter(member=here.members["classmate"]).update(text="Another-reason", label=None)
    show(here, "classmate", "Taken back at once.", taken_back_at="2026-03-09T12:00Z")
    for role in PEERS:
        now = crawled(here, role)
        changed = [path for path, text in now.items() if text != before[role][path] and "/join/" not in path]
        assert changed == [], role


def test_no_file_but_ones_own_holds_a_reason() -> None:
    here = lesson_at("wrapped_up")
    show(here, "classmate", "Openly said by one of us.")
    for role in ("teacher", "reader", "classmate"):
        for path, text in crawled(here, role).items():
            if not path.split("?")[0].endswith("/file/"):
                continue
            is_own = resolve(urlsplit(path).path).url_name == "me-file"
            for name in world.READERS:
                assert (f"Canary-{name}-reason" in text) == (is_own and role == name), f"{path} as {role}"
            assert ("Openly said" in text) == (is_own and role == "classmate"), f"{path} as {role}"


def test_the_removed_are_read_by_nobody() -> None:
    here = lesson_at("revealed:discuss")
    show(here, "removed_reader", "Said by who is gone.")
    for role in ("reader", "teacher", "anonymous"):
        assert [path for path, text in crawled(here, role).items() if "Said by who is gone." in text] == [], role
