"""The heat of a tag over an article: shares counted by hand, levels, blocks whole, and nothing of a few readers."""

import pytest
from django.utils import timezone

from annotator.domain.errors import RuleError
from annotator.models import Classroom, Exercise, Phase, ReadingState
from annotator.reports.heat_map import heat_map, level
from annotator.reports.projector_heat import heat_key, united
from tests import factories

pytestmark = pytest.mark.django_db
SENTENCE = "Some 900 visitors came last year."


@pytest.fixture
def lesson():
    teacher = factories.teacher("marit")
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.REVEALED)


@pytest.fixture
def article(lesson):
    return lesson.articles.get()


def read(lesson, *marks, state=ReadingState.SUBMITTED):
    """One reader who marks each of the quotes with its label."""
    made = factories.reading(lesson, factories.reader(lesson.classroom), state=state, submitted_at=timezone.now())
    for quote, label in marks:
        start = made.article.text.index(quote)
        factories.span(made, start, start + len(quote), label)
    return made


def warm(found):
    """The marked stretches with their levels."""
    return [(piece.text, piece.level) for block in found.blocks for piece in block.pieces if piece.level]


def test_shares_are_counted_per_reader_and_cut_where_they_change(lesson, article):
    for quote in (SENTENCE, SENTENCE, "Some 900 visitors", "Some 900 visitors"):
        read(lesson, (quote, "claim"))
    read(lesson)
    found = heat_map(lesson, article, "claim")
    assert (found.readers, found.most, found.quote) == (5, 4, "Some 900 visitors")
    assert warm(found) == [("Some 900 visitors", 5), (" came last year.", 2)]
    assert [block.most for block in found.blocks] == [0, 4, 0, 0]


def test_the_pieces_of_each_block_join_to_its_text(lesson, article):
    for quote in (SENTENCE, "900", "the council said on Monday. Some 900"):
        read(lesson, (quote, "claim"), ("best evening", "opinion"))
    for _ in range(2):
        read(lesson, (f"{SENTENCE}\n\nIt was", "claim"))
    found = heat_map(lesson, article, "claim")
    texts = [article.text[block.start : block.end] for block in article.blocks.order_by("number")]
    assert ["".join(piece.text for piece in block.pieces) for block in found.blocks] == texts
    assert ("It was", 2) in warm(found)


def test_a_label_lies_apart_from_the_others_and_overlaps_of_one_reader_count_once(lesson, article):
    for _ in range(5):
        read(lesson, ("Some 900", "claim"), ("900 visitors", "claim"), ("Some 900 visitors", "opinion"))
    assert warm(heat_map(lesson, article, "claim")) == [("Some 900 visitors", 5)]
    assert warm(heat_map(lesson, article, "opinion")) == [("Some 900 visitors", 5)]
    assert warm(heat_map(lesson, article, "boilerplate")) == []


def test_where_the_level_stays_nothing_is_cut_and_the_space_between_two_marks_is_theirs(lesson, article):
    for quotes in (("Some 900", "visitors"), ("Some 900", "visitors"), ("visitors", "last year.")):
        read(lesson, *((each, "claim") for each in quotes))
    for _ in range(7):
        read(lesson)
    # Two of ten, three of ten, and one of ten: levels 1, 2 and 1.
    assert warm(heat_map(lesson, article, "claim")) == [("Some 900 ", 1), ("visitors", 2), ("last year.", 1)]
    read(lesson, ("Some 900", "claim"), ("came", "claim"))
    for _ in range(2):
        read(lesson)
    # Three, three, one and one of thirteen.
    assert warm(heat_map(lesson, article, "claim")) == [("Some 900 visitors came last year.", 1)]


def test_late_and_deleted_highlights_are_not_in_it(lesson, article):
    for _ in range(5):
        made = read(lesson, ("Some 900", "claim"), ("best", "claim"))
        made.spans.filter(quote="best").update(is_late=True)
        made.spans.filter(quote="Some 900").update(deleted_at=timezone.now())
    assert warm(heat_map(lesson, article, "claim")) == []


def test_four_readings_show_nothing_at_all_and_a_team_shows_two(lesson, article):
    for _ in range(4):
        read(lesson, (SENTENCE, "claim"))
    hidden = heat_map(lesson, article, "claim")
    assert (hidden.is_hidden, hidden.blocks, hidden.quote, hidden.most) == (True, [], "", 0)
    Classroom.objects.update(kind=Classroom.Kind.TEAM)
    assert not heat_map(Exercise.objects.get(), article, "claim").is_hidden


def test_while_it_is_blind_nothing_is_counted(lesson, article):
    Exercise.objects.update(phase=Phase.OPEN)
    with pytest.raises(RuleError):
        heat_map(Exercise.objects.get(), article, "claim")


def test_a_long_quote_ends_at_a_word(lesson, article):
    long = "The Eastquay lantern fair will be held in the market hall, the council said on Monday."
    for _ in range(5):
        read(lesson, (long, "claim"))
    assert heat_map(lesson, article, "claim").quote == (
        "The Eastquay lantern fair will be held in the market hall, the …"
    )


@pytest.mark.parametrize(
    ("part", "readers", "expected"),
    [(1, 28, 1), (6, 24, 2), (9, 20, 3), (13, 20, 4), (4, 5, 5), (28, 28, 5), (249, 1000, 1), (799, 1000, 4)],
)
def test_levels_begin_at_25_45_65_and_80_percent(part, readers, expected):
    assert level(part, readers) == expected


def test_the_key_changes_with_what_counts(lesson, article):
    read(lesson)
    before = heat_key(lesson)
    read(lesson)
    assert heat_key(lesson) != before


def test_a_word_says_how_united_the_class_is(lesson, article):
    for _ in range(6):
        read(lesson, (SENTENCE, "claim"), ("It was the best evening of the winter.", "opinion"))
    assert united(lesson, article) in {"very", ""}
