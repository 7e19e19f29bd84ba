"""What the tags mean: the exercise's own version of the codebook, in words that fit who reads."""

import pytest

from annotator.models import Classroom, CodebookVersion, Label, Reading
from annotator.reports.definitions import cut, definitions, has_marked_before
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    return factories.reading(factories.exercise(room, [factories.article(teacher)]), factories.reader(room))


def fresh(reading):
    rows = Reading.objects.select_related("exercise__classroom", "exercise__codebook_version")
    return rows.get(pk=reading.pk)


def test_a_class_is_told_in_pupils_words_and_a_team_in_the_codebooks(reading):
    [claim, *_others] = definitions(fresh(reading)).tags
    assert claim.text.startswith("It says something about the world.")
    assert (claim.label.question, claim.include[0], claim.exclude[0]) == (
        "Could someone check this?", "numbers and dates", "questions, wishes and orders",
    )  # fmt: skip
    Classroom.objects.update(kind=Classroom.Kind.TEAM)
    assert definitions(fresh(reading)).tags[0].text.startswith("A statement put as fact")


def test_the_order_of_asking_is_the_pocket_cards_five_steps(reading):
    order = definitions(fresh(reading)).order
    assert [words.split("?")[0] for words in order[:4]] == [
        "Would it fit under any story", "Is someone named or implied as the source",
        "Could evidence settle it", "Is it the writer’s verdict, or loaded words",
    ]  # fmt: skip
    assert len(order) == 5


def test_it_is_the_exercises_own_version_with_the_rules_its_class_added(reading):
    old = reading.exercise.codebook_version
    version = CodebookVersion.objects.create(codebook=old.codebook, number=2, parent=old, title="Ours")
    rule = {"text": "Tickets cost 2 crowns.", "marks": ["cost 2 crowns"], "rule": "We mark the price alone."}
    Label.objects.create(version=version, slug="claim", position=1, name="Claim", letter="C", examples=[rule])
    Label.objects.create(version=version, slug="old", position=2, name="Old", letter="X", is_retired=True)
    type(reading.exercise).objects.update(codebook_version=version)
    [claim] = definitions(fresh(reading)).tags
    [example] = claim.examples
    assert (example.rule, example.is_in) == ("We mark the price alone.", True)
    assert [(part.text, part.is_marked) for part in example.parts] == [
        ("Tickets ", False), ("cost 2 crowns", True), (".", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("ab", [], [("ab", False)]),
        ("ab", ["ab"], [("ab", True)]),
        # Each where it comes next, the same words twice.
        ("a b a", ["a", "a"], [("a", True), (" b ", False), ("a", True)]),
        # What is not there, or nothing, is passed over.
        ("a b", ["x", "", "b"], [("a ", False), ("b", True)]),
    ],
)
def test_an_example_is_cut_at_its_marks(text, marks, expected):
    assert [(part.text, part.is_marked) for part in cut(text, marks)] == expected


def test_it_asks_one_query(reading, django_assert_num_queries):
    found = fresh(reading)
    with django_assert_num_queries(1):
        definitions(found)


def test_whoever_has_marked_anything_anywhere_needs_no_first_steps(reading):
    assert not has_marked_before(reading.member.user)
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    factories.span(other, 28, 40)
    assert not has_marked_before(reading.member.user)
    factories.span(reading, 28, 40, deleted_at=factories.NOON)
    assert has_marked_before(reading.member.user)
