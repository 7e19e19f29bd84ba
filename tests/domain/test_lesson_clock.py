"""A reader's own end, the cut-off, what is late, and local times on the days when clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.lesson_clock import GRACE, Times, cut_off, moment, own_end, standing

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")


def at(seconds):
    return NOON + timedelta(seconds=seconds)


def test_extra_time_counts_only_where_the_clock_closed():
    assert own_end(NOON, closed_by_clock=True, extra_seconds=300) == at(300)
    assert own_end(NOON, closed_by_clock=False, extra_seconds=300) == NOON


def test_the_cut_off_is_two_minutes_after_the_own_end_or_the_reveal_if_sooner():
    assert timedelta(minutes=2) == GRACE
    assert cut_off(Times("closed", NOON)) == at(120)
    assert cut_off(Times("closed", NOON, closed_by_clock=True, extra_seconds=300)) == at(420)
    assert cut_off(Times("revealed", NOON, revealed_at=at(30))) == at(30)
    assert cut_off(Times("revealed", NOON, revealed_at=at(600))) == at(120)
    assert cut_off(Times("open")) is None


@pytest.mark.parametrize(
    ("seconds", "state", "expected"),
    [
        (0, "collected", "in_time"),
        (120, "collected", "in_time"),
        (121, "collected", "late"),
        (120, "open", "in_time"),
        (1, "submitted", "late"),
    ],
)
def test_what_comes_after_the_closing_counts_until_the_cut_off_and_is_late_after_it(seconds, state, expected):
    assert standing(Times("closed", NOON), number=1, state=state, now=at(seconds)) == expected


@pytest.mark.parametrize("phase", ["closed", "revealed", "revising", "wrapped_up"])
def test_once_it_was_revealed_everything_is_late_even_within_the_grace_and_the_same_second(phase):
    times = Times(phase, NOON, revealed_at=at(5))
    assert standing(times, number=1, state="collected", now=at(5)) == "late"


def test_an_old_exercise_without_times_takes_nothing_into_its_counted_readings():
    assert standing(Times("closed"), number=1, state="collected", now=NOON) == "late"


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("state", ["open", "submitted", "collected"])
def test_nothing_changes_in_the_archive(number, state):
    assert standing(Times("archived", NOON), number=number, state=state, now=NOON) == "not_open"


@pytest.mark.parametrize(
    ("phase", "state", "expected"),
    [
        ("open", "open", "in_time"),
        ("open", "submitted", "handed_in"),
        ("open", "collected", "collected"),
        ("draft", "open", "not_open"),
    ],
)
def test_before_the_closing_only_an_open_reading_of_an_open_exercise_changes(phase, state, expected):
    assert standing(Times(phase), number=1, state=state, now=NOON) == expected


@pytest.mark.parametrize(
    ("phase", "seconds", "state", "expected"),
    [
        ("revising", 0, "open", "in_time"),
        ("revising", 0, "submitted", "handed_in"),
        ("revealed", 0, "open", "in_time"),
        ("wrapped_up", 120, "collected", "in_time"),
        ("wrapped_up", 121, "collected", "late"),
        ("wrapped_up", 1, "submitted", "late"),
        ("closed", 0, "open", "not_open"),
        ("open", 0, "open", "not_open"),
    ],
)
def test_the_second_round_counts_until_two_minutes_after_the_wrap_up(phase, seconds, state, expected):
    times = Times(phase, NOON, revealed_at=NOON, wrapped_up_at=NOON if phase == "wrapped_up" else None)
    assert standing(times, number=2, state=state, now=at(seconds)) == expected


@pytest.mark.parametrize("phase", ["draft", "open", "closed", "revealed", "revising", "wrapped_up"])
@pytest.mark.parametrize("state", ["open", "submitted"])
def test_the_key_can_change_until_the_archive(phase, state):
    assert standing(Times(phase, NOON), number=0, state=state, now=NOON) == "in_time"


# In Oslo clocks went from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
LOCAL_TIMES = [
    (datetime.fromisoformat("2026-03-29T01:59"), "2026-03-29T00:59", ""),
    (datetime.fromisoformat("2026-03-29T02:00"), "2026-03-29T01:00", "missing"),
    (datetime.fromisoformat("2026-03-29T02:30"), "2026-03-29T01:00", "missing"),
    (datetime.fromisoformat("2026-03-29T03:00"), "2026-03-29T01:00", ""),
    (datetime.fromisoformat("2026-03-29T08:00"), "2026-03-29T06:00", ""),
    (datetime.fromisoformat("2026-03-28T08:00"), "2026-03-28T07:00", ""),
    (datetime.fromisoformat("2026-10-25T01:59"), "2026-10-24T23:59", ""),
    (datetime.fromisoformat("2026-10-25T02:30"), "2026-10-25T01:30", "twice"),
    (datetime.fromisoformat("2026-10-25T03:00"), "2026-10-25T02:00", ""),
]


@pytest.mark.proves("S16")
@pytest.mark.parametrize(("local", "utc", "said"), LOCAL_TIMES)
def test_a_local_time_on_the_days_when_clocks_change(local, utc, said):
    found = moment(local, OSLO)
    assert found.at == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert (found.is_missing, found.is_twice) == (said == "missing", said == "twice")


@pytest.mark.proves("S16")
def test_a_shift_of_half_an_hour_and_one_at_midnight():
    # Lord Howe's clocks go on by half an hour at 02:00, those of Beirut by one at midnight.
    howe = moment(datetime.fromisoformat("2026-10-04T02:15"), ZoneInfo("Australia/Lord_Howe"))
    assert (howe.at, howe.is_missing) == (datetime(2026, 10, 3, 15, 30, tzinfo=UTC), True)
    beirut = moment(datetime.fromisoformat("2026-03-29T00:30"), ZoneInfo("Asia/Beirut"))
    assert (beirut.at, beirut.is_missing) == (datetime(2026, 3, 28, 22, 0, tzinfo=UTC), True)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_no_zone_leads_out_of_the_calendar(zone):
    assert moment(datetime.fromisoformat("0001-01-01T00:00"), ZoneInfo(zone)).at.year <= 2
    assert moment(datetime.fromisoformat("9999-12-31T23:59"), ZoneInfo(zone)).at.year >= 9998


@pytest.mark.proves("S16")
@given(
    st.datetimes(datetime.fromisoformat("2026-01-01T00:00"), datetime.fromisoformat("2027-12-31T00:00")),
    st.sampled_from(["Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
)
def test_a_local_time_comes_back_as_it_was_unless_no_clock_ever_showed_it(local, name):
    zone = ZoneInfo(name)
    found = moment(local.replace(microsecond=0), zone)
    back = found.at.astimezone(zone).replace(tzinfo=None)
    if found.is_missing:
        assert back > local.replace(microsecond=0)
        assert found.at.astimezone(zone).utcoffset() != (found.at - timedelta(seconds=1)).astimezone(zone).utcoffset()
    else:
        assert back == local.replace(microsecond=0)
