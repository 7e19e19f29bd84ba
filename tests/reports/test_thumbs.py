"""The small drawings of the library: what stands first in an article, and never past the edge of the page."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotator.reports.thumbs import Line, thumb


def test_a_title_is_drawn_thick_and_a_paragraph_as_long_as_its_text():
    assert thumb([("heading", 20), ("paragraph", 195)]) == [
        Line(css="heading", x=7, y=7, width=13, height=4),
        Line(css="text", x=7, y=17, width=30, height=2),
        Line(css="text", x=7, y=21, width=15, height=2),
    ]


def test_a_quotation_stands_in_and_everything_else_is_dotted():
    drawn = thumb([("quotation", 130), ("list_item", 130), ("caption", 130)])
    assert [(line.css, line.x, line.width) for line in drawn] == [("quote", 11, 24), ("other", 7, 30), ("other", 7, 30)]


def test_an_article_without_blocks_is_an_empty_page():
    assert thumb([]) == []


KINDS = st.sampled_from(["heading", "paragraph", "list_item", "quotation", "caption"])


@given(st.lists(st.tuples(KINDS, st.integers(1, 5000)), max_size=12))
def test_no_line_leaves_the_page_or_touches_the_next(blocks):
    drawn = thumb(blocks)
    assert all(line.x >= 7 and line.x + line.width <= 37 and line.width >= 9 for line in drawn)
    assert all(line.y + line.height <= 50 for line in drawn)
    assert all(one.y + one.height < other.y for one, other in itertools.pairwise(drawn))
