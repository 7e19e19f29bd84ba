"""Bytes of a page become the characters its author meant."""

import pytest

from annotator.importers.html_decode import GUESSED, REPLACED, decode_page

SENTENCE = "Le pêcheur a vu l’été à Eastquay : « déjà »."
GERMAN = (
    "Der Fähranleger ist über den Winter geschlossen. Die Gemeinde prüft, ob größere Schiffe künftig anlegen dürfen. "
    "Für die Anwohner änderte sich dadurch wenig, sagte die Bürgermeisterin am späten Abend."
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbf<p>\xc3\xa9", "<p>é"),
        ("\ufeff<p>é".encode("utf-16-le"), "<p>é"),
        ("\ufeff<p>é".encode("utf-16-be"), "<p>é"),
        ('<meta charset="utf-8"><p>é'.encode(), '<meta charset="utf-8"><p>é'),
        ("<p>é — 語".encode(), "<p>é — 語"),
        (b"<meta charset=iso-8859-1><p>\x93\xe9t\xe9\x94", "<meta charset=iso-8859-1><p>“été”"),
        ("<meta charset='windows-1251'><p>Река".encode("cp1251"), "<meta charset='windows-1251'><p>Река"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>港口'.encode("gb18030"),
            '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>港口',
        ),
        ('<meta charset="Shift_JIS"><p>港の朝'.encode("cp932"), '<meta charset="Shift_JIS"><p>港の朝'),
        (
            '<?xml version="1.0" encoding="euc-kr"?><p>항구'.encode("cp949"),
            '<?xml version="1.0" encoding="euc-kr"?><p>항구',
        ),
        (b"<meta charset=utf-16><p>plain", "<meta charset=utf-16><p>plain"),
        (b"<meta charset=no-such-thing><p>plain", "<meta charset=no-such-thing><p>plain"),
        (b"<meta charset=base64><p>plain", "<meta charset=base64><p>plain"),
    ],
)
def test_a_page_is_read_in_its_own_encoding(data: bytes, expected: str) -> None:
    assert decode_page(data) == (expected, "")


def test_a_page_in_utf_8_is_read_so_although_it_still_says_latin_1() -> None:
    page = f"<meta charset='iso-8859-1'><p>{SENTENCE}"
    assert decode_page(page.encode()) == (page, "")


def test_a_page_that_names_no_encoding_is_guessed_with_a_warning() -> None:
    text, warning = decode_page(f"<p>{GERMAN}</p>".encode("cp1252"))
    assert (text, warning) == (f"<p>{GERMAN}</p>", GUESSED)


def test_a_broken_byte_among_many_good_ones_is_replaced_with_a_warning() -> None:
    text, warning = decode_page(f"<meta charset=utf-8><p>{SENTENCE * 20}".encode() + b"\xe9</p>")
    assert text.endswith("�</p>")
    assert warning == REPLACED


def test_a_declaration_after_a_long_comment_still_counts() -> None:
    page = f"<!-- {'note ' * 600} --><meta charset='windows-1252'><p>été"
    assert decode_page(page.encode("cp1252")) == (page, "")
