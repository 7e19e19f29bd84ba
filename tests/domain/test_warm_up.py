"""The sentences of the warm-up: whole, in order, and only for codebooks that have their tags."""

import pytest

from annotator.domain.warm_up import ASKED, DOUBTS, HINTS, RULES, SENTENCES, SPARE, sentence_at, sentences_for

EVERY = ["claim", "attribution", "opinion", "boilerplate"]


def test_three_sentences_ask_for_three_tags_and_the_spare_one_for_the_fourth():
    assert [each.label for each in (*SENTENCES, SPARE)] == EVERY


def test_the_sentences_read_as_they_were_written():
    whole = [f"{each.before}{each.marked}{each.after}" for each in (*SENTENCES, SPARE)]
    assert whole == [
        "The town library opened 412 new accounts in March.",
        "According to harbour master Jon Pell, the ferry will run an hour late.",
        "The council’s laughable plan goes to a vote on Monday.",
        "Like this story? Join the Lantern newsletter.",
    ]


def test_every_tag_has_a_rule_a_doubt_a_hint_and_a_short_question():
    assert set(RULES) == set(DOUBTS) == set(HINTS) == set(ASKED) == set(EVERY)


@pytest.mark.parametrize("missing", ["claim", "attribution", "opinion"])
def test_a_codebook_without_a_needed_tag_has_no_warm_up(missing):
    labels = set(EVERY) - {missing}
    assert sentences_for(labels) == ()
    assert sentence_at(labels, 1) is None


def test_a_codebook_without_boilerplate_has_three_sentences_and_no_spare_one():
    labels = {"claim", "attribution", "opinion", "threat"}
    assert sentences_for(labels) == SENTENCES
    assert sentence_at(labels, 4) is None


def test_sentences_are_counted_from_one_and_the_spare_one_comes_last():
    assert sentence_at(EVERY, 0) is None
    assert sentence_at(EVERY, 3) == SENTENCES[2]
    assert sentence_at(EVERY, 4) == SPARE
    assert sentence_at(EVERY, 5) is None
