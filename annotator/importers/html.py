"""A saved web page becomes a draft: everything a reader could see of it, in the parts of the page it stood in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.text import canonical_text
from annotator.importers.draft import DraftArticle, SourceBlock
from annotator.importers.html_blocks import blocks_of
from annotator.importers.html_clean import clean_html
from annotator.importers.html_decode import decode_page
from annotator.importers.html_facts import Facts, facts_of
from annotator.importers.html_hidden import drop_unseen
from annotator.importers.html_landmarks import landmarks
from annotator.importers.html_leaves import Leaf, leaves_of
from annotator.importers.html_marks import Mark, marks_of
from annotator.importers.html_page import Page, page_of, weigh
from annotator.importers.html_signed import author_near, signed
from annotator.importers.html_story import headline_named, story_of
from annotator.importers.html_strip import stripped
from annotator.importers.html_stylesheet import hidden_names

MOST_CHARACTERS = 2_000_000
DEEPEST = 100
# Real pages have hundreds of runs of text, long live reports a few thousand.
MOST_LEAVES = 20_000
AT_ONCE = 100
# Landmarks whose prose is not the story's, however much of it there is.
BESIDE = frozenset({"menu", "comments", "footer", "aside", "header"})
TOO_BIG = gettext_noop(
    "This page is too big to read, even without its scripts. Copy the article's text and paste it instead."
)
TOO_DEEP = gettext_noop("This page is nested too deeply to read. Copy the article's text and paste it instead.")
NO_TEXT = gettext_noop("No text found in this page. Copy the article's text and paste it instead.")
LOST = gettext_noop(
    "Some text of this page was lost when it was cleaned. Compare the end of the preview with the page."
)
TAGS = {"heading": "h2", "paragraph": "p", "list_item": "li", "quotation": "blockquote", "caption": "figcaption"}


def read_html(data: bytes) -> DraftArticle:
    """The draft of a saved page, made inside the limited child process. RuleError `too_big`, `too_deep`, `no_text`."""
    text, warning = decode_page(data)
    markup = stripped(canonical_text(text).text)
    if len(markup.html) > MOST_CHARACTERS:
        raise RuleError(TOO_BIG, code="too_big")
    root = tree_of(markup.html)
    facts = facts_of(root, markup.json_ld, markup.saved_from)
    drop_unseen(root, hidden_names(markup.sheets))
    leaves = leaves_of(root)
    if not leaves:
        raise RuleError(NO_TEXT, code="no_text")
    if len(leaves) > MOST_LEAVES:
        raise RuleError(TOO_BIG, code="too_big")
    page = page_of(root, leaves)
    marks, facts = marked(page, facts)
    return draft(page.leaves, marks, facts, [warning] if warning else [])


def tree_of(html: str) -> HtmlElement:
    """The tree of a page, if it is not nested beyond reason."""
    if not html.strip():
        raise RuleError(NO_TEXT, code="no_text")
    root = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8"))
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if depth > DEEPEST:
            raise RuleError(TOO_DEEP, code="too_deep")
        waiting.extend((child, depth + 1) for child in element)
    return root


def marked(page: Page, facts: Facts) -> tuple[list[Mark], Facts]:
    """The first ticks of a page, and its facts with what its own lines add: headline, author and date."""
    named = landmarks(page)
    headline = headline_named(page.leaves, facts.titles)
    weigh(page, {element for element, name in named.items() if name in BESIDE}, start=headline or 0)
    story = story_of(page, headline, facts.body)
    if facts.author in {"", facts.publication}:
        facts = replace(facts, author=author_near(page.leaves, story.headline) or facts.author)
    marks = marks_of(page, story, named, facts.author)
    return marks, signed(facts, page.leaves, marks, story)


def draft(leaves: Sequence[Leaf], marks: Sequence[Mark], facts: Facts, warnings: list[str]) -> DraftArticle:
    """The draft: leaves of the same mark are cleaned together, once, and become blocks."""
    blocks: list[SourceBlock] = []
    changes: Counter[str] = Counter()
    before = after = 0
    for mark, part in parts_of(leaves, marks):
        before += sum(weight(leaf.text) for leaf in part)
        for block in blocks_of(clean_html("".join(markup_of(leaf, mark) for leaf in part))):
            found = canonical_text(block.text)
            changes.update(found.changes)
            after += weight(block.text)
            blocks.append(replace(block, text=found.text, group=mark.group, kept=mark.kept, is_title=mark.is_title))
    if after < before:
        warnings.append(LOST)
    return DraftArticle(
        blocks=tuple(blocks),
        title=facts.titles[0] if facts.titles else "",
        publication=facts.publication,
        author=facts.author,
        published=facts.published,
        address=facts.address,
        language=facts.language,
        warnings=tuple(warnings),
        changes=dict(changes),
    )


def parts_of(leaves: Sequence[Leaf], marks: Sequence[Mark]) -> Iterator[tuple[Mark, Sequence[Leaf]]]:
    """Leaves of the same mark that follow each other, not too many at once: cleaning many takes more than its share."""
    start = 0
    for number in range(1, len(leaves) + 1):
        if number == len(leaves) or marks[number] != marks[start] or number - start == AT_ONCE:
            yield marks[start], leaves[start:number]
            start = number


def markup_of(leaf: Leaf, mark: Mark) -> str:
    """The markup of a leaf as an element of its kind."""
    tag = "h1" if mark.is_title else TAGS[leaf.kind]
    return f"<{tag}>{leaf.html}</{tag}>"


def weight(text: str) -> int:
    """How much text there is, white space aside."""
    return len("".join(text.split()))
