"""Which details are asked for, and whose words a claim probably is."""

import pytest

from annotator.domain.details import asked, proposed_reporter
from annotator.domain.spans import Span

# Three sentences: 0 to 40, 40 to 100, 100 to the end.
SENTENCES = [0, 40, 100]


def test_a_first_class_is_asked_for_nothing_and_a_key_may_always_name_its_sources() -> None:
    pupil = asked(sources=False, links=False, confidence=False, is_key=False)
    assert (pupil.any, pupil.names) == (False, "")
    key = asked(sources=False, links=False, confidence=False, is_key=True)
    assert key.names == "sources links"
    assert asked(sources=False, links=False, confidence=True, is_key=False).names == "confidence"


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([(85, 98)], 85),
        # After the claim is as good as before it, and an attribution around it counts too.
        ([(41, 50)], 41),
        ([(45, 95)], 45),
        # In the sentences before and after, nothing is proposed.
        ([(10, 20)], None),
        ([(100, 110)], None),
        ([], None),
        # Two to choose from are none.
        ([(41, 50), (85, 98)], None),
        ([(41, 50), (110, 120)], 41),
    ],
)
def test_the_only_attribution_in_a_claims_sentence_is_proposed(places, expected) -> None:
    claim = Span(52, 80, "claim", 1)
    spans = [Span(start, end, "attribution", number) for number, (start, end) in enumerate(places, 2)]
    found = proposed_reporter(claim, [claim, *spans, Span(60, 70, "opinion", 9)], SENTENCES)
    assert (found.start if found else None) == expected


def test_in_the_last_sentence_nothing_ends_the_search() -> None:
    claim, said = Span(101, 120, "claim", 1), Span(121, 130, "attribution", 2)
    assert proposed_reporter(claim, [said], SENTENCES) == said


def test_a_claim_over_two_sentences_looks_into_both() -> None:
    claim, said = Span(30, 60, "claim", 1), Span(70, 80, "attribution", 2)
    assert proposed_reporter(claim, [said], SENTENCES) == said
