"""Adding an article as a teacher does it: the form, the preview's groups and blocks, and the fields beside them."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from annotator.domain.draft_blocks import blocks_read
from annotator.models import Article, ArticleDraft

# What htmx asks for, swaps or has not taken up yet: a press there may go unheard.
PENDING = ".htmx-request, .htmx-swapping, .htmx-settling"


class PreviewScreen:
    """One teacher's way from a text to an article."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def paste(self, text: str) -> "PreviewScreen":
        """Paste a text and go on to its preview."""
        self.page.goto("/articles/add/")
        self.page.get_by_label("Paste the text").fill(text)
        return self.go_on()

    def upload(self, file: Path) -> "PreviewScreen":
        """Choose a file and go on to its preview."""
        self.page.goto("/articles/add/")
        self.page.get_by_label("Choose a file").set_input_files(file)
        return self.go_on()

    def go_on(self) -> "PreviewScreen":
        """Press the button and wait for the preview and its scripts."""
        self.page.get_by_role("button", name="Continue to preview").click()
        expect(self.page.get_by_role("heading", name="Is this the whole story?")).to_be_visible()
        self.page.wait_for_load_state("load")
        return self

    def group(self, title: str) -> Locator:
        """A part of the page."""
        return self.page.get_by_role("region", name=title)

    def block(self, words: str) -> Locator:
        """The row of the block that begins with `words`."""
        return self.page.locator(".blocks > li").filter(has=self.page.locator(".block-text", has_text=words)).first

    def open(self, words: str) -> Locator:
        """Open a block for splitting, joining and rewording."""
        self.block(words).get_by_role("button", name="Split, join or change:").click()
        expect(self.block(words).get_by_role("group", name="Split, join or change this block")).to_be_visible()
        return self.block(words)

    def shown(self) -> list[str]:
        """The blocks on the screen."""
        return self.page.locator(".block-text").all_text_contents()

    def stored(self) -> list[tuple[str, bool]]:
        """The draft's blocks in the database, each with its tick."""
        return [(block.text, block.kept) for block in blocks_read(ArticleDraft.objects.get().content)]

    def version(self, number: int) -> "PreviewScreen":
        """Wait until the screen shows this state of the draft, and what is new in it can be pressed."""
        expect(self.page.locator('input[name="version"]')).to_have_value(str(number))
        expect(self.page.locator(PENDING)).to_have_count(0)
        return self

    def save(self) -> Article:
        """Save to the library and wait for the article's page."""
        self.page.get_by_role("button", name="Save to library").click()
        expect(self.page.get_by_role("button", name="Read it now")).to_be_visible()
        return Article.objects.latest("pk")
