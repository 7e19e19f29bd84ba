"""PDF files: lines become paragraphs, columns keep their order, broken words are mended, running heads folded."""

from datetime import date

import pytest

from annotator.domain.errors import RuleError
from annotator.importers import read_article
from tests.importers.documents import pdf

# 9.5 points apart, set in 8 points: a column of a newspaper.
LEADING = 9.5
COLUMN = [
    "The council of Eastquay has bought the last of the ferries",
    "from Riverline, which Ilse Varga called a bargain on Mon-",
    "day night. It has not said what the boat is for, or when a",
    "well-known pilot will come back.",
]
SECOND = [
    "Nobody had asked the pilots, who heard of it from the news",
    "and now want to see the contract before they sail it again.",
]


def column(lines, *, x=60.0, y=700.0, size=8.0, indent=0.0):
    """Lines below each other; the first may be indented."""
    return [(x + (indent if number == 0 else 0), y - number * LEADING, size, line) for number, line in enumerate(lines)]


def kept(draft):
    """The texts of the blocks that come ticked."""
    return [block.text for block in draft.blocks if block.kept]


def read(*pages, **options):
    """The draft of a PDF of these pages."""
    return read_article("ferry.pdf", pdf(pages, **options))


FIRST = (
    "The council of Eastquay has bought the last of the ferries from Riverline, which Ilse Varga called a bargain on "
    "Monday night. It has not said what the boat is for, or when a well-known pilot will come back."
)


@pytest.mark.parametrize(("gap", "indent"), [(LEADING, 0), (0, 12)])
def test_lines_become_paragraphs_parted_by_space_or_by_an_indent(gap, indent):
    below = 700 - len(COLUMN) * LEADING - gap
    draft = read(column(COLUMN) + column(SECOND, y=below, indent=indent))
    assert kept(draft) == [FIRST, " ".join(SECOND)]


def test_large_letters_are_headings_and_the_first_is_the_title():
    draft = read(
        [(60, 760, 20, "Ferry bought back"), (60, 736, 8, "By Ilse Varga"), *column(COLUMN)], info="/Title (ferry.docx)"
    )
    assert [(block.kind, block.is_title) for block in draft.blocks] == [
        ("heading", True),
        ("paragraph", False),
        ("paragraph", False),
    ]
    assert (draft.title, draft.author, draft.language) == ("Ferry bought back", "Ilse Varga", "en-GB")


def test_two_columns_are_read_one_after_the_other_even_when_written_to_and_fro():
    left = column([*COLUMN, *SECOND, *COLUMN], x=60)
    right = column([f"Right {number} and then it goes on." for number in range(len(left))], x=320)
    to_and_fro = [line for pair in zip(left, right, strict=True) for line in pair]
    for lines in ([*left, *right], to_and_fro):
        text = " ".join(kept(read(lines)))
        assert text.startswith(FIRST)
        assert "come back. Right 0 and then it goes on. Right 1" in text


def test_a_paragraph_goes_on_over_the_page_and_running_heads_do_not_stand_in_it():
    pages = []
    for number in range(3):
        lines = [line for _ in range(6) for line in COLUMN[:3]]
        head = [(60, 800, 7, f"The Eastquay Lantern, no. {number + 40}")]
        pages.append([*head, *column(lines), (300, 40, 7, f"Page {number + 1} of 3")])
    draft = read(*pages)
    assert len(kept(draft)) == 1
    assert kept(draft)[0].count("Monday night") == 18
    assert [(block.group, block.text) for block in draft.blocks if not block.kept] == [
        ("header", "The Eastquay Lantern, no. 40"),
        ("header", "The Eastquay Lantern, no. 41"),
        ("header", "The Eastquay Lantern, no. 42"),
        ("footer", "Page 1 of 3"),
        ("footer", "Page 2 of 3"),
        ("footer", "Page 3 of 3"),
    ]


def test_items_of_a_list_stand_alone():
    draft = read(
        column(
            [
                "Three things were said.",
                "1. It leaks.",
                "2. It is late, and it will be late for as long",
                "as it sails.",
                "3. It is ours.",
            ]
        )
    )
    assert [(block.kind, block.text) for block in draft.blocks] == [
        ("paragraph", "Three things were said."),
        ("list_item", "1. It leaks."),
        ("list_item", "2. It is late, and it will be late for as long as it sails."),
        ("list_item", "3. It is ours."),
    ]


def test_properties_say_what_the_text_does_not():
    info = "/Title (Ferry bought back) /Author (Ilse Varga) /CreationDate (D:20260309120000Z)"
    draft = read(column(COLUMN), info=info)
    assert (draft.title, draft.author, draft.published) == ("Ferry bought back", "Ilse Varga", date(2026, 3, 9))


def test_a_picture_of_a_text_is_a_kind_refusal_with_a_way_on():
    with pytest.raises(RuleError, match=r"No text found\. Is this a scan\? .*paste the text") as refused:
        read([])
    assert refused.value.code == "no_text"


def test_more_than_200_pages_are_refused():
    assert len(kept(read(*[column(["One line here."])] * 200))) >= 1
    with pytest.raises(RuleError, match="more than 200 pages"):
        read(*[column(["One line here."])] * 201)


def test_what_a_browser_prints_around_a_page_is_folded_and_gives_the_address():
    printed = [
        (60, 820, 7, "3/9/26, 7:18 PM"),
        (320, 820, 7, "Ferry bought back | The Lantern"),
        (60, 760, 20, "Ferry bought back"),
        *column(COLUMN),
        (60, 20, 7, "https://lantern.example/ferry"),
        (500, 20, 7, "1/1"),
    ]
    draft = read(
        printed, info="/Title (Ferry bought back | The Lantern) /Producer (Skia/PDF) /CreationDate (D:20260401)"
    )
    assert kept(draft) == ["Ferry bought back", FIRST]
    assert [block.group for block in draft.blocks if not block.kept] == ["header", "footer"]
    assert (draft.title, draft.address, draft.published) == ("Ferry bought back", "https://lantern.example/ferry", None)
