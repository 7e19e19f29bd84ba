"""The reveal: who sees it when, what it counts, and what it never shows."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from annotator import access
from annotator.models import Classroom, Exercise, Phase, ReadingState
from annotator.reports.heat_map import heat_map
from annotator.reports.reveal_page import reveal_page
from tests import factories

pytestmark = pytest.mark.django_db

SUBMITTED = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
SENTENCE = "Some 900 visitors came last year."
START = factories.TEXT.index(SENTENCE)
SENTENCES = ["One is here.", "Two is here.", "Three is here.", "Four is here."]
FOUR = "News\n\n" + "\n\n".join(SENTENCES)
# Six who join in this order, and which of the four sentences each marked.
MARKED = ["1010", "0000", "1101", "0110", "1011", "0101"]


def marks(work, number, label, *, name="", quote=SENTENCE):
    """So many more readers who mark the quote with the label."""
    made = []
    for each in range(number):
        member = factories.reader(work.classroom, pseudonym=f"{name or label}-person-{each}")
        made.append(factories.reading(work, member, **SUBMITTED))
        if label:
            start = factories.TEXT.index(quote)
            factories.span(made[-1], start, start + len(quote), label)
    return made


@pytest.fixture
def work() -> Exercise:
    """Six readings: three say claim, two opinion, one marks nothing."""
    room = factories.classroom(factories.teacher("rosa"))
    found = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    marks(found, 3, "claim")
    marks(found, 2, "opinion")
    marks(found, 1, "")
    return found


def teacher_of(work):
    return work.classroom.memberships.get(is_teacher=True)


def opened(client, user, work, query="", **headers):
    client.force_login(user)
    response = client.get(reverse("reveal", args=[work.uuid]) + query, headers=headers)
    return response.status_code, response.content.decode()


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_bar_counts_each_reader_once_and_says_what_is_left_blank(work):
    page = reveal_page(work, teacher_of(work), None, "", None)
    assert page is not None
    assert page.shown is not None
    assert page.shown.start <= START < page.shown.end
    assert (page.shown.number, page.shown.marked) == (1, 5)
    assert {each.label.slug if each.label else "": each.count for each in page.shown.choices if each.count} == {
        "claim": 3, "opinion": 2, "": 1,
    }  # fmt: skip
    assert "whose judgement" in page.shown.prompt


def test_the_text_stands_whole_and_as_warm_as_the_heat_map_says(work):
    page = reveal_page(work, teacher_of(work), None, "claim", None)
    assert page is not None
    heat = heat_map(work, page.article, "claim")
    shown = ["".join("".join(p.text for p in s.pieces) + s.blanks for s in block.sentences) for block in page.blocks]
    assert shown == [factories.TEXT[b.start : b.end] for b in page.article.blocks.order_by("number")]
    assert [block.most for block in page.blocks] == [block.most for block in heat.blocks]
    found = [(p.text, p.level) for block in page.blocks for s in block.sentences for p in s.pieces if p.level]
    assert found == [(p.text, p.level) for block in heat.blocks for p in block.pieces if p.level]


def test_the_minimap_is_as_warm_as_the_text_step_by_step(work):
    page = reveal_page(work, teacher_of(work), None, "claim", None)
    assert page is not None
    # Three of six are 50 %: level 3. 250 steps of four units; the sentence lies in steps 250 a / n to 250 b / n.
    size, end = len(factories.TEXT), START + len(SENTENCE)
    steps = range(250 * START // size, -(-250 * end // size))
    assert [(each.css, each.path) for each in page.paths] == [
        ("tint-1 map-3", "".join(f"M0 {4 * step}h9v4h-9z" for step in steps))
    ]


def test_disagreement_is_the_share_of_pairs_that_differ(work):
    page = reveal_page(work, teacher_of(work), None, "disagreement", None)
    assert page is not None
    # Of 15 pairs, 3 + 1 agree.
    assert max(block.most for block in page.blocks) == round(100 * 11 / 15)


def test_a_teacher_reads_names_and_readers_read_letters_with_their_own_choice_marked(client, work):
    status, page = opened(client, teacher_of(work).user, work)
    assert status == 200
    assert "claim-person-0" in page
    assert "Not for the projector" in page
    reader = work.classroom.memberships.get(pseudonym="opinion-person-1")
    status, page = opened(client, reader.user, work)
    assert status == 200
    assert "-person-" not in page.replace("opinion-person-1", "")
    assert "Not for the projector" not in page
    assert "Opinion you" in words(page)
    assert page.count("is-own") == 1


def test_letters_follow_what_was_marked_and_say_nothing_about_a_person(work):
    marks(work, 1, "claim", name="late", quote="best evening")
    for member in work.classroom.memberships.filter(is_teacher=False):
        page = reveal_page(work, member, None, "", START)
        assert page is not None
        assert [who.name for who in page.who] == list("ABCDEFG")
        assert [who.label.slug if who.label else "" for who in page.who] == ["claim"] * 3 + ["opinion"] * 2 + [""] * 2


def joined(marked, first=0):
    """An exercise that these six read, by what each marked, and their memberships; the one at `first` joined first."""
    room = factories.classroom(factories.teacher())
    work = factories.exercise(room, [factories.article(factories.teacher(), text=FOUR)], phase=Phase.REVEALED)
    members = {}
    for each in [*marked[first:], *marked[:first]]:
        members[each] = factories.reader(room)
        made = factories.reading(work, members[each], **SUBMITTED)
        for sentence, is_marked in zip(SENTENCES, each, strict=True):
            if is_marked == "1":
                start = FOUR.index(sentence)
                factories.span(made, start, start + len(sentence), "claim")
    return work, members


def whos(work, member):
    """Who marked what in each of the four sentences, as this member's page lists it."""
    return [reveal_page(work, member, None, "", FOUR.index(sentence)).who for sentence in SENTENCES]


def test_of_those_who_marked_alike_ones_own_line_comes_first():
    work, members = joined(MARKED)
    for member in members.values():
        for who in whos(work, member):
            [own] = [each for each in who if each.is_own]
            assert next(each for each in who if (each.label, each.quote) == (own.label, own.quote)) is own


@pytest.mark.parametrize("first", range(1, 6))
def test_who_joined_before_whom_changes_nothing_for_readers(first):
    usual, otherwise = joined(MARKED), joined(MARKED, first)
    for each in MARKED:
        one, other = (whos(work, members[each]) for work, members in (usual, otherwise))
        assert one == other


def test_a_teacher_has_those_who_marked_alike_in_the_order_they_joined(work):
    page = reveal_page(work, teacher_of(work), None, "", START)
    assert [who.name for who in page.who] == [
        "claim-person-0", "claim-person-1", "claim-person-2", "opinion-person-0", "opinion-person-1", "-person-0",
    ]  # fmt: skip


def test_each_readers_words_are_quoted_as_far_as_they_reach_in_the_passage(work):
    marked = {
        "before": [("indoors", "The Eastquay"), ("best", "evening")],
        "behind": [("Lantern fair", "moves"), ("last year.", "It was the best")],
        "twice": [("market hall", "market hall"), ("Some 900", "visitors")],
        "elsewhere": [("best", "evening")],
    }
    for name, words in marked.items():
        [made] = marks(work, 1, "", name=name)
        for first, last in words:
            factories.span(made, factories.TEXT.index(first), factories.TEXT.index(last) + len(last))
    page = reveal_page(work, teacher_of(work), None, "", START)
    quotes = {who.name: who.quote for who in page.who}
    assert quotes["claim-person-0"] == SENTENCE
    assert {name: quotes[f"{name}-person-0"] for name in marked} == {
        "before": "The Eastquay",
        "behind": "last year.",
        "twice": "market hall, the council said on Monday. Some 900 visitors",
        "elsewhere": "",
    }


def test_fewer_than_five_readings_show_readers_nothing_and_the_teacher_all(client):
    room = factories.classroom(factories.teacher("rosa"))
    work = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    made = marks(work, 4, "claim")
    for query in ("", "?tag=disagreement", f"?at={START}"):
        status, page = opened(client, made[0].member.user, work, query)
        assert status == 200
        assert "too few to show" in page
        assert "<mark" not in page
        assert "Some 900" not in page
    assert "<mark" in opened(client, teacher_of(work).user, work)[1]


def test_a_team_of_two_sees_everything(client):
    team = factories.classroom(factories.teacher("rosa"), kind=Classroom.Kind.TEAM)
    work = factories.exercise(team, [factories.article(factories.teacher())], phase=Phase.REVEALED)
    made = marks(work, 2, "claim")
    assert "<mark" in opened(client, made[0].member.user, work)[1]


def test_a_tab_is_the_same_part_alone_and_every_link_works_without_a_script(client, work):
    _status, page = opened(client, teacher_of(work).user, work, "?tag=opinion")
    status, part = opened(client, teacher_of(work).user, work, "?tag=opinion", **{"HX-Request": "true"})
    assert status == 200
    assert part.lstrip().startswith("<div")
    assert "<html" not in part
    assert part.strip() in page
    for link in set(re.findall(r'href="(\?[^"]*)"', page)):
        assert opened(client, teacher_of(work).user, work, link.replace("&amp;", "&"))[0] == 200


@pytest.mark.parametrize("query", ["?article=x", "?article=00000000-0000-0000-0000-000000000000"])
def test_an_article_that_is_not_there_is_not_found(client, work, query):
    assert opened(client, teacher_of(work).user, work, query)[0] == 404


@pytest.mark.parametrize("query", ["?at=x", "?at=99999999", "?at=-1", "?tag=nonsense", "?at=²"])
def test_an_odd_address_shows_the_most_divided_passage(client, work, query):
    status, page = opened(client, teacher_of(work).user, work, query)
    assert status == 200
    assert "1 of 1" in words(page)


def test_it_opens_to_teachers_at_the_closing_and_to_readers_with_the_reveal(work):
    reader = work.classroom.memberships.get(pseudonym="claim-person-0").user
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.OPEN)
    for user in (reader, teacher_of(work).user):
        with pytest.raises(PermissionDenied):
            access.exercise_revealed(user, work.uuid)
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.CLOSED)
    access.exercise_revealed(teacher_of(work).user, work.uuid)
    with pytest.raises(PermissionDenied):
        access.exercise_revealed(reader, work.uuid)


def test_a_text_with_markup_stays_text(client):
    room = factories.classroom(factories.teacher("rosa"))
    text = "A <b>bold</b> claim & <script>alert(1)</script>.\n\nMore."
    work = factories.exercise(room, [factories.article(factories.teacher(), text=text)], phase=Phase.REVEALED)
    made = factories.reading(work, factories.reader(room, pseudonym="<i>x"), **SUBMITTED)
    factories.span(made, 0, 20, "claim")
    page = opened(client, room.memberships.get(is_teacher=True).user, work)[1]
    assert "<script>alert" not in page
    assert "<i>x" not in page
    assert "&lt;b&gt;bold" in page


def test_thirty_readers_cost_no_more_queries_than_six(client, work, django_assert_max_num_queries):
    marks(work, 24, "claim", name="many")
    client.force_login(teacher_of(work).user)
    client.get(reverse("reveal", args=[work.uuid]))
    with django_assert_max_num_queries(13):
        client.get(reverse("reveal", args=[work.uuid]))


def test_the_teacher_alone_sees_how_many_were_not_sure_and_only_where_it_was_asked(client, work):
    teacher, reader = teacher_of(work).user, work.classroom.memberships.filter(is_teacher=False).first().user
    first, second, third = work.readings.order_by("pk")[:3]
    for reading, fields in ((first, {}), (second, {}), (third, {"is_late": True})):
        factories.span(reading, START, START + 4, "boilerplate", confidence=1, **fields)
        factories.span(reading, START + 5, START + 9, "boilerplate", confidence=1, **fields)
    factories.span(third, START, START + 9, "boilerplate", confidence=2)
    assert "not sure" not in opened(client, teacher, work)[1]
    Exercise.objects.update(asks_confidence=True)
    assert "2 readers were not sure" in opened(client, teacher, work)[1]
    assert "not sure" not in opened(client, reader, work)[1]
