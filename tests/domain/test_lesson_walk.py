"""The way through a lesson: what is switched off is left out, and one finds the way back."""

import itertools
from dataclasses import replace

import pytest

from annotator.domain.lesson_walk import Lesson, Stop, around, stop_read, walk

WHOLE = Lesson(has_lobby=True, warm_up=2, has_discussion=True, has_revision=True, has_exit=True)
BARE = Lesson(has_lobby=False, warm_up=2, has_discussion=False, has_revision=False, has_exit=False)
DRAFT = Stop("draft")
LOBBY = Stop("draft", "lobby")


def names(lesson, here=DRAFT):
    return [str(stop) for stop in walk(lesson, here)]


def test_a_whole_lesson_walks_phases_and_steps():
    assert names(WHOLE) == [
        "draft", "draft:lobby", "draft:warm_up:1", "draft:warm_up:2", "open", "closed", "revealed",
        "revealed:discuss", "revising", "wrapped_up", "wrapped_up:exit", "archived",
    ]  # fmt: skip


def test_what_is_switched_off_is_left_out():
    assert names(BARE) == ["draft", "open", "closed", "revealed", "wrapped_up", "archived"]
    assert "revising" not in names(replace(WHOLE, has_revision=False))
    assert not [name for name in names(replace(WHOLE, warm_up=0)) if "warm_up" in name]


@pytest.mark.parametrize(
    "here", [Stop("draft", "lobby"), Stop("revealed", "discuss"), Stop("revising"), Stop("wrapped_up", "exit")]
)
def test_a_stop_switched_off_while_one_stands_in_it_still_leads_on_and_back(here):
    before, after = around(walk(BARE, here), here)
    assert before is not None
    assert after is not None
    assert here in walk(BARE, here)


def test_a_warm_up_sentence_that_is_gone_stands_before_the_opening():
    here = Stop("draft", "warm_up", 5)
    assert around(walk(WHOLE, here), here) == (Stop("draft", "warm_up", 2), Stop("open"))
    assert around(walk(BARE, here), here) == (DRAFT, Stop("open"))


def test_the_way_back_is_the_way_on_backwards():
    stops = walk(WHOLE, DRAFT)
    for before, after in itertools.pairwise(stops[:-1]):
        assert around(stops, before)[1] == after
        assert around(stops, after)[0] == (LOBBY if after == Stop("open") else before)


def test_from_the_archive_nothing_leads_anywhere():
    assert around(walk(WHOLE, DRAFT), Stop("archived")) == (None, None)


@pytest.mark.parametrize("stop", walk(WHOLE, DRAFT))
def test_a_stop_is_read_as_it_is_written(stop):
    assert stop_read(str(stop)) == stop


NONE = ["draft:warm_up:", "draft:warm_up:1x", "draft:warm_up:-1", "draft:warm_up:0001", "draft:warm_up:٢"]


@pytest.mark.parametrize("sent", [*NONE, "draft:lobby:2", "open:", "open::"])
def test_nothing_else_is_a_stop(sent):
    assert stop_read(sent) is None
