"""Files in a real browser: each format becomes a preview, and what cannot become one says so and stores nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotator.models import Article, ArticleDraft, User
from tests import factories
from tests.e2e.conftest import Watch
from tests.e2e.made_files import docx, pdf, scanned_pdf
from tests.e2e.preview_screen import PreviewScreen

pytestmark = pytest.mark.django_db(transaction=True)
STORY = [
    "Ferry runs hourly",
    "It left at six, and it was full when it left.",
    "Nobody had expected that, said Ilse Varga.",
]
TOO_BIG = "That is more than 10 MB"
DROP = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  const options = { dataTransfer: files, bubbles: true, cancelable: true };
  document.getElementById("drop").dispatchEvent(new DragEvent("dragover", options));
  document.getElementById("drop").dispatchEvent(new DragEvent("drop", options));
}"""


@pytest.fixture
def teacher(sign_in: Callable[[User], None]) -> User:
    """Someone who adds articles."""
    made = factories.teacher("marit")
    sign_in(made)
    return made


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer, watch: Watch, page: Page, teacher: User) -> Iterator[Page]:
    """A page of the same teacher with scripts switched off."""
    state = page.context.storage_state()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=state)
    context.on("page", watch.follow)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def sixty_megabytes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file six times too big."""
    file = tmp_path_factory.mktemp("big") / "big.txt"
    with file.open("wb") as opened:
        opened.truncate(60 * 1024 * 1024)
    return file


def nothing_stored() -> bool:
    """Neither draft nor article."""
    return not ArticleDraft.objects.exists() and not Article.objects.exists()


def refused(page: Page, file: Path, sentence: str) -> None:
    """Send a file and read the sentence; pasting is still offered."""
    page.goto("/articles/add/")
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Continue to preview").click()
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_label("Paste the text")).to_be_editable()
    assert nothing_stored()


PAGE = f"<html><body><article><h1>{STORY[0]}</h1><p>{STORY[1]}</p><p><b>{STORY[2]}</b></p></article></body></html>"
CONTENTS = {
    "ferry.txt": "\n\n".join(STORY).encode(),
    "ferry.md": f"# {STORY[0]}\n\n{STORY[1]}\n\n*{STORY[2]}*\n".encode(),
    "ferry.html": PAGE.encode(),
    "ferry.docx": docx(STORY[0], STORY[1:]),
    "ferry.pdf": pdf(STORY[0], STORY[1:]),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_each_kind_of_text_becomes_the_same_article(page: Page, teacher: User, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(CONTENTS[name])
    article = PreviewScreen(page).upload(file).save()
    assert (article.text, article.title) == ("\n\n".join(STORY), STORY[0])


def test_a_file_can_be_dropped_onto_the_box(page: Page, teacher: User) -> None:
    page.goto("/articles/add/")
    page.evaluate(DROP, ["ferry.txt", "\n\n".join(STORY)])
    expect(page.get_by_text("ferry.txt", exact=True)).to_be_visible()
    assert PreviewScreen(page).go_on().shown() == STORY


def test_a_file_far_too_big_is_refused_before_it_is_sent(page: Page, teacher: User, sixty_megabytes: Path) -> None:
    page.goto("/articles/add/")
    page.get_by_label("Choose a file").set_input_files(sixty_megabytes)
    expect(page.get_by_role("alert")).to_contain_text(TOO_BIG)
    expect(page.get_by_text("Or drop a file here")).to_be_visible()
    assert page.get_by_label("Choose a file").evaluate("(input) => input.files.length") == 0
    assert nothing_stored()


def test_without_scripts_the_server_refuses_it(plain: Page, watch: Watch, sixty_megabytes: Path) -> None:
    watch.allowed.append("413")
    refused(plain, sixty_megabytes, TOO_BIG)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", b"", "This file is empty."),
        ("empty.docx", b"", "This file is empty."),
        ("page.xyz", b"words", "This kind of file cannot be read here."),
        ("ferry.pdf", b"words and no PDF", "not what its name says"),
        ("scan.pdf", scanned_pdf(), "No text found. Is this a scan?"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    page: Page, teacher: User, watch: Watch, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    watch.allowed.append("422")
    file = tmp_path / name
    file.write_bytes(content)
    refused(page, file, sentence)


def test_nothing_at_all_is_asked_for(page: Page, teacher: User, watch: Watch) -> None:
    watch.allowed.append("422")
    page.goto("/articles/add/")
    page.get_by_role("button", name="Continue to preview").click()
    expect(page.get_by_role("alert")).to_contain_text("Paste the text of an article, or choose its file.")
    expect(page.get_by_label("Paste the text")).to_be_focused()


def test_words_and_minutes_are_counted_while_typing(page: Page, teacher: User) -> None:
    page.goto("/articles/add/")
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    page.get_by_label("Paste the text").fill("word " * 500)
    expect(page.locator("#words")).to_have_text("500 words")
    expect(page.locator("#minutes")).to_have_text("3 min to read")
    page.get_by_label("Paste the text").fill("Once")
    expect(page.locator("#words")).to_have_text("1 word")
