"""Sentences given to the sources named in them, claims that name none, and boilerplate that is nobody's."""

from annotator.domain.spans import Span
from annotator.domain.voices import Voice, mostly_covered, sentence_of, sources_in, without_source

# Three sentences of ten characters with a blank behind each of the first two.
SENTENCES = [(0, 11), (11, 22), (22, 32)]


def voices(*sources: tuple[int, ...]) -> list[Voice]:
    return [Voice(*edges, named, words=1) for edges, named in zip(SENTENCES, sources, strict=True)]


def test_a_sentence_names_its_sources_in_text_order_and_none_twice() -> None:
    spans = [Span(6, 9, "attribution", 4), Span(1, 3, "attribution", 7), Span(4, 5, "attribution", 7)]
    assert sources_in(SENTENCES, spans) == [(7, 4), (), ()]
    assert Voice(0, 11, (7, 4), 2).speaker == 7
    assert Voice(0, 11, (), 2).speaker is None


def test_an_attribution_over_two_sentences_stands_in_both() -> None:
    assert sources_in(SENTENCES, [Span(8, 13, "attribution", 1)]) == [(1,), (1,), ()]
    assert sources_in(SENTENCES, [Span(0, 11, "attribution", 1)]) == [(1,), (), ()]


def test_a_sentence_is_boilerplate_when_more_than_half_of_it_is() -> None:
    before = list(range(33))
    assert mostly_covered([(0, 10)], [Span(0, 5, "boilerplate")], before) == [False]
    assert mostly_covered([(0, 10)], [Span(0, 6, "boilerplate")], before) == [True]
    # Two that overlap count once.
    assert mostly_covered([(0, 10)], [Span(0, 4, "boilerplate"), Span(1, 5, "boilerplate")], before) == [False]


def test_a_claim_has_a_source_when_one_of_its_sentences_names_one() -> None:
    found = voices((1,), (), ())
    claims = [Span(12, 20, "claim"), Span(9, 14, "claim"), Span(11, 32, "claim"), Span(0, 11, "claim")]
    assert without_source(claims, found) == [claims[0], claims[2]]


def test_a_place_knows_its_sentence() -> None:
    found = voices((), (), ())
    assert [sentence_of(place, found) for place in (0, 10, 11, 21, 22, 31)] == [0, 0, 11, 11, 22, 22]
