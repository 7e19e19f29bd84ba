"""My result: who sees what of it in which phase, and what the page says."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Classroom, Exercise, Membership, Phase, Reading, ReadingState, Span
from tests import factories

pytestmark = pytest.mark.django_db

SUBMITTED = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
FAIR = factories.TEXT.index("The Eastquay")
FAIR_END = factories.TEXT.index(", the council")
COUNCIL = factories.TEXT.index("the council said")
BEST = factories.TEXT.index("It was the best")
BEST_END = factories.TEXT.index("\n\nKeep")


@pytest.fixture
def reading() -> Reading:
    """Amber's reading among six, and the key: one exact, one with edges off, one extra, one missed."""
    room = factories.classroom(factories.teacher("rosa"))
    work = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.WRAPPED_UP)
    amber = factories.reading(work, factories.reader(room, "amber", pseudonym="Amber Otter"), **SUBMITTED)
    factories.span(amber, FAIR, FAIR_END, note="Can be checked.")
    factories.span(amber, COUNCIL, COUNCIL + 11, "attribution")
    factories.span(amber, 0, 12, "opinion")
    for number in range(5):
        other = factories.reading(work, factories.reader(room, pseudonym=f"Heron {number}"), **SUBMITTED)
        if number < 3:
            factories.span(other, FAIR, FAIR_END, note="A classmate's own words.")
    key = factories.reading(work, room.memberships.get(is_teacher=True), round=0, is_key=True)
    factories.span(key, FAIR, FAIR_END, note="Anyone could go and look.")
    factories.span(key, COUNCIL, COUNCIL + 16, "attribution", note="Take the cue along.")
    factories.span(key, BEST, BEST_END, "opinion", note="A verdict of the writer.")
    return amber


def page(client: Client, reading: Reading, query: str = "", *, user: object = None, status: int = 200) -> str:
    client.force_login(user or reading.member.user)
    response = client.get(reverse("reading-result", args=[reading.uuid]) + query)
    assert response.status_code == status
    return response.content.decode()


def move(reading: Reading, phase: str, **fields: object) -> None:
    Exercise.objects.filter(pk=reading.exercise_id).update(phase=phase, **fields)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def main(html: str) -> str:
    """What the page says; around it stands form protection, another each time."""
    return html[html.index("<main") : html.index("</main>")]


def cards(html: str) -> list[str]:
    return [text(found) for found in re.findall(r'<li id="c\d+".*?</li>', html, re.DOTALL)]


def teacher(reading: Reading) -> object:
    return Membership.objects.get(classroom=reading.exercise.classroom, is_teacher=True).user


def test_each_highlight_stands_beside_the_key_and_the_class(client: Client, reading: Reading) -> None:
    found = cards(page(client, reading))
    assert [card.split()[0] for card in found] == ["Extra", "Exact", "Edges", "Missed"]
    assert "You O Opinion Key – Not marked Class 1 of 6" in found[0]
    assert "Both C Claim Class 4 of 6 Your teacher says Anyone could go and look." in found[1]
    assert "You A Attribution 2 words Key A Attribution 3 words" in found[2]
    assert "You – Not marked Key O Opinion Class 0 of 6 Your teacher says A verdict of the writer." in found[3]


def test_the_bar_counts_each_reader_once_in_words(client: Client, reading: Reading) -> None:
    assert 'aria-label="Claim 4, not marked 2"' in page(client, reading)


def test_the_key_is_a_frame_where_it_differs_alone(client: Client, reading: Reading) -> None:
    html = page(client, reading)
    article = html[html.index("<article") : html.index("</article>")]
    frames = [text(found) for found in re.findall(r'<span class="frame.*?</span>', article)]
    assert frames == ["the council said", "It was the best evening of the winter."]


def test_blocks_hold_the_stored_text_to_the_letter(client: Client, reading: Reading) -> None:
    html = page(client, reading)
    article = html[html.index("<article") : html.index("</article>")]
    for block in reading.article.blocks.order_by("number"):
        [inside] = re.findall(rf'id="b{block.number}".*?>(.*?)</(?:p|h1|h2)>', article, re.DOTALL)
        assert text_of(inside) == reading.article.text[block.start : block.end]


def text_of(inside: str) -> str:
    """textContent without [data-skip]: the gutter is the first span, its own spans are balanced."""
    depth = 0
    for found in re.finditer(r"<(/?)span[^>]*>", inside):
        depth += -1 if found[1] else 1
        if depth == 0:
            rest = inside[found.end() :]
            return re.sub(r"<[^>]+>", "", rest)
    raise AssertionError(inside)


def test_a_score_is_told_only_where_the_teacher_switched_it_on(client: Client, reading: Reading) -> None:
    found = page(client, reading)
    assert "match the key" not in text(found)
    assert not re.search(r"<nav class=\"result-filters.*?<b>\d.*?</nav>", found, re.DOTALL)
    move(reading, Phase.WRAPPED_UP, shows_score=True)
    found = page(client, reading)
    assert "1 of your 3 highlights match the key." in text(found)
    assert "Edges off 1" in text(found)


@pytest.mark.parametrize("phase", [Phase.REVEALED, Phase.REVISING])
def test_before_the_wrap_up_there_is_no_word_of_the_key(client: Client, reading: Reading, phase: str) -> None:
    move(reading, phase, shows_class_while_revising=True, shows_score=True)
    html = page(client, reading)
    assert [card.split()[0] for card in cards(html)] == ["O", "C", "A"]
    for words in ("Anyone could go", "Missed", "Key", "match the key", "result-filters"):
        assert words not in html
    assert "Class 4 of 6" in cards(html)[1]


def test_a_key_that_is_switched_off_is_not_shown(client: Client, reading: Reading) -> None:
    move(reading, Phase.WRAPPED_UP, has_key=False)
    assert "Anyone could go" not in page(client, reading)


def test_a_key_with_nothing_in_it_is_none(client: Client, reading: Reading) -> None:
    Span.objects.filter(reading__is_key=True).update(deleted_at=factories.NOON)
    assert "Your reading, next to the class" in page(client, reading)


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED, Phase.REVISING])
def test_a_locked_result_says_when_it_opens(client: Client, reading: Reading, phase: str) -> None:
    move(reading, phase)
    found = page(client, reading, status=403)
    assert "Your result" in found
    assert "Anyone could" not in found


def test_a_teacher_sees_it_from_the_closing_on_marked_not_for_the_projector(client: Client, reading: Reading) -> None:
    move(reading, Phase.CLOSED)
    found = page(client, reading, user=teacher(reading))
    assert "Not for the projector" in found
    assert "Amber Otter" in found
    assert "1 of 3 highlights match the key." in text(found)
    move(reading, Phase.OPEN)
    page(client, reading, user=teacher(reading), status=403)


def test_nobody_else_finds_it(client: Client, reading: Reading) -> None:
    key = Reading.objects.get(is_key=True)
    classmate = Membership.objects.filter(pseudonym="Heron 1").get().user
    for user in (classmate, factories.teacher(), factories.user()):
        page(client, reading, user=user, status=404)
    page(client, key, user=teacher(reading), status=404)


def test_classmates_are_numbers_and_nothing_else(client: Client, reading: Reading) -> None:
    found = page(client, reading)
    assert "A classmate" not in found
    assert "Heron" not in found


def test_under_five_counted_readings_no_share_is_shown(client: Client, reading: Reading) -> None:
    others = Reading.objects.filter(exercise=reading.exercise, is_key=False).exclude(pk=reading.pk)
    others.filter(pk__in=others.values("pk")[:2]).update(state=ReadingState.OPEN, submitted_at=None)
    found = page(client, reading)
    assert re.search(r"\d of \d", text(found)) is None
    assert "too few to show" in found
    assert "Class 1 of 4" in cards(page(client, reading, user=teacher(reading)))[0]
    Classroom.objects.update(kind=Classroom.Kind.TEAM)
    assert "of 4" in page(client, reading)


def test_one_kind_can_be_looked_at_alone_by_a_link(client: Client, reading: Reading) -> None:
    assert [card.split()[0] for card in cards(page(client, reading, "?show=missed"))] == ["Missed"]
    assert len(cards(page(client, reading, "?show=nonsense&round=7"))) == 4


def test_late_highlights_are_told_apart_and_never_compared(client: Client, reading: Reading) -> None:
    factories.span(reading, BEST, BEST_END, "opinion", is_late=True)
    found = page(client, reading)
    assert "1 highlight came after the reading was closed." in text(found)
    assert "Missed" in text(found)


def second(reading: Reading) -> Reading:
    """Round 2: the edges moved to the key's, the extra taken away, a claim in its place."""
    again = factories.reading(reading.exercise, reading.member, round=2, **SUBMITTED)
    fair, council, _extra = reading.spans.order_by("number")
    factories.span(again, fair.start, fair.end, copied_from=fair)
    factories.span(again, council.start, council.start + 16, "attribution", copied_from=council)
    factories.span(again, 13, 26, "claim")
    return again


def test_rounds_are_kept_apart_and_the_latest_comes_first(client: Client, reading: Reading) -> None:
    again = second(reading)
    found = page(client, reading)
    assert "You made round 1 alone. You made round 2 after you saw the class." in found
    assert [card.split()[0] for card in cards(found)] == ["Extra", "Exact", "Exact", "Missed"]
    assert cards(page(client, again, "?round=1")) == cards(page(client, reading, "?round=1"))
    assert cards(page(client, again, "?round=1"))[2].startswith("Edges off")


def test_shares_of_a_round_count_that_round_alone(client: Client, reading: Reading) -> None:
    second(reading)
    assert "too few to show" in page(client, reading)
    assert "4 of 6" in page(client, reading, "?round=1")


def test_what_changed_is_told_with_its_direction(client: Client, reading: Reading) -> None:
    second(reading)
    found = text(page(client, reading))
    assert "You changed 3 highlights 2 towards the key 1 away from it" in found
    shown = page(client, reading, "?show=changed")
    assert "Taken away" in shown
    assert "Other edges" in shown


def test_without_a_key_a_change_is_no_improvement(client: Client, reading: Reading) -> None:
    second(reading)
    move(reading, Phase.WRAPPED_UP, has_key=False)
    found = text(page(client, reading))
    assert "You changed 3 highlights from round 1 to round 2" in found
    assert "towards" not in found


def test_a_round_that_still_runs_is_not_shown(client: Client, reading: Reading) -> None:
    second(reading)
    move(reading, Phase.REVISING, shows_class_while_revising=True)
    found = page(client, reading)
    assert "Round 2" not in found
    assert "You changed" not in found


@pytest.fixture
def absent(reading: Reading) -> Reading:
    """The second round of one who was not there in the first, while six hand theirs in."""
    move(reading, Phase.REVISING, shows_class_while_revising=True, revealed_at=factories.NOON)
    again = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom), round=2)
    factories.span(again, FAIR, FAIR_END, "claim", note="My own note.")
    return again


def hand_in(reading: Reading, label: str) -> None:
    """A classmate's second round, with one highlight."""
    member = factories.reader(reading.exercise.classroom)
    factories.span(factories.reading(reading.exercise, member, round=2, **SUBMITTED), FAIR, FAIR_END, label)


@pytest.mark.proves("S02")
@pytest.mark.parametrize("phase", [Phase.REVISING, Phase.REVEALED])
def test_who_has_a_second_round_alone_sees_nothing_of_the_class_while_it_runs(
    client: Client, absent: Reading, phase: str
) -> None:
    move(absent, phase)
    before = main(page(client, absent))
    for label in ("claim",) * 5 + ("opinion",):
        hand_in(absent, label)
        assert main(page(client, absent)) == before
        assert main(page(client, absent, "?round=2")) == before
    assert "Round 2 is not over yet. What the class chose comes when your teacher wraps up." in text(before)
    assert ["My own note." in card for card in cards(before)] == [True]
    for words in ("the class", "Class", "too few", "Fewer than five", "bars count"):
        assert words not in before.replace("What the class chose comes", "")
    move(absent, Phase.WRAPPED_UP)
    assert 'aria-label="Claim 5, Opinion 1"' in page(client, absent)


def test_a_teacher_sees_such_a_second_round_beside_the_class(client: Client, absent: Reading) -> None:
    for _ in range(5):
        hand_in(absent, "claim")
    assert 'aria-label="Claim 5"' in page(client, absent, user=teacher(absent))


@pytest.mark.proves("S02")
def test_a_second_round_that_stands_still_is_not_shown(client: Client, reading: Reading) -> None:
    """Stepped back to the talk it can still be handed in, so what it shows would move."""
    again = second(reading)
    move(reading, Phase.REVEALED)
    before = main(page(client, again))
    for label in ("claim",) * 5:
        hand_in(reading, label)
        assert main(page(client, again, "?round=2")) == main(page(client, again)) == before
    assert "Round 2" not in before
    assert "You changed" not in before
    assert "4 of 6" in before
    move(reading, Phase.WRAPPED_UP)
    assert "Round 2" in page(client, again)


def test_the_page_takes_a_known_number_of_queries(
    client: Client, reading: Reading, django_assert_max_num_queries: object
) -> None:
    second(reading)
    client.force_login(reading.member.user)
    with django_assert_max_num_queries(17):
        client.get(reverse("reading-result", args=[reading.uuid]))


def test_an_unknown_reading_is_the_same_404(client: Client, reading: Reading) -> None:
    client.force_login(factories.user())
    hidden = client.get(reverse("reading-result", args=[reading.uuid]))
    absent = client.get(reverse("reading-result", args=[uuid.uuid4()]))
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
