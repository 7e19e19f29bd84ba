"""The library: what a search finds, what the filters leave, in which order, and at what cost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator import access
from annotator.models import Article, Membership, Phase
from annotator.reports.library import MOST_SHOWN, STEP, LibraryQuestion, library
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def marit():
    return factories.teacher("marit")


def asked(user, **question):
    return library(
        user,
        access.articles_of(user),
        access.exercises_taught_by(user),
        access.classrooms_taught_by(user),
        LibraryQuestion(**question),
    )


def titles(user, **question):
    return [row.title for row in asked(user, **question).rows]


def colleague_of(user, name):
    """A teacher who teaches a classroom together with `user`."""
    room = factories.classroom(user, name="Together")
    other = factories.teacher(name)
    Membership.objects.create(classroom=room, user=other, is_teacher=True)
    return other


SEARCHES = [
    ("Lantern Fair", "LANTERN"),
    ("Le marché couvert", "marche"),
    ("Le marche\u0301 couvert", "MARCHÉ"),
    ("Паром пойдёт зимой", "паром пойдет"),
    ("Ｆｅｒｒｙ", "ferry"),
    ("Straßenbahn hält", "STRASSENBAHN"),
    ("The council’s plan", "council's"),
    ("13\u00a0miles by bus", "13 miles"),
    ("Who counted the herons?", "herons who"),
    ("100% of 5_000", "100% 5_000"),
]


@pytest.mark.parametrize(("title", "typed"), SEARCHES, ids=[typed for _, typed in SEARCHES])
def test_a_search_finds_a_title_however_it_is_typed(marit, title, typed):
    factories.article(marit, title=title, text="Plain words.")
    factories.article(marit, title="Another story", text="Other words.")
    assert titles(marit, q=typed) == [title]


@pytest.mark.parametrize("typed", ["varga", "echo", "dawn", "ferry varga ECHO dawn", "  dawn   "])
def test_a_search_looks_in_title_publication_author_and_text(marit, typed):
    factories.article(marit, title="Ferry", publication="Tern Bay Echo", author="Ilse Varga", text="It leaves at dawn.")
    factories.article(marit, title="Herons", publication="Saltmere Weekly", author="Bram Tolliver", text="At night.")
    assert titles(marit, q=typed) == ["Ferry"]


@pytest.mark.parametrize("typed", ["ferry herons", "fer_y", "fer%y", "ferryferry", "\\"])
def test_a_search_finds_nothing_where_a_word_is_missing(marit, typed):
    factories.article(marit, title="Ferry", text="It leaves at dawn.")
    found = asked(marit, q=typed)
    assert (found.rows, found.found, found.total) == ([], 0, 1)


def test_a_search_of_a_whole_page_asks_only_for_its_first_words(marit):
    factories.article(marit, title="Ferry", text="It leaves at dawn.")
    assert titles(marit, q="ferry " * 12 + "absent " * 500) == ["Ferry"]


def test_each_filter_leaves_only_what_fits_and_they_add_up(marit):
    kept = {"publication": "Echo", "language": "fr", "published": date(2026, 3, 6)}
    factories.article(marit, title="Fits", **kept)
    for name, value in [("publication", "Other"), ("language", "en"), ("published", date(2025, 12, 31))]:
        factories.article(marit, title=name, **(kept | {name: value}))
    assert set(titles(marit, publication="Echo")) == {"Fits", "language", "published"}
    assert set(titles(marit, language="fr")) == {"Fits", "publication", "published"}
    assert set(titles(marit, year=2026)) == {"Fits", "publication", "language"}
    assert titles(marit, publication="Echo", language="fr", year=2026, q="fits") == ["Fits"]
    assert titles(marit, publication="ECHO") == []


def test_used_nowhere_and_used_in_a_classroom(marit):
    room, other = factories.classroom(marit, name="9B"), factories.classroom(marit, name="8A")
    read, unread = factories.article(marit, title="Read"), factories.article(marit, title="Unread")
    factories.exercise(room, [read])
    assert titles(marit, used="none") == [unread.title]
    assert titles(marit, used=str(room.uuid)) == [read.title]
    assert titles(marit, used=str(other.uuid)) == []


def test_a_strangers_use_of_a_shared_article_is_not_known_here(marit):
    colleague = colleague_of(marit, "tove")
    shared = factories.article(colleague, title="Shared")
    elsewhere = factories.classroom(colleague, name="Not marit's")
    factories.exercise(elsewhere, [shared])
    [row] = asked(marit).rows
    assert (row.title, row.owner, row.used) == ("Shared", "Tove", [])
    assert titles(marit, used="none") == ["Shared"]
    assert titles(marit, used=str(elsewhere.uuid)) == []
    assert asked(marit).choices.classrooms == [(str(marit.memberships.get().classroom.uuid), "Together")]


def test_the_orders(marit):
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
    for hour, (title, words) in enumerate([("Zebra", 30), ("école", 10), ("Apple", 20), ("Éclair", 40)]):
        factories.article(marit, title=title, text="word " * words, created_at=noon + timedelta(hours=hour))
    assert titles(marit) == ["Éclair", "Apple", "école", "Zebra"]
    assert titles(marit, order="title") == ["Apple", "Éclair", "école", "Zebra"]
    assert titles(marit, order="shortest") == ["école", "Apple", "Zebra", "Éclair"]
    assert titles(marit, order="longest") == ["Éclair", "Zebra", "Apple", "école"]
    assert titles(marit, order="nonsense") == titles(marit)


def test_titles_are_ordered_alike_on_every_database(marit):
    for title in ["b", "a b", "ab", "a-b", "A", "Ö", "z"]:
        factories.article(marit, title=title)
    assert titles(marit, order="title") == ["A", "a b", "a-b", "ab", "b", "Ö", "z"]


def test_a_page_shows_one_step_and_says_how_many_more(marit):
    for number in range(STEP + 3):
        factories.article(marit, title=f"Story {number}")
    first = asked(marit)
    assert (len(first.rows), first.found, first.more, first.next_shown) == (STEP, STEP + 3, 3, STEP + 3)
    both = asked(marit, shown=2 * STEP)
    assert (len(both.rows), both.more, both.is_cut) == (STEP + 3, 0, False)
    assert {row.title for row in both.rows} == {f"Story {number}" for number in range(STEP + 3)}


def test_a_page_ends_where_more_rows_help_nobody(marit):
    first = factories.article(marit)
    Article.objects.bulk_create(
        Article(
            owner=marit, title=f"Story {number}", text="x", length=1, length_nonspace=1, word_count=1, search_text=""
        )
        for number in range(MOST_SHOWN)
    )
    page = asked(marit, shown=MOST_SHOWN)
    assert (page.found, len(page.rows), page.more, page.is_cut) == (MOST_SHOWN + 1, MOST_SHOWN, 0, True)
    assert first.title not in [row.title for row in page.rows]


def test_deleted_articles_and_those_of_strangers_are_not_there(marit):
    factories.article(marit, title="Gone", deleted_at=factories.NOON)
    factories.article(factories.teacher("stranger"), title="Foreign")
    page = asked(marit)
    assert (page.rows, page.total, page.choices.publications) == ([], 0, [])


def test_a_colleague_of_two_classrooms_brings_an_article_once(marit):
    colleague = colleague_of(marit, "tove")
    Membership.objects.create(classroom=factories.classroom(marit), user=colleague, is_teacher=True)
    factories.article(colleague, title="Shared")
    factories.article(marit, title="Own")
    page = asked(marit)
    assert sorted(row.title for row in page.rows) == ["Own", "Shared"]
    assert (page.total, page.found, page.colleagues) == (2, 2, 1)


def test_a_colleague_who_left_takes_the_articles_along(marit):
    colleague = colleague_of(marit, "tove")
    factories.article(colleague, title="Shared")
    Membership.objects.filter(user=colleague).update(removed_at=factories.NOON)
    assert titles(marit) == []


def test_the_filters_offer_what_the_library_holds_sorted_for_reading(marit):
    for publication, language, published in [
        ("Zeta", "fr", date(2024, 1, 1)),
        ("alpha", "en", date(2026, 1, 1)),
        ("alpha", "ar", None),
        ("", "", date(2026, 5, 5)),
    ]:
        factories.article(marit, publication=publication, language=language, published=published)
    factories.classroom(marit, name="9B")
    factories.classroom(marit, name="8A")
    choices = asked(marit, q="nothing like this").choices
    assert choices.publications == ["alpha", "Zeta"]
    assert choices.languages == [("ar", "Arabic"), ("en", "English"), ("fr", "French")]
    assert choices.years == [2026, 2024]
    assert [name for _, name in choices.classrooms] == ["8A", "9B"]


def test_a_row_says_how_long_it_takes_and_where_it_is_used(marit):
    room = factories.classroom(marit, name="9B")
    text = factories.article(marit, text="\n\n".join(["Heading", "word " * 1299]), language="fr", is_sample=True)
    older = factories.exercise(room, [text], title="Week 5", phase=Phase.ARCHIVED)
    newer = factories.exercise(room, [text], title="Week 6")
    type(older).objects.filter(pk=older.pk).update(created_at=factories.NOON)
    [row] = asked(marit).rows
    assert (row.minutes, row.is_long, row.language, row.owner, row.is_sample) == (7, True, "French", "", True)
    assert [(use.uuid, use.classroom, use.title, use.phase) for use in row.used] == [
        (newer.uuid, "9B", "Week 6", "Open, blind"),
        (older.uuid, "9B", "Week 5", "Archived"),
    ]
    assert [line.css for line in row.thumb] == ["heading", "text", "text", "text"]


def test_a_page_of_many_articles_costs_the_queries_of_a_page_of_one(marit):
    colleague = colleague_of(marit, "tove")
    room = factories.classroom(marit)
    factories.exercise(room, [factories.article(marit)])
    with CaptureQueriesContext(connection) as one:
        asked(marit, q="lantern")
    for number in range(6):
        factories.exercise(room, [factories.article(marit if number % 2 else colleague)])
    with CaptureQueriesContext(connection) as many:
        assert len(asked(marit, q="lantern").rows) == 7
    assert (len(one), len(many)) == (6, 6)
    assert not any('"annotator_article"."text",' in query["sql"] for query in many)
