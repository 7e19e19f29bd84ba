"""Canonical characters: what goes, what stays, and where each place of the raw text stands afterwards."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.text import canonical_text, fingerprint

RAW = st.text(alphabet=st.sampled_from("ab \t\r\n\x00\x01\x0c\x1f\x85\xa0\u2028\ufeff\ufffe\uffff\ud800é\u0301😀"))


@pytest.mark.proves("S11")
@pytest.mark.parametrize(
    ("raw", "text", "changes"),
    [
        ("plain\n\ttext", "plain\n\ttext", {}),
        ("\ufeffa\ufeffb", "a\ufeffb", {"bom": 1}),
        ("a\r\nb\rc\nd\r\r\n", "a\nb\nc\nd\n\n", {"line_break": 4}),
        ("a\x00b\x00\x00", "ab", {"nul": 3}),
        ("a\ud83db\ude00", "ab", {"surrogate": 2}),
        ("a\x01b\x0cc\x1b\x1fd", "a b c  d", {"control": 4}),
        ("a\ufffeb\uffff", "a\ufffdb\ufffd", {"noncharacter": 2}),
        ("\x00\ufeffa", "a", {"nul": 1, "bom": 1}),
    ],
)
def test_each_kind_of_change_is_made_and_counted(raw, text, changes):
    found = canonical_text(raw)
    assert (found.text, found.changes) == (text, changes)


def test_what_looks_odd_but_is_text_stays():
    text = "caf\u00e9 cafe\u0301 \u00a0\u0085\u2028\u200b\u200d\u202e\x7f\u009f 👩‍👩‍👧 שלום"
    assert canonical_text(text).text == text


@given(RAW)
def test_doing_it_twice_changes_nothing(raw):
    once = canonical_text(raw).text
    assert canonical_text(once).text == once
    assert not canonical_text(once).changes


@pytest.mark.proves("S10")
@given(RAW, st.data())
def test_every_character_is_found_again_at_its_mapped_place(raw, data):
    found = canonical_text(raw)
    place = data.draw(st.integers(0, len(raw)))
    assert found.position(len(raw)) == len(found.text)
    if raw[place - 1 : place + 1] != "\r\n":
        assert found.text[: found.position(place)] == canonical_text(raw[:place]).text


def test_the_place_inside_a_crlf_is_the_place_before_the_line_end():
    found = canonical_text("a\r\nb\x00c")
    assert [found.position(place) for place in range(7)] == [0, 1, 1, 2, 3, 3, 4]


def test_a_fingerprint_is_the_sha256_of_the_utf8_bytes():
    assert fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert fingerprint("Grüße 😀") == hashlib.sha256("Grüße 😀".encode()).hexdigest()


def test_in_a_part_of_a_text_the_mark_at_its_start_is_a_character_like_any_other():
    found = canonical_text("\ufeffOne\r\n\0line\ufeff", is_whole=False)
    assert (found.text, found.changes) == ("\ufeffOne\nline\ufeff", {"line_break": 1, "nul": 1})
