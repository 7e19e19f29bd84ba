"""Kept figures: who writes them, when they go, and that a row which no longer holds is never used."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.domain.agreement.pair_rows import pair_bytes
from annotator.domain.agreement.pairs import pair_counts
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.domain.spans import quote_ends
from annotator.models import (
    AgreementPairs,
    AgreementRow,
    Exercise,
    Membership,
    Phase,
    Reading,
    ReadingState,
    Span,
    SpanOperation,
)
from annotator.models.counted import counted_texts, labels_of
from annotator.reports.agreement import agreement_of_exercise
from annotator.reports.agreement_pairs import pairs_of
from annotator.reports.agreement_rows import pair_rows_in, rows_in
from annotator.services.agreement import agreement_refresh
from annotator.services.exercises import exercise_discard, exercise_move
from annotator.services.readings import reading_hand_in, reading_reopen, reading_start
from annotator.services.samples import samples_add, samples_remove
from annotator.services.span_workbench import Operation
from annotator.services.spans import operations_apply
from tests import factories
from tests.reports import agreeing

pytestmark = pytest.mark.django_db
KIND = SpanOperation.Kind


def rows(work):
    found = AgreementRow.objects.filter(exercise=work).order_by("article", "round")
    return [(row.article_id, row.round, bytes(row.summary), row.readers, bytes(row.pairs.counts)) for row in found]


def from_scratch(work):
    """What the rows must hold, straight from the tables."""
    labels, _slugs = labels_of(work.codebook_version_id)
    texts = counted_texts(Reading.objects.filter(exercise=work, is_key=False), labels)
    return [
        (*text.place[1:], as_bytes(summary(found)), list(text.readers), pair_bytes(pair_counts(found)))
        for text in texts
        for found in [text.document]
    ]


def moved(work, *phases):
    for phase in phases:
        work = exercise_move(exercise=work, phase=phase)
    return work


def do(reading, kind, span=None, *, start=0, end=0, label=""):
    """One saved operation; the UUID of its span."""
    name = span or uuid.uuid4()
    first, last = quote_ends(reading.article.text[start:end]) if end else ("", "")
    operation = Operation(
        uuid=uuid.uuid4(), kind=kind, span=name, label=label, start=start, end=end, quote_start=first, quote_end=last
    )
    for outcome in operations_apply(reading=reading, operations=[operation]).outcomes:
        assert outcome.refusal is None
    return name


def revising(readers=3):
    """A class of which all but the last have handed in the second round; and that last one's reading, still open."""
    work = agreeing.read_class(readers, articles=1, phase=Phase.OPEN)
    work = moved(work, Phase.CLOSED, Phase.REVEALED, Phase.REVISING)
    members = Membership.objects.readers().filter(classroom=work.classroom).order_by("pk")
    made = [factories.reading(work, member, round=2) for member in members]
    for each in made:
        do(each, KIND.ADD, start=28, end=50 + each.pk % 3, label="claim")
    for each in made[:-1]:
        reading_hand_in(reading=each)
    return work, made[-1]


def test_closing_keeps_a_row_for_each_article_to_the_byte():
    work = agreeing.read_class(6, articles=3, phase=Phase.OPEN)
    assert rows(work) == []
    work = moved(work, Phase.CLOSED)
    assert rows(work) == from_scratch(work)
    assert len(rows(work)) == 3


def test_handing_in_while_it_is_blind_keeps_nothing_and_computes_nothing():
    owner = factories.teacher()
    room = factories.classroom(owner)
    work = factories.exercise(room, [factories.article(owner)])
    members = [factories.reader(room) for _each in range(3)]
    readings = [reading_start(exercise=work, article=work.articles.get(), member=member) for member in members]
    for each in readings:
        do(each, KIND.ADD, start=28, end=50, label="claim")
    with CaptureQueriesContext(connection) as asked:
        for each in readings:
            reading_hand_in(reading=each)
    # One look at the highlights for each snapshot, and none for figures.
    assert len([each["sql"] for each in asked if 'FROM "annotator_span"' in each["sql"]]) == 3
    assert not [each["sql"] for each in asked if "agreementrow" in each["sql"]]
    assert rows(work) == []


def test_opening_again_empties_the_rows_and_closing_fills_them_anew():
    work = moved(agreeing.read_class(5, phase=Phase.OPEN), Phase.CLOSED)
    before = rows(work)
    work = moved(work, Phase.OPEN)
    assert rows(work) == []
    reading = work.readings.filter(is_key=False, state=ReadingState.OPEN).first() or reading_reopen(
        reading=work.readings.filter(is_key=False).first()
    )
    do(reading, KIND.ADD, start=0, end=26, label="opinion")
    work = moved(work, Phase.CLOSED)
    assert rows(work) == from_scratch(work)
    assert rows(work) != before


def test_going_on_and_back_between_open_phases_keeps_them():
    work = moved(agreeing.read_class(5, phase=Phase.OPEN), Phase.CLOSED)
    before = rows(work)
    for phase in (Phase.REVEALED, Phase.CLOSED, Phase.REVEALED, Phase.REVISING, Phase.WRAPPED_UP, Phase.ARCHIVED):
        work = moved(work, phase)
        assert rows(work) == before == from_scratch(work)


def test_handing_in_the_second_round_adds_it_to_its_own_row_alone():
    work, last = revising()
    first, second = rows(work)
    assert (first[1], second[1]) == (1, 2)
    assert last.member_id not in second[3]
    reading_hand_in(reading=last)
    assert rows(work) == from_scratch(work)
    assert rows(work)[0] == first
    assert last.member_id in rows(work)[1][3]


def test_a_row_holds_while_others_are_still_marking(django_assert_num_queries):
    work, last = revising()
    kept = rows(work)
    do(last, KIND.ADD, start=60, end=80, label="opinion")
    with django_assert_num_queries(2):
        [found] = rows_in([work], 2)
    assert (found.counts, list(found.readers)) == kept[1][2:4]
    with django_assert_num_queries(2):
        [found] = pair_rows_in([work], 2)
    assert (list(found.readers), found.counts) == kept[1][3:]


def test_opening_a_second_reading_again_takes_it_out_and_its_changes_come_back_with_it():
    work, last = revising()
    reading_hand_in(reading=last)
    with_it = rows(work)
    reading_reopen(reading=last)
    assert rows(work) == from_scratch(work) != with_it
    span = last.spans.get().uuid
    last.refresh_from_db()
    for kind, fields in [
        (KIND.MOVE, {"start": 28, "end": 90}), (KIND.RELABEL, {"label": "opinion"}), (KIND.DELETE, {}),
        (KIND.RESTORE, {}),
    ]:  # fmt: skip
        do(last, kind, span, **fields)
        reading_hand_in(reading=last)
        assert rows(work) == from_scratch(work) != with_it
        with_it = rows(work)
        last = reading_reopen(reading=last)


def test_the_last_reading_opened_again_leaves_no_row():
    work, last = revising()
    for each in work.readings.filter(round=2, state=ReadingState.SUBMITTED):
        reading_reopen(reading=each)
    assert [number for _article, number, *_rest in rows(work)] == [1]
    reading_hand_in(reading=last)
    assert rows(work) == from_scratch(work)


def changed_state(reading):
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.OPEN, submitted_at=None)


def changed_spans(reading):
    Span.objects.filter(reading=reading).update(deleted_at=factories.NOON)
    Reading.objects.filter(pk=reading.pk).update(version=reading.version + 1)


def gone(reading):
    Span.objects.filter(reading=reading).delete()
    Reading.objects.filter(pk=reading.pk).delete()


def one_more(reading):
    member = factories.reader(reading.exercise.classroom)
    factories.reading(reading.exercise, member, **agreeing.SUBMITTED)


@pytest.mark.parametrize("change", [changed_state, changed_spans, gone, one_more])
def test_a_row_whose_readings_have_changed_is_never_used_and_a_page_stores_nothing(change):
    work = moved(agreeing.read_class(4, articles=1, phase=Phase.OPEN), Phase.CLOSED)
    kept = rows(work)
    change(work.readings.filter(is_key=False, spans__deleted_at=None, spans__isnull=False).first())
    found, paired = rows_in([work], 1), pair_rows_in([work], 1)
    assert [(row.counts, list(row.readers)) for row in found] == [each[2:4] for each in from_scratch(work)]
    assert [row.counts for row in found] != [each[2] for each in kept]
    assert [(list(row.readers), row.counts) for row in paired] == [each[3:] for each in from_scratch(work)]
    assert [row.counts for row in paired] != [each[4] for each in kept]
    assert agreement_of_exercise(work)
    assert pairs_of(work)
    assert rows(work) == kept
    agreement_refresh(exercise=work)
    assert rows(work) == from_scratch(work)


def test_a_row_that_holds_is_used_as_it_is():
    work = moved(agreeing.read_class(4, articles=1, phase=Phase.OPEN), Phase.CLOSED)
    other = moved(agreeing.read_class(3, articles=1, phase=Phase.OPEN), Phase.CLOSED)
    AgreementRow.objects.filter(exercise=work).update(summary=bytes(other.agreement_rows.get().summary))
    assert [row.counts for row in rows_in([work], 1)] == [bytes(other.agreement_rows.get().summary)]
    AgreementPairs.objects.filter(row__exercise=work).update(counts=bytes(other.agreement_rows.get().pairs.counts))
    assert [row.counts for row in pair_rows_in([work], 1)] == [bytes(other.agreement_rows.get().pairs.counts)]


def test_a_row_without_pair_counts_has_them_counted_and_the_next_refresh_keeps_them():
    work = moved(agreeing.read_class(4, articles=1, phase=Phase.OPEN), Phase.CLOSED)
    before = rows(work)
    AgreementPairs.objects.all().delete()
    assert [row.counts for row in pair_rows_in([work], 1)] == [each[4] for each in before]
    assert not AgreementPairs.objects.exists()
    agreement_refresh(exercise=work)
    assert rows(work) == before


def test_the_key_and_a_draft_have_no_row():
    work = agreeing.read_class(3, articles=1, phase=Phase.OPEN)
    key = work.readings.get(is_key=True)
    work = moved(work, Phase.CLOSED)
    before = rows(work)
    reading_reopen(reading=key)
    do(key, KIND.ADD, start=30, end=60, label="claim")
    with CaptureQueriesContext(connection) as asked:
        reading_hand_in(reading=key)
    assert not [each["sql"] for each in asked if "agreementrow" in each["sql"]]
    assert rows(work) == before
    draft = factories.exercise(work.classroom, [agreeing.title(work)], phase=Phase.DRAFT)
    agreement_refresh(exercise=draft)
    exercise_discard(exercise=draft)
    assert not AgreementRow.objects.exclude(exercise=work).exists()


def test_computing_anew_changes_nothing():
    work = moved(agreeing.read_class(4, phase=Phase.OPEN), Phase.CLOSED)
    before = list(AgreementRow.objects.order_by("pk").values())
    agreement_refresh(exercise=work)
    assert list(AgreementRow.objects.order_by("pk").values()) == before


def test_the_sample_class_brings_its_row_and_takes_it_away():
    teacher = factories.teacher()
    samples_add(teacher=teacher)
    work = Exercise.objects.get(is_sample=True, phase=Phase.REVEALED)
    assert rows(work) == from_scratch(work)
    assert AgreementRow.objects.count() == 1
    samples_remove(teacher=teacher)
    assert AgreementRow.objects.count() == 0
