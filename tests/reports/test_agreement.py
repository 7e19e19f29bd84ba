"""Figures from the database: the same digits as the command line gives for the exported files, and who counts."""

from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.agreement import reasons
from annotator.domain.errors import RuleError
from annotator.domain.offsets import nonspace_offsets
from annotator.models import AgreementPairs, AgreementRow, Exercise, Membership, Phase, Reading, ReadingState, Span
from annotator.models.counted import weighed
from annotator.reports import agreement
from annotator.reports.agreement import (
    agreement_of_article,
    agreement_of_classroom,
    agreement_of_corpus,
    agreement_of_exercise,
)
from annotator.reports.agreement_pairs import pair_of, pairs_of, pairs_with_key
from annotator.reports.agreement_passages import divided_of, heat_of
from annotator.services.agreement import agreement_refresh
from annotator.services.samples import samples_add
from tests import factories
from tests.reports import agreeing

pytestmark = pytest.mark.django_db


def numbers(found, pairs):
    """The report's figures in the shape of the command's JSON."""
    undefined = {}

    def value(path, figure):
        if figure.value is None:
            undefined[path] = figure.reason
        return figure.value

    out = {
        "documents": found.articles,
        "annotators": found.readers,
        "alpha": {name: value(f"alpha.{name}", each) for name, each in found.together.items()}
        | {"per_label": {name: value(f"alpha.per_label.{name}", each) for name, each in found.per_label.items()}},
        "u_alpha": value("u_alpha", found.u_alpha),
        "f1": {name: value(f"f1.{name}", each) for name, each in pairs.mean.items()},
        "pairs": [],
        "split": (asdict(found.split) if found.split else dict.fromkeys(["missed", "boundary", "label"]))
        | {"of": "nominal_set"},
    }
    for each in pairs.pairs:
        path = f"pairs[a={each.a},b={each.b},label={each.label or 'null'}]"
        out["pairs"].append(
            {"a": each.a, "b": each.b, "label": each.label, "kappa": value(f"{path}.kappa", each.kappa)}
            | {f"f1_{name}": value(f"{path}.f1_{name}", each.f1[name]) for name in ("exact", "overlap", "char")}
        )
    if found.split is None:
        undefined |= dict.fromkeys(
            ["split.missed", "split.boundary", "split.label"], found.together["nominal_set"].reason
        )
    return out | {"undefined": undefined}


def same_as_command(work, folder, number=1):
    expected = agreeing.by_command([work], folder, number)
    expected.pop("spans")
    assert numbers(agreement_of_exercise(work, number), pairs_of(work, number)) == expected
    return expected


def test_the_sample_class_gives_the_digits_of_its_exported_files(tmp_path):
    teacher = factories.teacher()
    samples_add(teacher=teacher)
    work = Exercise.objects.get(is_sample=True, phase=Phase.REVEALED)
    found = same_as_command(work, tmp_path)
    # The row that closing kept was used: the very same figures once more from scratch.
    assert AgreementRow.objects.filter(exercise=work).count() == 1
    AgreementRow.objects.all().delete()
    assert same_as_command(work, tmp_path) == found
    assert found["annotators"] == work.readings.filter(is_key=False).counted().count()
    assert found["undefined"].keys().isdisjoint({"alpha.any", "alpha.nominal_set", "f1.overlap"})


@pytest.mark.parametrize(("readers", "labels"), [(2, None), (30, None), (2, 2), (7, 12), (12, 2)])
def test_a_class_gives_the_digits_of_its_exported_files(readers, labels, tmp_path):
    work = agreeing.read_class(readers, labels=labels, articles=3)
    found = same_as_command(work, tmp_path)
    assert len(found["alpha"]["per_label"]) == (labels or 4)
    agreement_refresh(exercise=work)
    assert same_as_command(work, tmp_path) == found


def test_codes_may_come_in_any_order(tmp_path):
    work = agreeing.read_class(6)
    # Joined in this order; as text r100 stands before r98 and r99.
    for member, number in zip(
        work.classroom.memberships.readers().order_by("pk"), [99, 3, 100, 98, 2, 101], strict=True
    ):
        Membership.objects.filter(pk=member.pk).update(code_number=number)
    found = same_as_command(work, tmp_path)
    assert [pair["a"] for pair in found["pairs"]] == sorted(pair["a"] for pair in found["pairs"])


def test_rounds_are_never_pooled(tmp_path):
    work = agreeing.read_class(6, phase=Phase.REVISING)
    agreeing.second_round(work)
    agreement_refresh(exercise=work)
    first, second = (same_as_command(work, tmp_path, number) for number in (1, 2))
    assert first["alpha"]["any"] != second["alpha"]["any"]
    assert second["documents"] == 1


def test_a_corpus_gives_the_digits_of_all_its_files_together(tmp_path):
    works = [agreeing.read_class(readers) for readers in (2, 3, 5)]
    expected = agreeing.by_command(works, tmp_path)
    [found] = agreement_of_corpus(Exercise.objects.filter(pk__in=[work.pk for work in works]))
    assert {name: each.value for name, each in found.found.together.items()} == {
        name: value for name, value in expected["alpha"].items() if name != "per_label"
    }
    assert asdict(found.found.split) | {"of": "nominal_set"} == expected["split"]
    assert (found.exercises, found.found.articles) == (3, 6)


def test_a_corpus_keeps_codebooks_apart_and_leaves_samples_and_blind_exercises_out():
    teacher = factories.teacher()
    samples_add(teacher=teacher)
    works = [agreeing.read_class(2), agreeing.read_class(3, labels=2), agreeing.read_class(2, phase=Phase.OPEN)]
    found = agreement_of_corpus([*works, *Exercise.objects.filter(is_sample=True)])
    assert [(each.codebook_version, each.exercises) for each in found] == [
        (works[0].codebook_version, 1),
        (works[1].codebook_version, 1),
    ]
    assert [each.found.readers for each in found] == [2, len(readers_of(works[1]))]


def readers_of(work):
    return set(work.readings.filter(is_key=False).counted().values_list("member", flat=True))


def test_a_classroom_is_all_its_exercises_that_are_not_blind():
    work = agreeing.read_class(4)
    other = factories.exercise(work.classroom, [agreeing.title(work)], phase=Phase.OPEN)
    factories.reading(other, work.classroom.memberships.readers().first(), **agreeing.SUBMITTED)
    [found] = agreement_of_classroom(work.classroom)
    assert found.found == agreement_of_exercise(work)


def test_who_handed_in_nothing_counts_and_who_was_collected_with_nothing_does_not():
    work = factories.exercise(factories.classroom(owner := factories.teacher()), [factories.article(owner)])
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.CLOSED)
    work.refresh_from_db()
    states = [agreeing.SUBMITTED, agreeing.SUBMITTED, agreeing.COLLECTED, agreeing.COLLECTED, {}]
    readings = [factories.reading(work, factories.reader(work.classroom), **state) for state in states]
    factories.span(readings[0], 28, 50)
    factories.span(readings[3], 28, 50)
    factories.span(readings[4], 28, 50)
    found = agreement_of_exercise(work)
    # Three count: 28-50 marked by two of them and left blank by the third.
    assert (found.readers, found.spans) == (3, 2)
    assert set(readers_of(work)) == {each.member_id for each in (readings[0], readings[1], readings[3])}
    n, marked = 3 * work.articles.first().length_nonspace, 2 * 19
    # text[28:50] is "The Eastquay lantern f": 19 letters; each pair that differs counts from both sides, over m - 1.
    assert found.headline.value == pytest.approx(
        1 - (n - 1) * (2 * 2 * 19 / 2) / (2 * marked * (n - marked)), abs=1e-14
    )


def test_white_space_weighs_nothing():
    work = factories.exercise(factories.classroom(owner := factories.teacher()), [factories.article(owner)])
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.CLOSED)
    work.refresh_from_db()
    one, other = (factories.reading(work, factories.reader(work.classroom), **agreeing.SUBMITTED) for _each in "ab")
    factories.span(one, 28, 40)
    factories.span(other, 28, 41)
    assert work.articles.first().text[40] == " "
    assert agreement_of_exercise(work).headline.value == 1


@pytest.mark.parametrize(
    ("states", "marks", "reason"),
    [
        ([agreeing.SUBMITTED], 1, reasons.SECOND_READER),
        ([agreeing.SUBMITTED, agreeing.COLLECTED], 1, reasons.SECOND_READER),
        ([agreeing.SUBMITTED, agreeing.SUBMITTED], 0, reasons.NOTHING_MARKED),
    ],
)
def test_what_is_undefined_has_its_reason_and_no_number(states, marks, reason):
    work = factories.exercise(factories.classroom(owner := factories.teacher()), [factories.article(owner)])
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.CLOSED)
    work.refresh_from_db()
    readings = [factories.reading(work, factories.reader(work.classroom), **state) for state in states]
    for each in range(marks):
        factories.span(readings[0], 28 + each, 50)
    for found in (agreement_of_exercise(work), agreement_of_article(work, work.articles.first())):
        assert (found.headline.value, found.headline.reason) == (None, reason)
        assert found.split is None
    # A label says that it is not used only where there is something to compare.
    assert found.per_label["opinion"].reason == (reasons.NOT_USED if len(states) == 2 and not marks else reason)


def test_a_figure_on_few_spans_and_one_of_few_articles_say_so():
    work = agreeing.read_class(2, spans=2)
    Span.objects.filter(reading__round=1, reading__exercise=work).update(deleted_at=factories.NOON)
    first, second = work.readings.filter(round=1, article=agreeing.title(work)).order_by("pk")
    factories.span(first, 28, 60)
    factories.span(second, 30, 60)
    found = agreement_of_exercise(work)
    assert (found.headline.caution, found.headline.spans) == (agreement.TOO_FEW, 2)
    for start in range(70, 100, 8):
        factories.span(first, start, start + 5)
    found = agreement_of_exercise(work)
    assert (found.headline.caution, found.headline.no_interval) == (reasons.TOO_EARLY, reasons.TOO_EARLY)
    assert found.headline.interval is None


def test_five_articles_have_an_interval_over_articles():
    work = agreeing.read_class(8, articles=6)
    found = agreement_of_exercise(work)
    interval = found.headline.interval
    assert interval.low <= found.headline.value <= interval.high
    assert interval.is_rough
    assert found.headline == agreement_of_exercise(work).headline


def test_one_article_has_an_interval_over_its_sentences_and_an_exercise_of_one_has_the_same_figures(tmp_path):
    work = agreeing.read_class(8, articles=1)
    text = agreeing.title(work)
    block = text.blocks.get(number=2)
    block.sentences = [block.start, block.start + 30, block.start + 60]
    block.save()
    found = agreement_of_article(work, text)
    assert found.within_article
    assert found.headline.interval is not None
    whole = agreement_of_exercise(work)
    assert {name: each.value for name, each in found.together.items()} == {
        name: each.value for name, each in whole.together.items()
    }


def test_the_key_is_in_no_figure_but_those_beside_it():
    work = agreeing.read_class(5, articles=1)
    whole = (agreement_of_exercise(work), pairs_of(work).mean, pairs_of(work).pairs)
    beside = pairs_with_key(work)
    assert {each.b for each in beside.pairs} == {"key"}
    assert len({each.a for each in beside.pairs}) == len(readers_of(work))
    key = work.readings.get(is_key=True)
    factories.span(key, 40, 90)
    assert (agreement_of_exercise(work), pairs_of(work).mean, pairs_of(work).pairs) == whole
    assert pairs_with_key(work).pairs != beside.pairs
    Reading.objects.filter(pk=key.pk).update(state=ReadingState.OPEN, submitted_at=None)
    assert pairs_with_key(work).pairs == ()


def test_a_reader_who_marked_what_the_key_marks_matches_it_exactly():
    work = agreeing.read_class(2, articles=1)
    member = factories.reader(work.classroom)
    made = factories.reading(work, member, **agreeing.SUBMITTED)
    key = work.readings.get(is_key=True).spans.get()
    factories.span(made, key.start, key.end, key.label.slug)
    [found] = [each for each in pairs_with_key(work).pairs if each.a == member.code and each.label is None]
    assert (found.kappa.value, found.f1["exact"].value) == (1, 1)


def test_two_readers_alone_are_the_pair_they_are_among_all():
    work = agreeing.read_class(6)
    one, other = Membership.objects.filter(pk__in=readers_of(work)).order_by("code_number")[:2]
    found = pair_of(work, one, other)
    codes = tuple(sorted([one.code, other.code]))
    everybody = pairs_of(work)
    assert found.pairs == tuple(each for each in everybody.pairs if (each.a, each.b) == codes)
    assert found.pairs
    for label in (None, "claim", "opinion"):
        assert everybody.of(label) == tuple(each for each in everybody.pairs if each.label == label)


# Runs with the share of pairs that differ; white space at a run's edges is left out.
HEAT = [
    ("Lantern fair moves indoors", 0.0),
    ("The Eastqua", 0.0),
    ("y", 1.0),
    (
        "lantern fair will be held in the market hall, the council said on Monday. Some 900 visitors came last year.",
        0.0,
    ),
    ("It was the best evening of the winter.", 1.0),
    ("Keep the Lantern free for everyone: give 3 crowns a month.", 0.0),
]


def test_heat_and_divided_sentences_stand_at_the_texts_own_offsets():
    work = factories.exercise(factories.classroom(owner := factories.teacher()), [factories.article(owner)])
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.CLOSED)
    work.refresh_from_db()
    text = work.articles.first()
    one, other = (factories.reading(work, factories.reader(work.classroom), **agreeing.SUBMITTED) for _each in "ab")
    start = text.text.index("It was")
    factories.span(one, start, start + 38, "opinion")
    factories.span(one, 28, 39)
    factories.span(other, 28, 40)
    heat = heat_of(work, text)
    # 28-40 is "The Eastquay": the one stopped before its last letter, and marked the fourth sentence alone.
    assert [(text.text[each.start : each.end], each.share) for each in heat] == HEAT
    assert [each.share for each in heat_of(work, text, label="boilerplate")] == [0.0] * len(heat)
    divided = divided_of(work, text)
    assert text.text[divided[0].start : divided[0].end] == "It was the best evening of the winter."
    assert (divided[0].split.missed, divided[0].split.boundary, divided[0].split.label) == (1, 0, 0)
    assert len(divided) == 2


def ask_all(work):
    member = work.classroom.memberships.readers().first()
    text = agreeing.title(work)
    return [
        lambda: agreement_of_exercise(work),
        lambda: agreement_of_article(work, text),
        lambda: pairs_of(work),
        lambda: pair_of(work, member, member),
        lambda: pairs_with_key(work),
        lambda: heat_of(work, text),
        lambda: divided_of(work, text),
    ]


def looked(asked):
    """The queries that touched readings, spans or kept figures."""
    tables = ("annotator_span", "annotator_reading", "annotator_agreementrow")
    return [each["sql"] for each in asked if any(table in each["sql"] for table in tables)]


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN])
def test_while_it_is_blind_nothing_is_computed_and_nothing_looked_at(phase):
    work = agreeing.read_class(4, phase=phase)
    for ask in ask_all(work):
        with (
            CaptureQueriesContext(
                connection,
            ) as asked,
            pytest.raises(RuleError) as refused,
        ):
            ask()
        assert refused.value.code == "blind"
        assert looked(asked) == []
    with CaptureQueriesContext(connection) as asked:
        assert agreement_of_classroom(work.classroom) == ()
        assert agreement_of_corpus([work]) == ()
    assert looked(asked) == []
    agreement_refresh(exercise=work)
    assert not AgreementRow.objects.exists()
    assert not AgreementPairs.objects.exists()


def test_the_number_of_queries_is_known_whatever_was_read(django_assert_num_queries):
    small, large = agreeing.read_class(2, articles=1), agreeing.read_class(20, articles=5)
    for work in (small, large):
        asked = [7, 6, 8, 8, 9, 5, 5]
        for ask, number in zip(ask_all(work), asked, strict=True):
            with django_assert_num_queries(number):
                ask()
        agreement_refresh(exercise=work)
        with django_assert_num_queries(3):
            agreement_of_exercise(work)
        with django_assert_num_queries(4):
            pairs_of(work)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_the_weight_before_each_offset_is_what_exports_count_without_white_space(text):
    assert weighed(text).tolist() == list(nonspace_offsets(text))
