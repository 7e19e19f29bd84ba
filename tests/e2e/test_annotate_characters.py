"""Offsets hold for every character: generated texts, chosen in the browser, saved, exported, compared with slices."""

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.exporters import csv_file, spans_csv
from annotator.models import User
from annotator.reports.export_spans import span_export
from tests.e2e.reading_screen import ReadingScreen, desk

SignIn = Callable[[User], None]
WORDS = [
    "lantern", "fair", "council’s", "6.5", "percent", "“quoted”", "naïve", "cafe\u0301", "a\u0308o\u0308u\u0308",
    "👩‍👩‍👧", "👍🏽", "🇳🇱", "😀", "𝒜𝓑", "𐍈", "قال", "المتحدث", "أمس", "שלום", "עו\u05b9לם", "हिन्दी", "ไทย", "日本語",
    "n\u00a0b", "soft\u00adhyphen", "zero\u200bwidth", "\u200fmark", "e\u0323\u0301", "ﬁ", "ǆ", "İ", "ß",
]  # fmt: skip

# Chooses a place as a reader would drag over it: through the page's own selection, then a mouse release over it.
CHOOSE = """([number, start, end]) => {
  const block = document.getElementById(`b${number}`);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const point = (units, isEnd) => {
    let before = 0;
    walker.currentNode = block;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest("[data-skip]")) continue;
      const fits = isEnd ? units <= before + node.data.length : units < before + node.data.length;
      if (fits) return [node, units - before];
      before += node.data.length;
    }
  };
  block.scrollIntoView({ block: "center" });
  getSelection().setBaseAndExtent(...point(start, false), ...point(end, true));
  const box = getSelection().getRangeAt(0).getClientRects()[0];
  const where = { bubbles: true, clientX: box.left, clientY: box.top + 4, button: 0, detail: 1, altKey: true };
  block.dispatchEvent(new PointerEvent("pointerdown", where));
  block.dispatchEvent(new MouseEvent("mouseup", where));
  block.dispatchEvent(new PointerEvent("pointerup", where));
}"""


def generated(seed: int) -> str:
    """A text of four blocks with everything in it that counts differently in Python and in a browser."""
    chance = random.Random(seed)
    blocks = [" ".join(chance.choices(WORDS, k=chance.randint(4, 14))) for _ in range(4)]
    return "\n\n".join(["Fair", *blocks])


def units(text: str, count: int) -> int:
    """How many UTF-16 units the first `count` code points take."""
    return len(text[:count].encode("utf-16-le")) // 2


@pytest.mark.parametrize("seed", range(4))
def test_every_choice_is_the_slice_of_the_stored_text(page: Page, sign_in: SignIn, seed: int) -> None:
    stored = generated(seed)
    screen = desk(page, sign_in, text=stored)
    chance = random.Random(seed)
    blocks = list(screen.reading.article.blocks.filter(number__gt=1))
    wanted = []
    page.locator("#text").focus()
    for total in range(1, 13):
        block = chance.choice(blocks)
        own = stored[block.start : block.end]
        start = chance.choice([place for place, character in enumerate(own) if not character.isspace()])
        end = chance.randint(start + 1, len(own))
        page.evaluate(CHOOSE, [block.number, units(own, start), units(own, end)])
        expect(screen.popover).to_be_visible()
        wanted.append((chosen_place(screen, stored, block.start + start, block.start + end), total % 4))
        screen.press(str(total % 4 + 1))
        expect(screen.popover).to_be_hidden()
    check_saved(screen, stored, wanted)


def chosen_place(screen: ReadingScreen, stored: str, start: int, end: int) -> str:
    """What the page has chosen: the words asked for, grown at most to whole characters at both ends."""
    words = str(screen.page.evaluate("getSelection().toString()"))
    assert stored[start:end].strip() in words or words in stored[start:end]
    return words


def check_saved(screen: ReadingScreen, stored: str, wanted: list[tuple[str, int]]) -> None:
    """Each was saved and leaves in spans.csv as the slice that it names, and the page shows the stored text still."""
    screen.check_text()
    expect(screen.page.locator("#saved")).to_contain_text("saved")
    rows = list(screen.rows().order_by("number").select_related("label"))
    assert rows
    for row in rows:
        assert row.quote == stored[row.start : row.end]
    assert {row.quote for row in rows} == {words for words, _ in wanted}
    exported = csv_file.decode(b"".join(csv_file.encode(spans_csv.records(span_export([screen.reading.exercise])))))
    assert len(exported) == len(rows)
    for row in exported:
        assert row["text"] == stored[int(row["start"]) : int(row["end"])]


def test_dragging_over_mixed_scripts_with_the_mouse(page: Page, sign_in: SignIn) -> None:
    line = "The cafe\u0301 served 👩‍👩‍👧 and 🇳🇱 guests; قال المتحدث أمس it was full. 𝒜𝓑 left שלום early."
    screen = desk(page, sign_in, text=f"Fair\n\n{line}\n\nEnd")
    for words, label in [("cafe\u0301 served", "Claim"), ("guests", "Opinion"), ("it was full", "Attribution")]:
        screen.mark(words, label)
    screen.click("𝒜𝓑", clicks=2)
    screen.tag("Boilerplate")
    screen.saved(4).check_text()
    assert [quote for quote, _ in screen.quotes()] == ["cafe\u0301 served", "guests", "it was full", "𝒜𝓑"]
