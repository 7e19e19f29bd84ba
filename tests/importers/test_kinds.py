"""What kind of file it is, by name and by content; every other kind is refused with a sentence and a way on."""

import random

import pytest

from annotator.domain.errors import RuleError
from annotator.importers.kinds import MOST_BYTES, kind_of_file
from annotator.importers.refusals import SENTENCES
from tests.importers.documents import docx, paragraph, pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORD = docx(paragraph("It is late."))
PRINT = pdf([[(60, 700, 8, "It is late.")]])
MHTML = (
    b"From: <Saved by Blink>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html>"
)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"It is late.", "text"),
        ("A.TXT", "Es ist spät.".encode("utf-16"), "text"),
        ("a.b.md", b"# Late", "markdown"),
        ("a.markdown", b"Late", "markdown"),
        ("a.htm", b"<p>Late", "html"),
        ("a.html", b"Late", "html"),
        ("a.docx", WORD, "docx"),
        ("a.pdf", PRINT, "pdf"),
        ("a.pdf", b"\xef\xbb\xbf\n" + PRINT, "pdf"),
        ("a.txt", b"one\x00two and three and four " * 9, "text"),
        ("a.txt", b"BMW raises its prices", "text"),
        ("a.txt", b"MZ and GIF and RIFF", "text"),
    ],
)
def test_name_and_content_together_say_the_kind(name, content, kind):
    assert kind_of_file(name, content) == kind


@pytest.mark.proves("S23")
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.docx", b"", "empty"),
        ("a.txt", b"a" * (MOST_BYTES + 1), "too_big"),
        ("a.exe", b"MZ\x90", "unknown_type"),
        ("a", b"It is late.", "unknown_type"),
        ("a.odt", WORD, "unknown_type"),
        ("a.doc", OLE, "old_word"),
        ("a.docx", OLE, "old_word"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected"),
        ("a.docx", b"It is late.", "mismatch"),
        ("a.docx", PRINT, "mismatch"),
        ("a.pdf", WORD, "mismatch"),
        ("a.pdf", b"It is late.", "mismatch"),
        ("a.txt", PRINT, "mismatch"),
        ("a.html", WORD, "mismatch"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "mismatch"),
        ("a.md", bytes(range(32)) * 9, "mismatch"),
        ("a.txt", random.Random(3).randbytes(5000), "mismatch"),
        ("a.txt", b"{\\rtf1 It is late.}", "mismatch"),
        ("a.html", MHTML, "web_archive"),
        ("a.mhtml", MHTML, "web_archive"),
    ],
)
def test_every_other_file_is_refused_by_name(name, content, code):
    with pytest.raises(RuleError) as refused:
        kind_of_file(name, content)
    assert refused.value.code == code
    assert str(refused.value) == SENTENCES[code]


def test_every_refusal_says_what_to_do():
    for sentence in SENTENCES.values():
        assert sentence.endswith(".")
        assert any(word in sentence for word in ("paste", "Save", "save", "Choose", "try again"))
