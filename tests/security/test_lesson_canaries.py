"""A lesson stop by stop, crawled with everybody's eyes: what one reader wrote is never found by another too early.

Each reader marks words that stand nowhere else in the article, so a highlight shown as a quote, a card or a data
attribute is recognised. Blindness is proven twice: by looking for the words, and by changing one reader's work and
asking again, when every answer and every ETag must be what it was.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotator.domain.lesson_walk import Stop, stop_read
from annotator.models import Exercise, Membership, Participation, Phase, Reading, ReadingState, Reason, Snapshot, Span
from tests import factories
from tests.security import rules, world
from tests.security.expecting import Rule
from tests.security.test_matrix import body
from tests.security.world import DOOR_TOKEN, READERS, World

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S01"), pytest.mark.proves("S02")]

WORDS = {"reader": "a zinnia by the quay", "classmate": "a juniper at noon", "removed_reader": "a wombat in May"}
MORE = {"reader": "one dulcimer sang", "classmate": "one bassoon hummed", "removed_reader": "one oboe slept"}
TEXT = "\n\n".join([factories.TEXT, *(f"There was {words}, and then." for words in [*WORDS.values(), *MORE.values()])])
BLIND = ["draft", "draft:lobby", "draft:warm_up:1", "draft:warm_up:2", "open"]
HIDDEN = [*BLIND, "closed", "revising"]
SHOWN = ["revealed", "revealed:discuss", "wrapped_up", "wrapped_up:exit", "archived"]
# Who looks at what is not theirs; the projector is a visitor nobody knows, with the token in the address.
EYES = [*READERS, "reader_elsewhere", "anonymous"]
# What no two answers share: form tokens, nonces, and the UUIDs that forms bring along against being sent twice.
PASSING = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|data-csrf="\w+"|nonce-?="?[\w+/=-]+|"X-CSRFToken": ?"\w+"|csrftoken=\w+'
    r'|name="(?:operation|form|sent|offer)" value="[^"]+"'
    r"|'X-Request-ID': '\w+'"
    # One's own file says when it was made; packed, it is a byte longer or shorter for it.
    r"|\"(?:made_at|last_signed_in_at)\": \"[^\"]+\"|'Content-Type': 'application/zip'.*?'Content-Length': '\d+'",
)


def lesson_at(name: str) -> World:
    """The world at a stop of the lesson, everybody with words, a second round and an unfinished word of their own."""
    stop = stop_read(name)
    assert stop is not None
    here = world.build(stop.phase, TEXT)
    at(here, stop)
    for reading in Reading.objects.filter(is_key=False).select_related("member__user"):
        marked(reading, WORDS[reading.member.user.username])
    if stop.phase in {Phase.REVISING, Phase.WRAPPED_UP, Phase.ARCHIVED}:
        for member in Membership.objects.filter(user__username__in=READERS):
            marked(factories.reading(here.exercise, member, round=2), MORE[member.user.username])
    for member in Membership.objects.filter(user__username__in=READERS):
        member.resume_hash = f"Canary-{member.user.username}-resume"
        member.save(update_fields=["resume_hash"])
    # Enough others that nothing is withheld for being too few.
    for _ in range(5):
        other = factories.reading(here.exercise, factories.reader(here.exercise.classroom), **handed_in(stop.phase))
        marked(other, "the market hall")
    return here


def handed_in(phase: str) -> dict[str, object]:
    """How a reading stands."""
    is_open = phase in {Phase.DRAFT, Phase.OPEN}
    return {} if is_open else {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}


def at(here: World, stop: Stop) -> None:
    """Put the lesson at the stop."""
    sentence = stop.sentence if stop.step == "warm_up" else 0
    Exercise.objects.filter(pk=here.exercise.pk).update(step=stop.step, warm_up_sentence=sentence)


def marked(reading: Reading, words: str, label: str = "opinion", note: str = "") -> Span:
    """One more highlight, past the service."""
    return factories.mark(reading, words, label, note=note)


def places(here: World) -> Iterator[dict[str, object]]:
    """What stands for each place in an address: everybody's own reading, highlight and membership in turn."""
    for name in [*READERS, "key"]:
        rounds = [here.key] if name == "key" else Reading.objects.filter(member=here.members[name])
        for reading in rounds:
            mine = {"reading_uuid": reading.uuid, "member_uuid": here.members.get(name, reading.member).uuid}
            yield here.kwargs() | mine


def addresses(here: World) -> list[str]:
    """Every address of the matrix that can be looked at, once for everybody whose it can be."""
    readable = [rule for rule in rules.PHASED + rules.UNPHASED if rule.method == "GET"]
    everywhere = list(places(here))
    found = (address(rule, here, each) for rule in readable for each in everywhere)
    return list(dict.fromkeys(found))


def address(rule: Rule, here: World, place: dict[str, object]) -> str:
    """One address, with what a well-meaning visitor would ask."""
    path = reverse(rule.name, kwargs={name: place.get(name, value) for name, value in rule.kwargs(here).items()})
    asked = urlencode(rule.payload(here))
    return f"{path}?{asked}" if asked else path


def crawled(here: World, role: str) -> dict[str, str]:
    """What each address tells the visitor, headers included, without what differs from answer to answer."""
    client: Client = here.client(role)
    return {each: PASSING.sub("", body(client.get(each))) for each in addresses(here)}


def too_early(role: str, name: str) -> list[str]:
    """What nobody but its owner may find before the reveal, or a reader at any time."""
    parts = ["note", "source", "exit", "pseudonym", "roster", "resume", "reason"]
    return [f"Canary-{other}-{part}" for other in READERS if other != role for part in parts] + key_words(name)


def key_words(name: str) -> list[str]:
    """The key's, until the lesson is wrapped up."""
    return [] if name.startswith(("wrapped_up", "archived")) else ["Canary-key-note", "Canary-key-source"]


def codes(role: str) -> list[str]:
    """The reader codes of the others, as exports write them."""
    others = Membership.objects.filter(user__username__in=READERS).exclude(user__username=role)
    return [each.code for each in others]


def shown_twice(role: str, text: str) -> list[str]:
    """Others' marked words that stand on a page more often than the article itself has them."""
    others = [words for name in READERS if name != role for words in (WORDS[name], MORE[name])]
    own_article = 1 if "one dulcimer sang" in text and "one bassoon hummed" in text and "one oboe slept" in text else 0
    return [words for words in others if text.count(words) > own_article]


@pytest.mark.parametrize("name", [*BLIND, "closed", "revising"])
def test_before_the_reveal_nobody_finds_what_another_wrote_or_marked(name: str) -> None:
    here = lesson_at(name)
    found = []
    for role in EYES:
        for path, text in crawled(here, role).items():
            shown = [each for each in too_early(role, name) if each in text] + shown_twice(role, text)
            found += [f"{path} as {role}: {each}" for each in shown]
    assert found == []


@pytest.mark.parametrize("name", SHOWN)
def test_after_the_reveal_nothing_is_found_with_a_name_or_a_code(name: str) -> None:
    here = lesson_at(name)
    found = []
    for role in EYES:
        others = codes(role)
        for path, text in crawled(here, role).items():
            shown = [each for each in too_early(role, name) if each in text]
            shown += [code for code in others if re.search(rf"\b{code}\b", text)]
            found += [f"{path} as {role}: {each}" for each in shown]
    assert found == []


def change_everything_of(here: World, name: str) -> None:
    """Another label, other words, other notes, other answers: the same person, at the same time, with other content."""
    reading = Reading.objects.get(member=here.members[name], round=1)
    reading.spans.update(note="Another-note", source_name="Another-source")
    marked(reading, MORE[name], "claim", "One-more-note")
    Reading.objects.filter(pk=reading.pk).update(last_number=reading.last_number)
    Snapshot.objects.filter(reading=reading).update(spans=[{"note": "Another-note"}, {"note": "One-more-note"}])
    Participation.objects.filter(member=here.members[name]).update(exit_answer="Another-answer")
    Reason.objects.filter(member=here.members[name]).update(text="Another-reason")


@pytest.mark.parametrize("name", BLIND)
def test_while_blind_every_answer_and_etag_is_the_same_whatever_another_reader_does(name: str) -> None:
    here = lesson_at(name)
    # “Begun a minute ago” and “nothing heard for an hour” would grow while we look; of tomorrow nothing is said.
    tomorrow = timezone.now() + timedelta(days=1)
    Reading.objects.update(started_at=tomorrow, seen_at=tomorrow)
    eyes = ["reader", "removed_reader", "teacher", "anonymous"]
    before = {role: crawled(here, role) for role in eyes}
    change_everything_of(here, "classmate")
    for role in eyes:
        now = crawled(here, role)
        # A door offers whoever comes other names each time.
        now.pop(reverse("join-link", args=[DOOR_TOKEN]))
        assert [path for path, text in now.items() if text != before[role][path]] == [], role


def test_the_crawl_reaches_what_it_looks_for_in() -> None:
    here = lesson_at("open")
    own = crawled(here, "classmate")
    for part in ["note", "pseudonym"]:
        assert any(f"Canary-classmate-{part}" in text for text in own.values()), part
    assert any(WORDS["classmate"] in text for text in own.values())
    everything = crawled(lesson_taken("closed", here), "teacher")
    assert any("Canary-classmate-note" in text for text in everything.values())


def lesson_taken(phase: str, here: World) -> World:
    """The same lesson, gone on."""
    Exercise.objects.filter(pk=here.exercise.pk).update(phase=phase)
    return here
