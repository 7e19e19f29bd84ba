"""The source ledger: whose attributions count, how many words a source has, and what few readers keep to themselves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.domain.errors import RuleError
from annotator.models import Article, Classroom, Exercise, Membership, Phase, Reading, ReadingState
from annotator.reports.sources import articles_shown, ledger
from tests import factories

pytestmark = pytest.mark.django_db

SUBMITTED = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
# A heading, then one sentence a block: 4, 5, 4, 3 and 2 words.
TEXT = (
    "News\n\nAda said trams help.\n\nBut ada said they cost.\n\nOfficials say they run.\n\n"
    "Trams are red.\n\nSubscribe now."
)


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher("rosa"))
    return factories.exercise(room, [factories.article(factories.teacher(), text=TEXT)], phase=Phase.WRAPPED_UP)


def mark(reading: Reading, quote: str, label: str = "attribution", name: str = "", kind: str = "") -> None:
    start = TEXT.index(quote)
    factories.span(reading, start, start + len(quote), label, source_name=name, source_kind=kind)


def read(work: Exercise, *marks: tuple[str, ...], **fields: object) -> Reading:
    made = factories.reading(work, factories.reader(work.classroom), **(SUBMITTED | fields))
    for each in marks:
        mark(made, *each)
    return made


def key(work: Exercise) -> Reading:
    teacher = work.classroom.memberships.get(is_teacher=True)
    made = factories.reading(work, teacher, round=0, is_key=True)
    mark(made, "Ada said", name="Ada Byron", kind="expert")
    mark(made, "ada said", name="ADA Byron", kind="expert")
    mark(made, "Officials say", kind="anonymous")
    mark(made, "Trams are red", "claim")
    mark(made, "they cost", "claim")
    mark(made, "Subscribe now.", "boilerplate")
    return made


def rows(work: Exercise, *, is_teacher: bool = True, asked: str = "") -> list[tuple[str, int, int, int]]:
    found = ledger(work, work.articles.get(), is_teacher=is_teacher, asked=asked)
    return [(row.source.name or row.source.quote, row.times, row.words, row.share) for row in found.rows]


def test_the_keys_sources_have_the_words_of_their_sentences(work: Exercise) -> None:
    key(work)
    found = ledger(work, work.articles.get(), is_teacher=True)
    assert rows(work) == [("Ada Byron", 2, 9, 56), ("Officials say", 1, 4, 25)]
    assert (found.origin, found.words, found.own, found.unnamed) == ("key", 16, 19, 1)
    assert [(part.group, part.share) for part in found.parts] == [("own", 19), ("people", 56), ("unnamed", 25)]
    assert (found.attributions, found.attributed, found.sentences) == (3, 3, 4)


def test_a_claim_without_a_source_is_named_with_its_sentence(work: Exercise) -> None:
    key(work)
    found = ledger(work, work.articles.get(), is_teacher=True)
    assert found.claims == 2
    assert [(each.quote, each.sentence) for each in found.unsourced] == [("Trams are red", TEXT.index("Trams"))]


def test_the_text_is_whole_and_each_sentence_has_its_voice(work: Exercise) -> None:
    key(work)
    blocks = ledger(work, work.articles.get(), is_teacher=True).blocks
    assert ["".join(p.text for run in block.runs for p in run.pieces) for block in blocks] == TEXT.split("\n\n")
    assert [block.runs[0].css for block in blocks] == ["skip", "src", "src", "src", "own", "skip"]
    assert [block.runs[0].sources for block in blocks] == [(), (1,), (1,), (2,), (), ()]


def test_of_the_readers_counts_what_more_than_half_marked(work: Exercise) -> None:
    for _ in range(3):
        read(work, ("Ada said",), ("Officials say",))
    read(work, ("Ada said",))
    read(work)
    # Neither who has not finished nor a second round counts.
    read(work, ("Officials say",), state=ReadingState.OPEN, submitted_at=None)
    read(work, ("Trams are",), round=2)
    assert rows(work) == [("Ada said", 1, 4, 22), ("Officials say", 1, 4, 22)]
    read(work)
    # Three of six are not more than half.
    assert rows(work) == [("Ada said", 1, 4, 22)]


def test_words_that_are_the_same_are_one_source_until_somebody_names_it(work: Exercise) -> None:
    for _ in range(5):
        read(work, ("Ada said",), ("ada said",))
    assert rows(work) == [("Ada said", 2, 9, 50)]


def test_a_name_counts_when_two_readers_gave_it(work: Exercise) -> None:
    read(work, ("Ada said", "attribution", "My secret name", "expert"))
    read(work, ("Ada said", "attribution", "Ada"))
    for _ in range(3):
        read(work, ("Ada said",))
    assert rows(work) == [("Ada said", 1, 4, 22)]
    read(work, ("Ada said", "attribution", "ada"))
    assert rows(work) == [("Ada", 1, 4, 22)]


@pytest.mark.proves("S02")
def test_one_reader_who_names_a_source_twice_is_one(work: Exercise) -> None:
    """Both attributions have the same words, so they are one source before anybody names it."""
    mine = ("attribution", "My secret name", "anonymous")
    read(work, ("Ada said", *mine), ("ada said", *mine))
    for _ in range(4):
        read(work, ("Ada said",), ("ada said",))
    found = ledger(work, work.articles.get(), is_teacher=False)
    assert [(row.source.name, row.source.kind, row.times) for row in found.rows] == [("", "", 2)]
    assert found.unnamed == 0


def test_two_readers_who_name_a_source_in_two_places_are_two(work: Exercise) -> None:
    read(work, ("Ada said", "attribution", "Ada B.", "anonymous"), ("ada said",))
    read(work, ("Ada said",), ("ada said", "attribution", "ada b.", "anonymous"))
    for _ in range(3):
        read(work, ("Ada said",), ("ada said",))
    found = ledger(work, work.articles.get(), is_teacher=False)
    assert [(row.source.name, row.source.kind, row.times) for row in found.rows] == [("Ada B.", "Unnamed", 2)]
    assert found.unnamed == 1


def test_what_three_readers_say_once_outweighs_what_two_say_twice(work: Exercise) -> None:
    for _ in range(2):
        read(work, ("Ada said", "attribution", "", "expert"), ("ada said", "attribution", "", "expert"))
    for _ in range(3):
        read(work, ("Ada said", "attribution", "", "witness"), ("ada said",))
    [row] = ledger(work, work.articles.get(), is_teacher=False).rows
    assert row.source.kind == "Witness"


def test_of_two_kinds_in_the_key_the_one_given_more_often_counts(work: Exercise) -> None:
    made = factories.reading(work, work.classroom.memberships.get(is_teacher=True), round=0, is_key=True)
    mark(made, "Ada said", name="Ada", kind="expert")
    mark(made, "ada said", name="Ada", kind="witness")
    mark(made, "Officials say", name="ada", kind="witness")
    [row] = ledger(work, work.articles.get(), is_teacher=True).rows
    assert (row.source.name, row.source.kind) == ("Ada", "Witness")


def test_a_class_sees_nothing_of_fewer_than_five_readers(work: Exercise) -> None:
    for _ in range(4):
        read(work, ("Ada said",))
    found = ledger(work, work.articles.get(), is_teacher=False)
    assert (found.is_hidden, found.rows, found.blocks, found.words) == (True, [], [], 0)
    assert rows(work) == [("Ada said", 1, 4, 22)]
    Classroom.objects.update(kind=Classroom.Kind.TEAM)
    team = Exercise.objects.get()
    assert not ledger(team, team.articles.get(), is_teacher=False).is_hidden


def test_readers_have_the_key_from_the_wrap_up_on_alone(work: Exercise) -> None:
    key(work)
    article = work.articles.get()
    assert ledger(work, article, is_teacher=False).origin == "key"
    work.phase = Phase.REVEALED
    found = ledger(work, article, is_teacher=False, asked="key")
    assert (found.origin, found.has_key, found.is_hidden) == ("readers", False, True)
    assert ledger(work, article, is_teacher=True).origin == "key"


def test_a_blind_exercise_has_no_ledger(work: Exercise) -> None:
    work.phase = Phase.OPEN
    with pytest.raises(RuleError, match="closed"):
        ledger(work, work.articles.get(), is_teacher=True)


def test_a_reader_sees_the_articles_dealt_to_oneself(work: Exercise) -> None:
    second: Article = factories.article(factories.teacher(), title="Second")
    work.places.create(article=second, position=2)
    member = factories.reader(work.classroom)
    work.distribution = "balanced"
    work.save()
    work.assignments.create(member=member, article=second)
    assert [each.title for each in articles_shown(work, member)] == ["Second"]
    teacher = Membership.objects.get(classroom=work.classroom, is_teacher=True)
    assert len(articles_shown(work, teacher)) == 2


@pytest.mark.parametrize("readers", [5, 12])
def test_it_costs_as_many_queries_however_many_read(work: Exercise, readers: int) -> None:
    for _ in range(readers):
        read(work, ("Ada said", "attribution", "Ada", "expert"))
    article = work.articles.get()
    with CaptureQueriesContext(connection) as asked:
        ledger(work, article, is_teacher=True)
    assert len(asked) == 9
