"""Counting failures: who is counted, for how long, and what is kept about it."""

from datetime import UTC, datetime, timedelta

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Attempt
from annotator.services.limits import SIGN_IN, Limit, attempt_add, attempts_forget, limit_check, whos
from annotator.services.readings import whole_seconds

pytestmark = pytest.mark.django_db

THREE = Limit("test", 3, timedelta(minutes=10), "Wait.")
HERE, THERE = "192.0.2.7", "192.0.2.8"


def is_refused(limit, address):
    try:
        limit_check(limit=limit, who=address)
    except RuleError as error:
        return error.code == "too_many"
    return False


def test_the_last_allowed_attempt_is_allowed_and_the_next_is_not():
    for _attempt in range(3):
        assert not is_refused(THREE, HERE)
        attempt_add(limit=THREE, who=HERE)
    assert is_refused(THREE, HERE)


def test_another_address_and_another_kind_count_for_themselves():
    for _attempt in range(3):
        attempt_add(limit=THREE, who=HERE)
    assert not is_refused(THREE, THERE)
    assert not is_refused(SIGN_IN, HERE)


@pytest.mark.parametrize(("minutes", "refused"), [(9, True), (11, False)])
def test_attempts_count_for_ten_minutes(minutes, refused):
    for _attempt in range(3):
        attempt_add(limit=THREE, who=HERE)
    Attempt.objects.update(at=whole_seconds() - timedelta(minutes=minutes))
    assert is_refused(THREE, HERE) == refused


def test_attempts_are_forgotten_after_a_day():
    attempt_add(limit=THREE, who=HERE)
    attempt_add(limit=THREE, who=THERE)
    Attempt.objects.filter(who=whos(HERE, whole_seconds())[0]).update(at=whole_seconds() - timedelta(hours=24))
    attempts_forget()
    assert [each.who for each in Attempt.objects.all()] == [whos(THERE, whole_seconds())[0]]


def test_a_new_attempt_sweeps_the_old_ones_away():
    attempt_add(limit=THREE, who=HERE)
    Attempt.objects.update(at=whole_seconds() - timedelta(hours=25))
    attempt_add(limit=THREE, who=HERE)
    assert Attempt.objects.count() == 1


def test_what_is_stored_names_no_address():
    attempt_add(limit=THREE, who=HERE)
    stored = Attempt.objects.get()
    assert len(stored.who) == 64
    assert HERE not in str(Attempt.objects.values())


def test_tomorrow_the_same_address_has_another_name():
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert len(whos(HERE, noon)) == 1
    assert whos(HERE, noon) != whos(HERE, noon + timedelta(days=1))


def test_a_window_reaches_over_midnight():
    before, after = datetime(2026, 3, 9, 23, 58, tzinfo=UTC), datetime(2026, 3, 10, 0, 3, tzinfo=UTC)
    assert whos(HERE, before)[0] in whos(HERE, after)
    assert whos(HERE, after)[0] not in whos(HERE, before)
