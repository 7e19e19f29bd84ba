"""Of any page: every word that is in sight is imported, in its order, and no word that is hidden."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.importers.html import read_html

SHOWN, HIDDEN = "ab", "yz"
CONTAINERS = st.sampled_from(
    re.findall(
        r"\S+",
        "div p section article main aside nav header footer ul ol li blockquote figure figcaption h1 h2 span b a table "
        "tr td center font form label details x-part dl dt dd pre address",
    )
)
HIDING = st.sampled_from(
    [
        "<p hidden>{}</p>",
        "<div style='display:none'>{}</div>",
        "<span class='sr-only'>{}</span>",
        "<script>{}</script>",
        "<style>{}</style>",
        "<template>{}</template>",
        "<noscript>{}</noscript>",
        "<svg><text>{}</text></svg>",
        "<select><option>{}</option></select>",
        "<dialog>{}</dialog>",
        "<!-- {} -->",
        "<textarea>{}</textarea>",
        "<iframe>{}</iframe>",
    ]
)


def word(letters: str) -> st.SearchStrategy[str]:
    """Words of these letters, a few of them in a row now and then a whole paragraph."""
    return st.integers(1, 30).flatmap(lambda count: st.just(" ".join(letters * 3 for _ in range(count)) + "."))


leaves = st.one_of(
    word(SHOWN),
    st.builds(lambda frame, text: frame.format(text), HIDING, word(HIDDEN)),
    st.builds(lambda text: f"<a href='/x'>{text}</a>", word(SHOWN)),
    st.just("<br>"),
)
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>", CONTAINERS, st.lists(inner, min_size=1, max_size=5)
    ),
    max_leaves=30,
)


def numbered(html: str) -> str:
    """The page with a number at every word in sight, so that each is one of its kind."""
    parts = html.split(SHOWN * 3)
    return "".join(f"{part}w{number}w" for number, part in enumerate(parts[:-1])) + parts[-1]


@settings(max_examples=150, deadline=None)
@given(tree=trees)
def test_all_that_is_in_sight_comes_in_order_and_nothing_hidden(tree: str) -> None:
    html = numbered(tree)
    count = html.count("w") // 2
    page = f"<body><p>first</p>{html}<p>last</p>"
    found = "".join("".join(block.text.split()) for block in read_html(page.encode()).blocks)
    expected = "".join(f"w{number}w" for number in range(count))
    assert HIDDEN not in found
    assert "".join(found.replace("first", "").replace("last", "").replace(".", "")) == expected


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_give_a_draft_or_a_sentence(data: bytes) -> None:
    draft = read_html(b"<p>words</p>" + data)
    assert "words" in "".join(block.text for block in draft.blocks) or draft.blocks


@settings(max_examples=150, deadline=None)
@given(tree=trees)
def test_blocks_are_never_empty_and_hold_no_white_space_of_the_source(tree: str) -> None:
    for block in read_html(f"<body><p>first</p>{tree}".encode()).blocks:
        assert block.text.strip()
        assert "  " not in block.text
        assert "\n\n" not in block.text
        assert "\t" not in block.text
