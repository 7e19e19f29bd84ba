"""Saving highlights: every operation, every refusal, repeats and history."""

import uuid

import pytest

from annotator.models import CodebookVersion, Label, Phase, Reading, Span, SpanOperation
from annotator.services.readings import reading_hand_in
from annotator.services.spans import operations_apply
from tests import factories
from tests.services.saving import add, apply, code, operation, state

pytestmark = pytest.mark.django_db


def test_a_highlight_is_stored_with_its_words_and_its_history(reading):
    outcome = add(reading)
    span = Span.objects.get()
    assert (outcome.is_made, outcome.number, outcome.version) == (True, 1, 1)
    assert (span.quote, span.label.slug, span.number) == (reading.article.text[28:50], "claim", 1)
    row = SpanOperation.objects.get()
    assert (row.kind, row.before, row.after) == ("add", {}, {"label": "claim", "start": 28, "end": 50})
    assert (row.actor, row.span, row.reading) == (reading.member, span, reading)


def test_doing_nothing_is_answered_with_nothing_and_stores_nothing(reading):
    add(reading)
    before = state(reading)
    applied = operations_apply(reading=reading, operations=[])
    assert (applied.outcomes, applied.bench.blocks, applied.bench.spans, applied.bench.touched) == ([], [], {}, set())
    assert applied.bench.counts["claim"] == 1
    assert state(reading) == before


def test_every_kind_of_change_is_noted_with_before_and_after(reading):
    span = add(reading).span
    apply(reading, operation(reading, "relabel", span, label="opinion"))
    apply(reading, operation(reading, "move", span, start=30, end=60))
    apply(reading, operation(reading, "detail", span, details={"note": " Whose model? ", "confidence": 1}))
    apply(reading, operation(reading, "delete", span))
    apply(reading, operation(reading, "restore", span))
    changes = [(row.kind, row.before, row.after) for row in SpanOperation.objects.order_by("pk")[1:]]
    assert changes == [
        ("relabel", {"label": "claim"}, {"label": "opinion"}),
        ("move", {"start": 28, "end": 50}, {"start": 30, "end": 60}),
        ("detail", {"note": "", "confidence": None}, {"note": "Whose model?", "confidence": 1}),
        ("delete", {}, {}),
        ("restore", {}, {}),
    ]
    saved = Span.objects.get()
    assert (saved.label.slug, saved.start, saved.end, saved.note, saved.confidence) == (
        "opinion",
        30,
        60,
        "Whose model?",
        1,
    )
    assert (saved.quote, saved.version, saved.deleted_at) == (reading.article.text[30:60], 6, None)


def test_a_repeated_operation_answers_as_before_and_changes_nothing(reading):
    key, span = uuid.uuid4(), uuid.uuid4()
    first = add(reading, uuid=key, span=span)
    before = state(reading)
    again = add(reading, uuid=key, span=span)
    assert (again.number, again.version, again.refusal) == (first.number, first.version, None)
    assert again.is_repeat
    assert state(reading) == before


def test_a_reading_read_long_ago_is_brought_up_to_date_before_it_is_written(reading):
    stale = Reading.objects.get(pk=reading.pk)
    add(reading)
    outcome = add(stale, 60, 70)
    assert (outcome.number, Reading.objects.get().version) == (2, 2)
    Reading.objects.update(state="submitted", submitted_at=factories.NOON)
    assert code(add(stale, 80, 90)) == "handed_in"


def test_a_repeat_after_handing_in_still_answers_as_saved(reading):
    key, span = uuid.uuid4(), uuid.uuid4()
    add(reading, uuid=key, span=span)
    reading_hand_in(reading=reading)
    assert add(reading, uuid=key, span=span).is_repeat


def test_the_same_highlight_under_another_operation_is_not_made_twice(reading):
    span = uuid.uuid4()
    add(reading, span=span)
    assert add(reading, span=span).is_repeat
    assert Span.objects.count() == 1


def test_a_highlights_uuid_cannot_be_used_for_other_words(reading):
    span = uuid.uuid4()
    add(reading, span=span)
    before = state(reading)
    assert code(add(reading, 60, 70, span=span)) == "taken"
    assert state(reading) == before


@pytest.mark.parametrize("kind", ["add", "relabel", "move", "detail", "delete", "restore"])
def test_another_readings_highlight_is_as_unknown_as_none(reading, kind):
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    theirs = add(other).span
    before = state(other)
    fields = {"label": "claim"} if kind in {"add", "relabel"} else {}
    extent = {"start": 28, "end": 50} if kind in {"add", "move"} else {}
    [mine] = apply(reading, operation(reading, kind, theirs, **fields, **extent))
    assert (code(mine), mine.number, mine.version) == ("unknown_span", 0, 0)
    if kind != "add":
        [none] = apply(reading, operation(reading, kind, uuid.uuid4(), **fields, **extent))
        assert (code(none), str(none.refusal)) == (code(mine), str(mine.refusal))
    assert state(other) == before


def test_another_readings_operation_uuid_is_free_to_use(reading):
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    key = uuid.uuid4()
    add(other, uuid=key)
    assert add(reading, uuid=key).is_made


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"start": -1, "end": 5}, "out_of_range"),
        ({"start": 9, "end": 9}, "out_of_range"),
        ({"start": 9, "end": 5}, "out_of_range"),
        ({"start": 28, "end": 10**9}, "out_of_range"),
        ({"start": 10**30, "end": 10**31}, "out_of_range"),
        ({"quote_start": "the eastquay lantern f"}, "quote_mismatch"),
        ({"quote_end": ""}, "quote_mismatch"),
        ({"quote_end": "\ud800"}, "quote_mismatch"),
        ({"start": 26, "end": 28}, "blank"),
        ({"label": "lie"}, "no_label"),
        ({"label": ""}, "no_label"),
    ],
)
def test_a_wrong_highlight_is_refused_and_nothing_is_stored(reading, fields, expected):
    before = state(reading)
    asked = {"start": 28, "end": 50, "label": "claim"} | fields
    [outcome] = apply(reading, operation(reading, "add", uuid.uuid4(), **asked))
    assert code(outcome) == expected
    assert str(outcome.refusal).endswith(".")
    assert state(reading) == before


def test_a_tag_of_another_codebook_is_unknown_here(reading):
    other = CodebookVersion.objects.create(codebook=reading.exercise.codebook_version.codebook, number=2, title="Next")
    Label.objects.create(version=other, slug="question", name="Question", letter="Q", position=1)
    assert code(add(reading, label="question")) == "no_label"


def test_a_retired_tag_is_kept_but_not_given_again(reading):
    span = add(reading, label="opinion").span
    reading.exercise.codebook_version.labels.filter(slug="opinion").update(is_retired=True)
    assert code(add(reading, 60, 70, label="opinion")) == "retired_label"
    [moved] = apply(reading, operation(reading, "move", span, start=28, end=40))
    assert moved.refusal is None


def test_the_same_words_and_tag_twice_are_refused(reading):
    add(reading)
    before = state(reading)
    assert code(add(reading)) == "twice"
    assert state(reading) == before


def test_moving_relabelling_or_restoring_onto_a_taken_place_is_refused(reading):
    gone = add(reading).span
    apply(reading, operation(reading, "delete", gone))
    add(reading)
    other = add(reading, label="opinion").span
    third = add(reading, 60, 70).span
    before = state(reading)
    assert code(apply(reading, operation(reading, "restore", gone))[0]) == "twice"
    assert code(apply(reading, operation(reading, "relabel", other, label="claim"))[0]) == "twice"
    assert code(apply(reading, operation(reading, "move", third, start=28, end=50))[0]) == "twice"
    assert state(reading) == before


@pytest.mark.parametrize(
    ("rule", "label", "expected"),
    [("allowed", "claim", ""), ("different_labels", "claim", "overlap"), ("different_labels", "opinion", ""),
     ("none", "opinion", "overlap")],
)  # fmt: skip
def test_the_codebooks_overlap_rule_holds(reading, rule, label, expected):
    CodebookVersion.objects.update(overlap=rule)
    add(reading, 28, 50)
    assert code(add(reading, 40, 60, label=label)) == expected


def test_boilerplate_over_other_tags_gets_a_hint_not_a_refusal(reading):
    add(reading)
    outcome = add(reading, 40, 60, label="boilerplate")
    assert outcome.is_made
    assert "Boilerplate" in outcome.hint
    assert add(reading, 70, 80).hint == ""


def test_a_deleted_highlight_is_hidden_and_comes_back_as_it_was(reading):
    span = add(reading).span
    before = Span.objects.values().get()
    apply(reading, operation(reading, "delete", span))
    assert Span.objects.current().count() == 0
    apply(reading, operation(reading, "restore", span))
    after = Span.objects.values().get()
    assert {**after, "version": 1, "updated_at": before["updated_at"]} == before


@pytest.mark.parametrize(
    ("kind", "fields"), [("relabel", {"label": "opinion"}), ("detail", {"details": {"note": "x"}})]
)
def test_a_deleted_highlight_cannot_be_changed(reading, kind, fields):
    span = add(reading).span
    apply(reading, operation(reading, "delete", span))
    before = state(reading)
    assert code(apply(reading, operation(reading, kind, span, **fields))[0]) == "deleted"
    assert state(reading) == before


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("relabel", {"label": "claim"}), ("move", {"start": 28, "end": 50}), ("detail", {"details": {"note": ""}}),
     ("restore", {})],
)  # fmt: skip
def test_asking_for_what_is_already_so_stores_nothing(reading, kind, fields):
    span = add(reading).span
    before = state(reading)
    [outcome] = apply(reading, operation(reading, kind, span, **fields))
    assert outcome.refusal is None
    assert state(reading) == before


def test_operations_go_in_order_and_one_refusal_stops_no_other(reading):
    one, two = uuid.uuid4(), uuid.uuid4()
    outcomes = apply(
        reading,
        operation(reading, "add", one, start=28, end=50, label="claim"),
        operation(reading, "add", two, start=28, end=50, label="claim"),
        operation(reading, "relabel", one, label="opinion"),
        operation(reading, "add", two, start=28, end=50, label="claim"),
        operation(reading, "delete", one),
    )
    assert [code(outcome) for outcome in outcomes] == ["", "twice", "", "", ""]
    assert list(Span.objects.current().values_list("uuid", "number")) == [(two, 2)]


def test_an_undo_names_what_it_takes_back_even_within_one_request(reading):
    add_key, span = uuid.uuid4(), uuid.uuid4()
    apply(
        reading,
        operation(reading, "add", span, uuid=add_key, start=28, end=50, label="claim"),
        operation(reading, "delete", span, undoes=add_key),
    )
    assert SpanOperation.objects.get(kind="delete").undoes.uuid == add_key


def test_what_was_so_already_can_be_undone_though_nothing_was_stored_of_it(reading):
    span = add(reading).span
    apply(reading, operation(reading, "delete", span))
    again = operation(reading, "delete", span)
    apply(reading, again)
    back = operation(reading, "restore", span, undoes=again.uuid)
    [outcome], [repeat] = apply(reading, back), apply(reading, back)
    assert (code(outcome), repeat.is_repeat, Span.objects.current().count()) == ("", True, 1)
    assert SpanOperation.objects.get(kind="restore").undoes is None


def test_what_is_refused_cannot_be_undone_in_the_same_request(reading):
    span = add(reading).span
    before = state(reading)
    wrong = operation(reading, "relabel", span, label="lie")
    undo = operation(reading, "relabel", span, label="opinion", undoes=wrong.uuid)
    redo = operation(reading, "relabel", span, label="opinion", undoes=undo.uuid)
    assert [code(outcome) for outcome in apply(reading, wrong, undo, redo)] == ["no_label", "no_undo", "no_undo"]
    assert state(reading) == before


def test_the_first_saved_mark_freezes_the_codebook_and_a_refused_one_does_not(reading):
    version = reading.exercise.codebook_version
    CodebookVersion.objects.filter(pk=version.pk).update(frozen_at=None)
    add(reading, label="lie")
    version.refresh_from_db()
    assert version.frozen_at is None
    add(reading)
    version.refresh_from_db()
    frozen = version.frozen_at
    assert frozen is not None
    add(reading, 60, 70)
    version.refresh_from_db()
    assert version.frozen_at == frozen


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.ARCHIVED])
def test_nothing_is_saved_before_the_opening_and_in_the_archive(reading, phase):
    type(reading.exercise).objects.update(phase=phase)
    before = state(reading)
    outcome = add(reading)
    assert code(outcome) == "not_open"
    assert str(outcome.refusal).endswith(".")
    assert state(reading) == before


def test_a_second_round_is_written_while_revising_only(reading):
    later = factories.reading(reading.exercise, reading.member, round=2)
    assert code(add(later)) == "not_open"
    type(reading.exercise).objects.update(phase=Phase.REVISING)
    assert add(later).is_made


@pytest.mark.parametrize(("value", "expected"), [("submitted", "handed_in"), ("collected", "collected")])
def test_a_closed_reading_stays_as_it_is(reading, value, expected):
    Reading.objects.update(state=value, submitted_at=factories.NOON)
    before = state(reading)
    assert code(add(reading)) == expected
    assert state(reading) == before


def test_offsets_count_code_points_beyond_the_first_plane(reading):
    text = "👩‍👩‍👧 and 𝔘𝔫𝔦 said\n\n𝔄 second block"
    article = factories.article(reading.article.owner, text=text, title="Signs")
    mine = factories.reading(factories.exercise(reading.exercise.classroom, [article]), reading.member)
    start = text.index("𝔘")
    add(mine, start, text.index(" second"))
    assert Span.objects.get(reading=mine).quote == text[start : text.index(" second")]


def test_time_between_saves_counts_unless_it_was_a_break(reading):
    Reading.objects.update(seen_at=factories.NOON)
    add(reading)
    reading.refresh_from_db()
    assert reading.active_seconds == 0
    assert reading.seen_at > factories.NOON


def test_a_save_asks_a_known_number_of_queries(reading, django_assert_num_queries):
    add(reading)
    with django_assert_num_queries(10):
        add(reading, 60, 70)


def test_queries_do_not_grow_with_the_highlights_there(reading, django_assert_num_queries):
    for start in range(28, 100, 2):
        factories.span(reading, start, start + 20, "opinion")
    add(reading)
    with django_assert_num_queries(10):
        add(reading, 60, 70)
