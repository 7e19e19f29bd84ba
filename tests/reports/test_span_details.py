"""What cards tell of a highlight's details, and which names of sources are suggested to whom."""

import pytest

from annotator.models import Phase, ReadingState
from annotator.reports.reading_page import reading_page
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    teacher = factories.teacher()
    made = factories.exercise(factories.classroom(teacher), [factories.article(teacher)])
    made.asks_sources = made.asks_links = made.asks_confidence = True
    made.save()
    return made


@pytest.fixture
def reading(work):
    return factories.reading(work, factories.reader(work.classroom))


def page(reading, **options):
    """The page as it is read from the database now."""
    return reading_page(type(reading).objects.get(pk=reading.pk), **options)


def mark(reading, words, label="attribution", **fields):
    return factories.mark(reading, words, label, **fields)


def told(reading):
    """The details by highlight number."""
    return {card.number: card.details for card in page(reading).cards}


def test_a_card_tells_only_what_is_asked_for_and_fits_its_tag(reading, work):
    said = mark(reading, "the council said", source_name="the council", source_kind="organisation", confidence=3)
    claim = mark(reading, "Some 900 visitors", "claim", reported_by=said, source_name="no one", confidence=1)
    cards = told(reading)
    assert (cards[1].source_name, cards[1].kind_name, cards[1].confidence_name) == (
        "the council", "Organisation", "Sure",
    )  # fmt: skip
    assert cards[2].reporter.quote == "the council said"
    assert (cards[2].source_name, cards[2].confidence_name) == ("", "Not sure, let’s talk")
    work.asks_sources = work.asks_links = False
    work.save()
    cards = told(reading)
    assert (cards[1].source_name, cards[1].source_kind, cards[1].confidence) == ("", "", 3)
    assert (cards[2].reporter, cards[2].reported_by) == (None, None)
    claim.refresh_from_db()
    assert claim.reported_by == said, "hidden is not deleted"


def test_a_deleted_or_retagged_attribution_is_not_shown_and_comes_back_with_it(reading):
    said = mark(reading, "the council said")
    mark(reading, "Some 900 visitors", "claim", reported_by=said)
    said.deleted_at = factories.NOON
    said.save()
    assert (told(reading)[2].reporter, told(reading)[2].reported_by) == (None, said.uuid)
    said.deleted_at = None
    said.label = reading.exercise.codebook_version.labels.get(slug="opinion")
    said.save()
    assert told(reading)[2].reporter is None
    said.label = reading.exercise.codebook_version.labels.get(slug="attribution")
    said.save()
    assert told(reading)[2].reporter.number == 1


def test_the_fields_of_an_open_claim_offer_the_attributions_and_propose_the_sentences_own(reading):
    block = reading.article.blocks.get(number=2)
    second = reading.article.text.index("Some 900")
    reading.article.blocks.filter(number=2).update(sentences=[block.start, second])
    mark(reading, "the council said")
    claim = mark(reading, "will be held in the market hall", "claim")
    other = mark(reading, "Some 900 visitors", "claim")
    fields = page(reading, opened=claim.number).fields
    assert [each.quote for each in fields.reporters] == ["the council said"]
    assert fields.proposed.quote == "the council said"
    assert page(reading, opened=other.number).fields.proposed is None
    assert page(reading, opened=1).fields.reporters == [], "an attribution is linked to nothing"


def named(work, name, **fields):
    """One more reader who names the source of the council's attribution."""
    reading = factories.reading(
        work, factories.reader(work.classroom), state=ReadingState.SUBMITTED, submitted_at=factories.NOON, **fields
    )
    mark(reading, "the council said", source_name=name)
    return reading


def test_before_the_reveal_only_ones_own_names_are_suggested(reading, work):
    for _ in range(6):
        named(work, "the town council")
    mark(reading, "the council said", source_name="the council")
    assert page(reading).names == ["the council"]


def test_after_the_reveal_a_name_counts_that_two_of_at_least_five_readers_gave(reading, work):
    work.phase = Phase.REVEALED
    work.save()
    for name in ["Town council", "town council", "Mr Secret", ""]:
        named(work, name)
    mark(reading, "the council said", source_name="the council")
    assert page(reading, sees_class=True).names == ["the council"], "four are too few to show"
    named(work, "")
    assert page(reading, sees_class=True).names == ["the council", "Town council"]
    assert page(reading).names == ["the council"]


def test_names_cost_two_queries_more_and_only_where_the_class_is_shown(reading, work, django_assert_num_queries):
    work.phase = Phase.REVEALED
    work.save()
    for _ in range(5):
        named(work, "Town council")
    fresh = type(reading).objects.select_related("exercise__classroom", "article").get(pk=reading.pk)
    with django_assert_num_queries(4):
        reading_page(fresh)
    with django_assert_num_queries(6):
        assert reading_page(fresh, sees_class=True).names == ["Town council"]
