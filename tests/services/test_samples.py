"""The sample class: what it brings, that it keeps every rule, and that it goes without a trace."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import F

from annotator.domain.errors import RuleError
from annotator.models import (
    Article,
    Classroom,
    Exercise,
    Membership,
    Phase,
    Reading,
    ReadingState,
    Span,
    SpanOperation,
    User,
)
from annotator.services.articles import Facts, article_describe, article_store
from annotator.services.classrooms import member_add
from annotator.services.exercises import exercise_add, exercise_move
from annotator.services.readings import reading_start
from annotator.services.sample_readings import place
from annotator.services.samples import ARTICLES, FOLDER, samples_add, samples_are_there, samples_remove
from tests import factories
from tests.security import world
from tests.services import saving

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return factories.teacher("ilse")


@pytest.fixture
def samples(teacher):
    samples_add(teacher=teacher)
    return teacher


def revealed():
    return Exercise.objects.get(is_sample=True, phase=Phase.REVEALED)


def tried():
    return Exercise.objects.get(is_sample=True, phase=Phase.OPEN)


def reading_of(exercise, pseudonym):
    return exercise.readings.get(member__pseudonym=pseudonym)


def test_there_are_four_articles_a_class_of_eight_and_two_exercises(samples):
    assert Article.objects.filter(is_sample=True, owner=samples).count() == 4
    room = Classroom.objects.get(is_sample=True)
    readers = room.memberships.readers().filter(user__is_sample=True)
    assert readers.count() == 8
    assert {reader.user.has_usable_password() for reader in readers} == {False}
    assert len({reader.pseudonym for reader in readers}) == 8
    own = room.memberships.get(user=samples)
    assert (own.is_teacher, own.is_reader) == (True, True)
    assert sorted(room.exercises.values_list("phase", "is_sample")) == [("open", True), ("revealed", True)]


def test_the_revealed_exercise_holds_every_hand_written_highlight(samples):
    counts = {
        reading.member.pseudonym or "key": (reading.state, reading.spans.current().count())
        for reading in revealed().readings.all()
    }
    assert counts == {
        "key": ("submitted", 28),
        "Amber Otter": ("submitted", 22),
        "Blue Heron": ("submitted", 13),
        "Copper Finch": ("submitted", 21),
        "Dusty Badger": ("submitted", 9),
        "Ember Magpie": ("submitted", 30),
        "Foggy Lynx": ("submitted", 0),
        "Golden Newt": ("collected", 9),
        "Hazel Kestrel": ("submitted", 19),
    }


def test_every_highlight_says_what_its_file_says(samples):
    for name, exercise in [("night_bus", revealed()), ("ferry_parrot", tried())]:
        content = json.loads((FOLDER / f"{name}_readings.json").read_text(encoding="utf-8"))
        for entry in [*content["readers"], *([content["key"]] if "key" in content else [])]:
            reading = (
                reading_of(exercise, entry["pseudonym"]) if "pseudonym" in entry else exercise.readings.get(is_key=True)
            )
            stored = [
                (span.label.slug, span.quote, span.note, span.source_name, span.source_kind, span.confidence)
                for span in reading.spans.order_by("number")
            ]
            assert stored == [
                (e["label"], e["quote"], e.get("note", ""), e.get("source_name", ""), e.get("source_kind", ""),
                 e.get("confidence"))
                for e in entry["spans"]
            ]  # fmt: skip


def test_every_quote_stands_exactly_where_it_says(samples):
    spans = list(Span.objects.select_related("reading__article"))
    assert len(spans) == 204
    assert [span for span in spans if span.reading.article.text[span.start : span.end] != span.quote] == []


def test_the_repeated_sentence_is_told_apart(samples):
    text = tried().articles.get().text
    first, second = text.index("Nobody was hurt."), text.rindex("Nobody was hurt.")
    assert first < second
    stood = reading_of(tried(), "Amber Otter").spans.filter(quote="Nobody was hurt.").order_by("number")
    assert [span.start for span in stood] == [first, second]
    assert reading_of(tried(), "Blue Heron").spans.get(quote="Nobody was hurt.").start == first
    assert reading_of(tried(), "Copper Finch").spans.get(quote="Nobody was hurt.").start == second


def test_a_quote_that_stands_twice_must_say_which_one():
    assert place("so so", "so", 2) == (3, 5)
    with pytest.raises(ValueError, match="stands in the text 2 times"):
        place("so so", "so")
    with pytest.raises(ValueError, match="stands in the text 0 times"):
        place("so so", "no")
    with pytest.raises(ValueError, match="does not stand"):
        place("so so", "so", 3)


def test_a_reported_claim_points_at_its_attribution(samples):
    key = revealed().readings.get(is_key=True)
    claim = key.spans.get(quote__startswith="112 of 340")
    assert claim.reported_by.quote == "According to a survey by the hospital’s staff council"
    assert key.spans.exclude(reported_by=None).count() == 6


def test_every_highlight_has_a_history_and_all_times_fit(samples):
    assert Counter(SpanOperation.objects.values_list("kind", flat=True))["add"] == Span.objects.count()
    assert not SpanOperation.objects.exclude(actor=F("reading__member")).exists()
    for reading in Reading.objects.select_related("exercise"):
        moments = [*reading.operations.values_list("created_at", flat=True)]
        assert all(reading.started_at <= moment <= (reading.submitted_at or reading.seen_at) for moment in moments)
        assert all(moment.microsecond == 0 for moment in [*moments, reading.started_at, reading.seen_at])
        assert reading.active_seconds <= (reading.seen_at - reading.started_at).total_seconds()
        if reading.exercise.phase == Phase.REVEALED and not reading.is_key:
            assert reading.exercise.opened_at <= reading.started_at
            assert reading.submitted_at <= reading.exercise.closed_at
        if reading.state == ReadingState.SUBMITTED:
            assert reading.seen_at == reading.submitted_at
        assert reading.version == len(moments)
        saved = list(reading.spans.order_by("number").values_list("created_at", flat=True))
        assert saved == sorted(saved)
    for span in Span.objects.all():
        moments = sorted(span.operations.values_list("created_at", flat=True))
        assert (span.created_at, span.updated_at) == (moments[0], moments[-1])


def test_the_times_of_the_revealed_exercise_are_in_order(samples):
    exercise = revealed()
    times = [exercise.classroom.created_at, exercise.created_at, exercise.opened_at, exercise.closed_at]
    assert [*times, exercise.revealed_at] == sorted([*times, exercise.revealed_at])
    assert exercise.closed_at - exercise.opened_at == timedelta(minutes=24)
    assert exercise.revealed_at - exercise.opened_at == timedelta(minutes=26)
    assert exercise.readings.get(is_key=True).submitted_at < exercise.opened_at


def test_time_is_counted_as_for_anybody(samples):
    # Six minutes without a highlight are one gap of six minutes: a break, by the rule of services/readings.py.
    assert reading_of(revealed(), "Foggy Lynx").active_seconds == 0
    assert 0 < reading_of(revealed(), "Ember Magpie").active_seconds < 17 * 60


def test_the_teacher_reads_in_the_open_exercise(samples):
    exercise = tried()
    member = exercise.classroom.memberships.get(user=samples)
    reading = reading_start(exercise=exercise, article=exercise.articles.get(), member=member)
    assert saving.code(saving.add(reading)) == ""
    states = Counter(exercise.readings.values_list("state", flat=True))
    assert states == {ReadingState.SUBMITTED: 3, ReadingState.OPEN: 2}


def test_the_samples_hold_what_a_newcomer_should_meet(samples):
    texts = {article.title: article.text for article in Article.objects.filter(is_sample=True)}
    bus = texts["Night bus to the hospital returns after fourteen months"]
    _, appeal = bus.split("Fourteen months is a long time", 1)
    assert all(words in appeal for words in ["give 3 crowns a month", "cookies", "© 2026 The Eastquay Lantern"])
    ferry = texts["The parrot that stopped the ferry"]
    assert all(character in ferry for character in "“”’🦜س")
    assert ferry.count("Nobody was hurt.") == 2
    assert len(ARTICLES) == len(texts) == 4


def test_they_are_added_once(samples):
    before = world.fingerprint()
    with pytest.raises(RuleError) as refused:
        samples_add(teacher=samples)
    assert refused.value.code == "already"
    assert world.fingerprint() == before


def test_two_teachers_have_one_each(samples):
    other = factories.teacher("other")
    assert not samples_are_there(other)
    samples_add(teacher=other)
    samples_remove(teacher=samples)
    assert samples_are_there(other)
    assert Reading.objects.filter(exercise__created_by=other).count() == 13
    assert Article.objects.filter(owner=samples).count() == 0


def test_one_press_takes_all_of_it_away(teacher):
    # The codes that were dealt stay spent, and the codebook stays frozen by the first mark: both for good.
    kept = {"annotator.readercode", "annotator.codebookversion"}
    own = factories.exercise(factories.classroom(teacher), [factories.article(teacher)])
    factories.span(factories.reading(own, factories.reader(own.classroom)), 0, 7)
    before = world.fingerprint()
    samples_add(teacher=teacher)
    exercise = tried()
    member = exercise.classroom.memberships.get(user=teacher)
    saving.add(reading_start(exercise=exercise, article=exercise.articles.get(), member=member))
    samples_remove(teacher=teacher)
    after = world.fingerprint()
    assert [table for table in after if after[table] != before[table] and table not in kept] == []
    assert not samples_are_there(teacher)


def test_taken_away_they_can_come_again(samples):
    samples_remove(teacher=samples)
    samples_remove(teacher=samples)
    samples_add(teacher=samples)
    assert Span.objects.count() == 204


def test_undone_steps_of_the_teacher_go_too(samples):
    exercise = tried()
    member = exercise.classroom.memberships.get(user=samples)
    reading = reading_start(exercise=exercise, article=exercise.articles.get(), member=member)
    made = saving.add(reading)
    removal = saving.operation(reading, "delete", made.span, undoes=made.operation)
    saving.apply(reading, removal)
    samples_remove(teacher=samples)
    assert not samples_are_there(samples)


def test_another_persons_reading_keeps_the_class(samples):
    exercise = tried()
    guest = member_add(classroom=exercise.classroom, user=factories.user("guest"), is_reader=True)
    reading_start(exercise=exercise, article=exercise.articles.get(), member=guest)
    before = world.fingerprint()
    with pytest.raises(RuleError) as refused:
        samples_remove(teacher=samples)
    assert refused.value.code == "somebody_read"
    assert world.fingerprint() == before


def test_an_exercise_of_ones_own_keeps_the_class(samples):
    exercise_add(
        classroom=tried().classroom, created_by=samples, title="Mine", articles=[factories.article(samples)],
        codebook_version=factories.codebook(),
    )  # fmt: skip
    before = world.fingerprint()
    with pytest.raises(RuleError) as refused:
        samples_remove(teacher=samples)
    assert refused.value.code == "own_exercise"
    assert world.fingerprint() == before


def test_an_article_read_elsewhere_stays_as_the_teachers_own(samples):
    article = Article.objects.get(title__startswith="Our bins", owner=samples)
    room = factories.classroom(samples, name="Class 9B")
    exercise = factories.exercise(room, [article])
    pupil = factories.reader(room)
    saving.add(reading_start(exercise=exercise, article=article, member=pupil))
    samples_remove(teacher=samples)
    article.refresh_from_db()
    assert not article.is_sample
    assert Span.objects.count() == 1
    assert Article.objects.filter(owner=samples).count() == 1


def test_an_article_that_was_corrected_stays(samples):
    article = Article.objects.get(title__startswith="Our bins", owner=samples)
    article_store(owner=samples, title="Corrected", blocks=[("paragraph", "Corrected.")], replaces=article)
    samples_remove(teacher=samples)
    article.refresh_from_db()
    assert not article.is_sample


def test_a_described_or_deleted_sample_goes_as_well(samples):
    article = Article.objects.get(title__startswith="Our bins", owner=samples)
    article_describe(article=article, facts=Facts(title="Renamed"))
    samples_remove(teacher=samples)
    assert not Article.objects.filter(owner=samples).exists()


def test_a_pupil_of_the_class_who_never_read_loses_nothing_but_the_class(samples):
    exercise = tried()
    guest = factories.user("guest")
    member_add(classroom=exercise.classroom, user=guest, is_reader=True)
    samples_remove(teacher=samples)
    assert User.objects.filter(pk=guest.pk).exists()
    assert not Membership.objects.filter(user=guest).exists()


def test_an_exercise_of_the_sample_can_be_walked_to_its_end(samples):
    exercise = exercise_move(exercise=tried(), phase=Phase.CLOSED)
    assert Counter(exercise.readings.values_list("state", flat=True)) == {"submitted": 3, "collected": 1}
    for phase in [Phase.REVEALED, Phase.WRAPPED_UP, Phase.ARCHIVED]:
        exercise = exercise_move(exercise=exercise, phase=phase)
    samples_remove(teacher=samples)
    assert not samples_are_there(samples)
