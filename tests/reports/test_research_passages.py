"""The sentences behind two readers, or behind one among all others."""

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Exercise, Membership, Phase
from annotator.reports.research_passages import Asked, passages_of
from tests import factories
from tests.reports.agreeing import SUBMITTED, read_class, second_round

pytestmark = pytest.mark.django_db

TEXT = "Ferry\n\nIlse Varga said it is late.\n\nA shame.\n\nGive 3 crowns."


@pytest.fixture
def work() -> Exercise:
    """Three readers; the third left all blank but one mark of spaces and a word."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher, text=TEXT, title="Ferry")], phase=Phase.CLOSED)
    marks = [
        [("Ilse Varga said", "attribution"), ("it is late", "claim"), ("A shame.", "opinion")],
        [("Ilse Varga said", "attribution"), ("it is late.", "claim"), ("A shame.", "claim")],
        [("Ilse", "attribution")],
    ]
    for number, own in enumerate(marks, 1):
        member = factories.reader(room)
        Membership.objects.filter(pk=member.pk).update(code_number=number)
        made = factories.reading(work, member, **SUBMITTED)
        for words, label in own:
            factories.mark(made, words, label)
    return work


def found(work: Exercise, reader: str, other: str = "", tag: str = "", number: int = 1) -> object:
    return passages_of(work, Asked(reader, other, tag, number))


def test_two_readers_differ_where_their_tags_do_the_largest_first(work: Exercise) -> None:
    page = found(work, "r01", "r02")
    assert [(each.paragraph, each.start, each.mass, each.of) for each in page.listed] == [
        (2, TEXT.index("A shame."), 7, 7),
        (1, TEXT.index("Ilse"), 1, 22),
    ]
    assert [round(each.share, 1) for each in page.listed] == [87.5, 12.5]
    assert (page.differing, page.sentences, page.mass, page.length) == (2, 4, 8, 46)
    shown = [[(each.text, each.css) for each in side.pieces] for side in page.listed[0].sides]
    assert shown == [[("A shame.", "tint-3 line-double")], [("A shame.", "tint-1 line-solid")]]
    assert [side.code for side in page.listed[0].sides] == ["r01", "r02"]


def test_under_one_tag_only_that_tag_counts(work: Exercise) -> None:
    assert [each.mass for each in found(work, "r01", "r02", "opinion").listed] == [7]
    assert found(work, "r01", "r02", "attribution").listed == ()
    assert [each.mass for each in found(work, "r02", "r03", "attribution").listed] == [9]


def test_one_reader_beside_all_others_counts_by_their_mean_and_shows_what_all_chose(work: Exercise) -> None:
    page = found(work, "r03")
    assert [(each.start, each.mass) for each in page.listed] == [
        (TEXT.index("Ilse"), (9 + 8 + 9 + 9) / 2),
        (TEXT.index("A shame."), 7.0),
    ]
    chosen = [(each.label.slug if each.label else "", each.readers) for each in page.listed[1].choices]
    assert chosen == [("claim", 1), ("opinion", 1), ("", 1)]
    [side] = page.listed[1].sides
    assert side.is_blank
    assert page.readers == ("r01", "r02")


def test_a_code_that_is_not_compared_has_no_page(work: Exercise) -> None:
    stranger = factories.reader(work.classroom)
    for reader, other in [("r77", ""), ("r01", "r77"), ("r01", "r01"), ("", ""), (stranger.code, "")]:
        assert found(work, reader, other) is None


def test_the_listed_masses_add_up_to_all_that_differs() -> None:
    work = read_class(7, articles=3)
    codes = sorted({each.member.code for each in work.readings.counted().filter(is_key=False, round=1)})
    for one in codes[:3]:
        for other in (*codes[3:], ""):
            page = found(work, one, other)
            assert sum(each.mass for each in page.listed) == pytest.approx(page.mass)
            assert sum(each.share for each in page.listed) == pytest.approx(100 if page.listed else 0)
            text = {each.uuid: each.text for each in work.articles.all()}
            for each in page.listed:
                for side in each.sides:
                    words = "".join(piece.text for piece in side.pieces)
                    assert text[each.article][each.start :].startswith(words)


def test_rounds_are_read_apart(work: Exercise) -> None:
    second_round(work)
    assert found(work, "r01", "r02", number=2).number == 2
    assert found(work, "r01", "r02", number=2).mass == found(work, "r01", "r02").mass


@pytest.mark.proves("S02")
@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN])
def test_while_blind_nothing_is_shown(work: Exercise, phase: str) -> None:
    Exercise.objects.filter(pk=work.pk).update(phase=phase)
    with pytest.raises(RuleError):
        found(Exercise.objects.get(pk=work.pk), "r01", "r02")
