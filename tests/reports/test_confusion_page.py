"""The confusion page's report: whole parts that add up, the passages behind each number, and the form it offers."""

import pytest

from annotator.domain.agreement import reasons
from annotator.domain.errors import RuleError
from annotator.models import Exercise, Phase
from annotator.reports.agreement_confusion import confusion_of_exercise
from annotator.reports.confusion_page import Asked, confusion_page
from annotator.reports.confusion_table import every_cell
from tests import factories
from tests.reports.agreeing import SUBMITTED, read_class

pytestmark = pytest.mark.django_db

# Blanks not counted, two sentences of twenty characters and one of ten.
TEXT = "Aaaaa aaaaa bbbbb bbbb.\n\nCcccc ccccc ddddd dddd.\n\nEeeee eeee."


def two_readers() -> Exercise:
    """One marks A and C as claim, the other A as opinion and C as claim and opinion."""
    teacher = factories.teacher()
    article = factories.article(teacher, text=TEXT, title="Letters")
    work = factories.exercise(factories.classroom(teacher), [article], phase=Phase.CLOSED)
    first = factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
    second = factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
    factories.span(first, 0, 11, "claim")
    factories.span(second, 0, 11, "opinion")
    start = TEXT.index("Ccccc")
    for reading, label in ((first, "claim"), (second, "claim"), (second, "opinion")):
        factories.span(reading, start, start + 11, label)
    return work


def numbers(page):
    """The shown number of every cell that holds something, by its key."""
    cells = [cell for row in page.table.rows for cell in row.cells] + [page.table.blank]
    return {cell.key: cell.number for cell in cells if cell.key}


def test_a_table_of_fifty_characters_is_what_one_counts_by_hand():
    page = confusion_page(two_readers(), Asked())
    # Of 50 characters 10 are claim against opinion, 10 claim with an opinion more, 30 blank.
    assert numbers(page) == {"claim:opinion": 200, "opinion:_more": 200, "_blank:_blank": 600}
    assert (page.table.apart, page.table.labels_apart, page.table.blank.number) == (400, 200, 600)
    assert (page.readers, page.compared, page.reason) == (2, 1, "")


@pytest.mark.parametrize("readers", [2, 7, 12])
def test_the_shown_numbers_add_up_to_a_thousand_and_stay_within_one_of_the_engine_s(readers):
    work = read_class(readers)
    page, exact = confusion_page(work, Asked()), confusion_of_exercise(work)
    cells = [cell for row in page.table.rows for cell in row.cells] + [page.table.blank]
    assert sum(cell.number for cell in cells) == 1000
    for place in every_cell(4):
        a, b = place
        found = exact.cells[a][b] + (exact.cells[b][a] if a != b else 0)
        assert abs(page.table.cells[place].number - found) < 1


def test_the_fullest_meeting_of_two_tags_is_open_at_first():
    page = confusion_page(two_readers(), Asked())
    assert (page.opened.key, page.opened.shown, page.opened.kind) == ("claim:opinion", "200", "labels")
    [passage] = page.opened.passages
    assert (passage.first, passage.last, passage.start, passage.end) == (0, 23, 0, 11)
    assert (passage.share, passage.readers, passage.quote) == (100, 2, "Aaaaa aaaaa")
    assert [(each.label.slug, each.readers) for each in passage.markings] == [("claim", 1), ("opinion", 1)]
    assert "".join(piece.text for piece in passage.pieces) == "Aaaaa aaaaa bbbbb bbbb."
    assert [piece.css.startswith("two ") for piece in passage.pieces] == [True, False]


@pytest.mark.parametrize(
    ("cell", "key"),
    [("opinion:claim", "claim:opinion"), ("opinion:more", "opinion:_more"), ("claim:blank", "claim:_blank"),
     ("claim:rumour", "claim:opinion"), ("claim", "claim:opinion"), ("_more:_more", "claim:opinion"),
     ("claim:opinion:claim", "claim:opinion")],
)  # fmt: skip
def test_an_address_names_a_cell_in_either_order_and_nonsense_names_none(cell, key):
    assert confusion_page(two_readers(), Asked(cell=cell)).opened.key == key


def test_a_place_in_the_text_opens_where_its_sentence_is_split_most():
    work = two_readers()
    article = work.articles.get()
    page = confusion_page(work, Asked(article=article.uuid, at=TEXT.index("ddddd")))
    assert page.opened.key == "opinion:_more"
    agreed = confusion_page(work, Asked(article=article.uuid, at=TEXT.index("Eeeee")))
    assert agreed.opened.key == "claim:opinion"
    assert confusion_page(work, Asked(article=article.uuid, at=999_999)).opened.key == "claim:opinion"


def test_what_never_meets_is_open_with_nothing_behind_it():
    page = confusion_page(two_readers(), Asked(cell="attribution:boilerplate"))
    assert (page.opened.passages, page.opened.shown, page.offer.examples) == ((), "–", ())


@pytest.mark.parametrize("cell", ["claim:opinion", "claim:_blank", "opinion:_more", "claim:claim", "_blank:_blank"])
def test_shares_of_a_cell_add_up_to_a_hundred_over_all_articles(cell):
    page = confusion_page(read_class(9, articles=3), Asked(cell=cell, is_all=True))
    assert page.opened.hidden == 0
    assert sum(each.share for each in page.opened.passages) == (100 if page.opened.passages else 0)
    shares = [each.share for each in page.opened.passages]
    assert shares == sorted(shares, reverse=True)


def test_one_article_alone_has_its_own_table():
    work = read_class(8, articles=2)
    article = work.articles.order_by("places__position")[1]
    page, exact = confusion_page(work, Asked(article=article.uuid)), confusion_of_exercise(work, article=article)
    assert page.article == article
    assert abs(page.table.cells[0, 4].number - 2 * exact.cells[0][4]) < 1
    assert {each.article for each in page.opened.passages} == {article.uuid}


def test_an_article_of_no_exercise_is_none():
    assert confusion_page(two_readers(), Asked(article=factories.article(factories.teacher()).uuid)) is None


def test_an_undefined_table_says_why():
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.CLOSED)
    factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
    assert confusion_page(work, Asked()).reason == reasons.SECOND_READER
    factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
    page = confusion_page(work, Asked(cell="claim:opinion"))
    assert (page.reason, page.table, page.opened) == (reasons.NOTHING_MARKED, None, None)


def test_while_blind_there_is_none():
    work = two_readers()
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.OPEN)
    with pytest.raises(RuleError, match="Until then nobody"):
        confusion_page(Exercise.objects.get(pk=work.pk), Asked())


def test_a_long_sentence_is_shown_around_the_words_that_count():
    long = " ".join(["Words"] * 200)
    teacher = factories.teacher()
    work = factories.exercise(
        factories.classroom(teacher), [factories.article(teacher, text=f"Head\n\n{long}")], phase=Phase.CLOSED
    )
    for label in ("claim", "opinion"):
        factories.span(factories.reading(work, factories.reader(work.classroom), **SUBMITTED), 600, 611, label)
    [passage] = confusion_page(work, Asked()).opened.passages
    shown = "".join(piece.text for piece in passage.pieces)
    assert shown.startswith("… Words")
    assert shown.endswith("Words …")
    assert len(shown) < 430
    assert [piece.text for piece in passage.pieces if piece.css] == ["Words Words"]


def test_the_form_offers_the_cards_of_the_cell():
    work = two_readers()
    both = confusion_page(work, Asked()).offer
    assert [each.value for each in both.cards] == ["claim", "opinion", "both"]
    assert (both.number, both.now, both.is_begun) == (2, 1, False)
    blank = confusion_page(work, Asked(cell="claim:_blank")).offer
    assert [(each.value, each.name) for each in blank.cards] == [("claim", "Claim"), ("none", "Left blank")]
    assert [each.slug for each in blank.cards[1].outs] == ["claim"]
    assert confusion_page(work, Asked(cell="_blank:_blank")).offer is None


def test_more_articles_and_passages_cost_no_more_queries(django_assert_max_num_queries):
    work = read_class(6, articles=3)
    with django_assert_max_num_queries(12):
        confusion_page(work, Asked(is_all=True))
