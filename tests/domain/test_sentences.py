"""Sentences: where they part, where they must not, and that finding them takes no longer than reading them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.sentences import sentence_spans

# A bar is where one sentence ends and the next begins.
MARKED = [
    "It rained.| It poured!| Did it stop?| No…| Not yet.",
    "Dr. Varga and Mrs. Moll came.| They left.",
    "The U.S. Senate met J. K. Moll, Lt. Gov. Ilse Varga and Prof. H. Stern Jr. on Monday.| It was late.",
    "He lives in the U.S.| He said so.| She works for Moll Inc.| The firm is small.",
    "Rule No. 5 is clear.| Was it new?| No.| He left.",
    "Prices rose 6.5 percent to $1.20.| Police were told.",
    "It opens at 5 p.m. Monday.| It closed at 9 p.m.| Police said why.",
    "She waited... and left.| Then… nothing.| Well...| Maybe.",
    "“Will you come?” she asked.| “No.”| He went.",
    "He left (to nobody’s surprise.)| She stayed [he said.]| Why?!| Because.",
    "She said so.[1]| He agreed.²| Nobody else did.",
    "1. Open the door.| 2. Close it.",
    "See www.eastquay.example.org or mail j.moll@lantern.example today.| It costs 3 crowns.",
    "“It was ‘a mess.’”| Nobody asked.",
    "What a day!| 😀 Because.",
    # French
    "« Bonjour\u202f! » dit-il.| « Non. »| M. Moll et Mme Varga partirent.| Il était 20 h.",
    # German
    "Er sagte: „Ich komme.“| Dann ging er.| Am 5. März kam Fr. Moll, z. B. mit Dr. Stern.| »Nein!«| Er blieb.",
    "Das sind ca. 5 Mio. Kronen bzw. Nr. 3 der Liste.| Mehr nicht.",
    # Spanish
    "¿Vienes?| ¡No!| El Sr. Moll vive en EE. UU. y la Sra. Varga no.",
    # Chinese and Japanese
    "真的吗？|他说。|“好！”|然后走了。",
    "「本当ですか。」|彼は言った。|そうだ。",
    # Arabic, Hebrew, Urdu, Hindi
    "هل تأتي؟| لا.| ذهب اليوم.",
    "האם תבוא?| לא.| הלך.",
    "وہ آیا۔| وہ گیا۔",
    "वह आया।| वह गया।",
    "One line\n|another line",
]


@pytest.mark.parametrize("marked", MARKED)
def test_sentences_part_where_a_reader_parts_them(marked):
    expected = [part.strip() for part in marked.split("|")]
    text = marked.replace("|", "")
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


def test_a_paragraph_broken_by_a_typewriter_is_not_cut_at_its_lines():
    text = (
        "The council of Eastquay has decided to buy the last of the old\n"
        "Riverline ferries, which Ilse Varga called a bargain on Monday\n"
        "night. It has not said what the boat will be used for or when\n"
        "it will sail."
    )
    assert len(sentence_spans(text)) == 2


@given(st.text(alphabet=st.sampled_from("aB1 .?!…。\n\"'”“»«)(]\xa0\u0301😀中ب")))
def test_every_character_but_space_stands_in_exactly_one_sentence(text):
    spans = sentence_spans(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@pytest.mark.proves("S09")
@pytest.mark.parametrize(
    "piece",
    [".", ". ", "((", "?)", ". (", "a. ", "\n", " .", '. "', "A.", "…", "«. ", "! » ", "[1]. ", "“.", ".\u00a0»"],
)
def test_100_kb_of_hostile_text_are_read_at_once(piece):
    text = (piece * 100_000)[:100_000]
    before = time.process_time()
    sentence_spans(text)
    # About 35 ms here; what is quadratic takes minutes.
    assert time.process_time() - before < 0.5
