"""The annotate page's parts: text kept to the character, flat marks, cards, minimap, undo and redo."""

import uuid
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain import spans as domain
from annotator.models import Block
from annotator.reports.reading_page import reading_page
from annotator.reports.reading_parts import LabelPart, Piece, block_part, mark_css
from annotator.services.span_workbench import Operation
from annotator.services.spans import operations_apply
from annotator.templatetags.marks import segments
from tests import factories

LABELS = {
    slug: LabelPart(slug, slug.title(), slug[0].upper(), tint, line, "", tint)
    for tint, (slug, line) in enumerate([("claim", "solid"), ("attribution", "dashed"), ("opinion", "double")], 1)
}
HARD = (
    "HARROW — “Ünïcödé” 👩‍👩‍👧 e\u0301 said <b>&amp;</b> قال المتحدث\u00a0أمس, \u202e‮12\u202c "
    "𝔘𝔫𝔦\ttab  two  spaces\nsecond line © 2026 "
)


class Flat(HTMLParser):
    """Text outside data-skip, the deepest nesting of marks, and every id."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.ids, self.stack, self.deepest = "", [], [], 0

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.stack.append((tag, "data-skip" in attributes or bool(self.stack and self.stack[-1][1])))
        self.deepest = max(self.deepest, sum(name == "mark" for name, _ in self.stack))
        if "id" in attributes:
            self.ids.append(attributes["id"])

    def handle_endtag(self, tag):
        assert self.stack.pop()[0] == tag

    def handle_data(self, data):
        if self.stack and not self.stack[-1][1]:
            self.text += data


def read(html):
    flat = Flat()
    flat.feed(html)
    flat.close()
    return flat


def render(text, spans, start=7, kind="paragraph"):
    block = Block(number=3, kind=kind, start=start, end=start + len(text), sentences=[start])
    part = block_part(block, text, spans, LABELS, headings_before=1)
    return render_to_string("annotator/annotate/_block.html", {"block": part}).strip()


SPANS = st.lists(
    st.tuples(st.integers(0, len(HARD) + 10), st.integers(1, 60), st.sampled_from(list(LABELS))), max_size=9
).map(lambda rows: [domain.Span(start, start + length, label, n) for n, (start, length, label) in enumerate(rows, 1)])


@pytest.mark.proves("S10")
@settings(max_examples=60, deadline=None)
@given(SPANS)
def test_a_blocks_text_is_the_stored_text_and_its_marks_are_flat(spans):
    flat = read(render(HARD, spans))
    assert flat.text == HARD
    assert flat.deepest <= 1
    assert len(flat.ids) == len(set(flat.ids))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1, max_size=50))
def test_any_text_is_rendered_to_the_character(text):
    spans = [domain.Span(7, 7 + (len(text) + 1) // 2, "claim", 1), domain.Span(8, 7 + len(text) + 5, "opinion", 2)]
    assert read(render(text, spans)).text == text


@pytest.mark.parametrize(
    ("kind", "tag"),
    [("paragraph", "p"), ("heading", "h2"), ("quotation", "blockquote"), ("list_item", "p"), ("caption", "p")],
)
def test_each_kind_of_block_has_its_element(kind, tag):
    html = render("Words.", [], kind=kind)
    assert html.startswith(f'<{tag} id="b3" class="block {kind}" data-start="7" data-s="7" dir="auto">')
    assert html.endswith(f"</{tag}>")


def test_a_segment_names_all_its_highlights_shortest_first():
    html = render("abcdefghij", [domain.Span(7, 17, "claim", 1), domain.Span(9, 12, "opinion", 2)])
    assert '<mark class="tint-1 line-solid" data-h="1" aria-details="h1">ab</mark>' in html
    assert 'data-h="2 1" aria-details="h2">cde</mark>' in html


def test_a_segment_leads_only_to_a_card_that_is_on_the_page():
    pieces = [Piece("ab", "tint-1", "1", 1), Piece("cde", "tint-3", "2 1", 2)]
    html = segments(pieces, {1})
    assert (
        html
        == '<mark class="tint-1" data-h="1" aria-details="h1">ab</mark><mark class="tint-3" data-h="2 1">cde</mark>'
    )


def test_two_labels_are_two_bands_and_more_are_counted():
    first, second, third = (
        domain.Span(s, 20, slug, s) for s, slug in [(1, "opinion"), (2, "claim"), (3, "attribution")]
    )
    assert mark_css([second, first], LABELS) == "two upper-tint-3 upper-line-double lower-tint-1 lower-line-solid"
    assert mark_css([third, second, first], LABELS).startswith("two many upper-tint-3")


def test_the_gutter_counts_where_three_overlap_and_skips_headings():
    spans = [domain.Span(7 + n, 17, "claim", n + 1) for n in range(3)]
    assert '<span class="count">3</span>' in render("abcdefghij", spans)
    assert '<span class="count">' not in render("abcdefghij", spans[:2])
    assert "<b>2</b>" in render("abcdefghij", [])
    assert "<b>" not in render("abcdefghij", [], kind="heading")


@pytest.fixture
def reading(db):
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    return factories.reading(factories.exercise(room, [factories.article(teacher)]), factories.reader(room))


def test_the_page_holds_cards_in_reading_order_with_their_paragraph(reading):
    place = reading.article.text.index("best")
    factories.span(reading, place, place + 4, "opinion")
    factories.span(reading, 28, 40)
    factories.span(reading, 28, 60, "attribution")
    factories.span(reading, 0, 7)
    factories.span(reading, 30, 35, deleted_at=factories.NOON)
    page = reading_page(reading)
    assert [(card.number, card.paragraph, card.block) for card in page.cards] == [
        (4, None, "b1"), (3, 1, "b2"), (2, 1, "b2"), (1, 2, "b3"),
    ]  # fmt: skip
    assert {label.slug: label.count for label in page.labels} == {
        "claim": 2, "attribution": 1, "opinion": 1, "boilerplate": 0,
    }  # fmt: skip
    assert (page.total, page.paragraphs, page.blank, page.has_title) == (4, 3, [3], True)


def test_a_title_that_is_not_the_first_block_stands_above_the_text(reading):
    reading.article.title = "Another title"
    page = reading_page(reading)
    assert (page.has_title, page.chunks[0].blocks[0].tag) == (False, "h2")


def test_a_retired_label_shows_only_where_it_is_used(reading):
    reading.exercise.codebook_version.labels.filter(slug__in=["opinion", "claim"]).update(is_retired=True)
    factories.span(reading, 28, 40, "opinion")
    assert [label.slug for label in reading_page(reading).labels] == ["attribution", "opinion", "boilerplate"]


def test_a_long_text_comes_in_chunks_that_keep_every_block_in_order(reading):
    text = "\n\n".join(["word " * 250 + "end"] * 25)
    article = factories.article(reading.article.owner, text=text, title="Long")
    long = factories.reading(factories.exercise(reading.exercise.classroom, [article]), reading.member)
    chunks = reading_page(long).chunks
    assert [len(chunk.blocks) for chunk in chunks] == [10, 10, 5]
    assert [block.id for chunk in chunks for block in chunk.blocks] == [f"b{n}" for n in range(1, 26)]
    assert all(chunk.css.startswith("est-") for chunk in chunks)
    assert [chunk.css for chunk in reading_page(reading).chunks] == [""]


def test_the_minimap_shows_the_last_of_those_on_one_spot(reading):
    # In a text of 248 characters, a thousandth is about a quarter of one; each stroke is four thousandths or more.
    assert reading.article.length == 248
    factories.span(reading, 28, 60)
    factories.span(reading, 40, 60, "opinion")
    factories.span(reading, 100, 101)
    factories.span(reading, 247, 248, "opinion")
    tints = reading_page(reading).minimap
    assert [(tint.css, tint.path) for tint in tints] == [
        ("tint-1", "M0 112h9v49H0zM0 403h9v5H0z"),
        ("tint-3", "M0 161h9v81H0zM0 995h9v5H0z"),
    ]


def test_any_number_of_highlights_makes_a_small_minimap(reading):
    for start in range(28, 200):
        factories.span(reading, start, start + 5, "claim" if start % 2 else "opinion")
    assert sum(len(tint.path) for tint in reading_page(reading).minimap) < 6000


def test_the_page_asks_four_queries_beside_the_texts_own(reading, django_assert_num_queries):
    for start in range(28, 100):
        factories.span(reading, start, start + 3)
    fresh = type(reading).objects.select_related("article", "exercise__codebook_version").get(pk=reading.pk)
    with django_assert_num_queries(4):
        reading_page(fresh)


def apply(reading, kind, span, **fields):
    """One operation; its UUID."""
    key = uuid.uuid4()
    if "start" in fields:
        words = reading.article.text[fields["start"] : fields["end"]]
        fields |= {"quote_start": words[:32], "quote_end": words[-32:]}
    operations_apply(
        reading=reading, actor=reading.member, operations=[Operation(uuid=key, kind=kind, span=span, **fields)]
    )
    return key


def test_undo_and_redo_survive_a_reload(reading):
    span = uuid.uuid4()
    added = apply(reading, "add", span, label="claim", start=28, end=50)
    moved = apply(reading, "move", span, start=30, end=60)
    tagged = apply(reading, "relabel", span, label="opinion")
    steps = reading_page(reading).history
    assert [step["uuid"] for step in steps["undo"]] == [str(added), str(moved), str(tagged)]
    assert [step["inverse"]["op"] for step in steps["undo"]] == ["delete", "move", "relabel"]
    words = reading.article.text[28:50]
    assert steps["undo"][1]["inverse"] == {
        "span": str(span), "undoes": str(moved), "op": "move", "start": 28, "end": 50,
        "quote_start": words[:32], "quote_end": words[-32:],
    }  # fmt: skip
    undone = apply(reading, "relabel", span, label="claim", undoes=tagged)
    steps = reading_page(reading).history
    assert [step["uuid"] for step in steps["undo"]] == [str(added), str(moved)]
    assert [(step["uuid"], step["inverse"]["label"]) for step in steps["redo"]] == [(str(undone), "opinion")]
    redone = apply(reading, "relabel", span, label="opinion", undoes=undone)
    steps = reading_page(reading).history
    assert [step["uuid"] for step in steps["undo"]] == [str(added), str(moved), str(redone)]
    assert steps["redo"] == []


def test_a_new_change_after_an_undo_clears_redo(reading):
    span = uuid.uuid4()
    added = apply(reading, "add", span, label="claim", start=28, end=50)
    apply(reading, "delete", span, undoes=added)
    assert len(reading_page(reading).history["redo"]) == 1
    other = apply(reading, "add", uuid.uuid4(), label="claim", start=60, end=70)
    steps = reading_page(reading).history
    assert ([step["uuid"] for step in steps["undo"]], steps["redo"]) == ([str(other)], [])


def test_every_inverse_takes_its_operation_back(reading):
    span = uuid.uuid4()
    apply(reading, "add", span, label="claim", start=28, end=50)
    for kind, fields in [
        ("move", {"start": 30, "end": 60}), ("relabel", {"label": "opinion"}), ("detail", {"details": {"note": "n"}}),
        ("delete", {}), ("restore", {}),
    ]:  # fmt: skip
        seen = reading.spans.values("start", "end", "label", "note", "deleted_at").get()
        if kind != "restore":
            apply(reading, kind, span, **fields)
            inverse = dict(reading_page(reading).history["undo"][-1]["inverse"])
            undoes = uuid.UUID(inverse.pop("undoes"))
            op, _ = inverse.pop("op"), inverse.pop("span")
            details = {name: inverse.pop(name) for name in ("note", "confidence") if name in inverse}
            inverse = {name: inverse[name] for name in ("start", "end", "label") if name in inverse}
            apply(reading, op, span, undoes=undoes, details=details, **inverse)
        assert reading.spans.values("start", "end", "label", "note", "deleted_at").get() == seen
