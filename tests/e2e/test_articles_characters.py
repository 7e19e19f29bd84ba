"""Hostile characters: what is typed or pasted in Chromium is stored as the canonical text, the same as from a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from annotator.domain.text import canonical_text, fingerprint
from annotator.models import Article, ArticleDraft, User
from tests import factories
from tests.e2e.preview_screen import PreviewScreen

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = "Ferry runs hourly\n\n"
CASES = {
    "crlf": "One line\r\nand another\r\n\r\nA block",
    "lone cr": "One line\rand another\r\rA block",
    "marks within": "\ufeffOne line \ufeff with two marks\n\n\ufeffA block",
    "nul": "One\0line of a longer paragraph\0\n\nA\0 block that goes on, as texts do, for a while",
    "controls": "One\x01line\x0b with\x1f controls\x7f and a form\x0cfeed",
    "separators": "One\u2028line\u2029and\u0085another\x0cpage",
    "noncharacters": "One \ufffe and \uffff here",
    "emoji": "👩‍👩‍👧‍👦 read 🏳️‍🌈 and 🇳🇴 👍🏽",
    "combining": "e\u0301 and é, n\u0303o\u0304, ក្ខុំ",
    "arabic and hebrew": "قالت المتحدثة «لا» في 12 مارس.\n\nאמר הדובר “לא”, 12 במרץ. \u202eabc\u202c \u200f",
    "spaces": "13\u00a0miles  two  spaces\tand a tab\u3000wide\n \u00a0 \nA block",
    "quotes": "“Curly” ‘quotes’ — © 2026 … <b>&amp;</b> \"straight\" 'too'",
    "astral": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \U0010fffd \U00020000",
}


@pytest.fixture
def preview(page: Page, sign_in: Callable[[User], None]) -> PreviewScreen:
    """A teacher's screen."""
    sign_in(factories.teacher("marit"))
    return PreviewScreen(page)


def stored(page: Page) -> Article:
    """Save the preview as it stands; the article, which leaves the library so that the next is no twin."""
    article = PreviewScreen(page).save()
    Article.objects.update(deleted_at=factories.NOON)
    return article


@pytest.mark.parametrize("raw", CASES.values(), ids=CASES)
@pytest.mark.proves("S10")
@pytest.mark.proves("S11")
def test_typed_pasted_and_uploaded_give_one_text(preview: PreviewScreen, page: Page, tmp_path: Path, raw: str) -> None:
    file = tmp_path / "ferry.txt"
    # As Windows saves it: with a byte order mark, which is none of the text's characters.
    file.write_bytes((FIRST + raw).encode("utf-8-sig"))
    uploaded = stored(preview.upload(file).page)

    expected = split(canonical_text(FIRST + raw).text)
    assert uploaded.text == "\n\n".join(expected)
    assert uploaded.text_sha256 == fingerprint(uploaded.text)
    assert page.locator("#text .block").all_text_contents() == expected

    pasted = stored(preview.paste(FIRST + raw).page)
    assert (pasted.text, pasted.text_sha256) == (uploaded.text, uploaded.text_sha256)

    page.goto("/articles/add/")
    page.get_by_label("Paste the text").click()
    page.keyboard.insert_text(FIRST + raw)
    typed = stored(preview.go_on().page)
    assert (typed.text, typed.text_sha256) == (uploaded.text, uploaded.text_sha256)
    assert ArticleDraft.objects.count() == 0


def test_words_changed_in_the_preview_are_canonical_too(preview: PreviewScreen) -> None:
    preview.paste("\n\n".join(f"{name}: old words" for name in CASES))
    for number, (name, raw) in enumerate(CASES.items()):
        opened = preview.open(f"{name}: old words")
        opened.get_by_text("Change the words").click()
        opened.get_by_role("textbox").fill(f"{name}: {raw}")
        opened.get_by_role("button", name="Take these words").click()
        preview.version(3 + 2 * number)
    expected = [block for name, raw in CASES.items() for block in split(canonical_text(f"{name}: {raw}").text)]
    assert [text for text, _ in preview.stored()] == expected
    assert preview.shown() == expected


def split(text: str) -> list[str]:
    """The blocks of a text: what stands between its blank lines, without white space around."""
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(lines).strip() for lines in blocks if lines]
