"""File names of downloads: safe in a header and on a disk, whatever the title is."""

import pytest
from django.http import HttpResponse

from annotator.exporters.file_names import ascii_name, content_disposition, full_name

NAUGHTY = [
    "a\r\nSet-Cookie: x=1", 'quote " and \\ back', "../../etc/passwd", "\u202egnp.exe", "NUL\x00byte", "", "...", "💥",
    "日本語の題", "مقال", "a" * 500, "semi; filename=evil.exe", "%0d%0aX: y", "Zürich — 5 Fragen",
]  # fmt: skip


@pytest.mark.proves("S08")
@pytest.mark.parametrize("title", NAUGHTY)
def test_a_title_cannot_break_out_of_the_header_or_the_folder(title: str) -> None:
    header = content_disposition(title, "spans.csv")
    HttpResponse()["Content-Disposition"] = header
    ascii_part, full_part = header.removeprefix("attachment; ").split("; ")
    assert ascii_part.isascii()
    assert not set("/\\:*?<>|\r\n\x00%;").intersection(ascii_part)
    assert ascii_part.count('"') == 2
    assert full_part.startswith("filename*=UTF-8''")
    assert not set('/\\:*?"<>|\r\n\x00\u202e').intersection(full_name(title, "spans.csv"))


@pytest.mark.parametrize(
    ("title", "plain", "full"),
    [
        ("Who says so? Week 6", "who-says-so-week-6_spans.csv", "Who says so Week 6_spans.csv"),
        ("Zürich — 5 Fragen", "zurich-5-fragen_spans.csv", "Zürich — 5 Fragen_spans.csv"),
        ("日本語", "exercise_spans.csv", "日本語_spans.csv"),
    ],
)
def test_a_name_says_which_exercise_it_is(title: str, plain: str, full: str) -> None:
    assert ascii_name(title, "spans.csv") == plain
    assert full_name(title, "spans.csv") == full
