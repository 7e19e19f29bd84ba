"""From a text to an article in a real browser: by mouse, by keys alone, without scripts, and what is refused."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotator.models import Article, ArticleDraft, Reading, User
from tests import factories
from tests.e2e.conftest import Watch, followed
from tests.e2e.preview_screen import PENDING, PreviewScreen

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Ferry runs hourly\n\nIt left at six. It was full.\n\nIlse Varga said\n\nso.\n\n© 2026 The Eastquay Lantern"
SAVED_PAGE = """<!doctype html><html lang="en"><head><title>Ferry runs hourly - Tern Bay Echo</title>
<meta name="author" content="Ilse Varga"><meta property="og:site_name" content="Tern Bay Echo">
<meta property="article:published_time" content="2026-03-06T08:00:00Z"></head><body>
<nav><ul><li><a href="/h">Harbour</a></li><li><a href="/c">Council</a></li><li><a href="/s">Schools</a></li>
<li><a href="/t">Tides</a></li><li><a href="/j">Jobs</a></li></ul></nav>
<main><article><h1>Ferry runs hourly</h1>
<p>The harbour ferry between Tern Bay and Skarn Point will run every hour until the end of March, the operator said.</p>
<p>Some 4,100 people crossed in January, according to figures from the harbour office that were seen on Monday.</p>
<p>“We thought the boats would be empty. They were not,” said Jorun Haldane, who manages the route for the town.</p>
</article></main>
<footer><p>Keep the Echo free for everyone: give 3 crowns a month.</p><p>© 2026 Tern Bay Echo</p></footer>
</body></html>"""


@pytest.fixture
def teacher(sign_in: Callable[[User], None]) -> User:
    """Someone who adds articles."""
    made = factories.teacher("marit")
    sign_in(made)
    return made


@pytest.fixture
def preview(page: Page, teacher: User) -> PreviewScreen:
    """The teacher's screen."""
    return PreviewScreen(page)


@pytest.fixture
def plain(
    browser: Browser, live_server: LiveServer, watch: Watch, page: Page, teacher: User
) -> Iterator[PreviewScreen]:
    """The same teacher's browser with scripts switched off."""
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    yield PreviewScreen(followed(context, watch).new_page())
    context.close()


def test_a_pasted_text_is_split_joined_reworded_described_saved_and_read(page: Page, preview: PreviewScreen) -> None:
    preview.paste(TEXT)
    assert preview.shown() == TEXT.split("\n\n")
    opened = preview.open("It left")
    opened.get_by_role("button", name="Split here").click()
    preview.version(3)
    assert preview.shown()[1:3] == ["It left at six.", "It was full."]
    preview.open("Ilse Varga").get_by_role("button", name="Join with the next").click()
    preview.version(5)
    assert preview.shown()[3] == "Ilse Varga said so."
    opened = preview.open("It was")
    opened.get_by_text("Change the words").click()
    opened.get_by_role("textbox").fill("It was never full.")
    opened.get_by_role("button", name="Take these words").click()
    preview.version(7)
    preview.block("It left").get_by_role("checkbox").uncheck()
    preview.version(8)
    page.get_by_role("textbox", name="Title").fill("The ferry, hourly")
    page.get_by_label("Publication").fill("Tern Bay Echo")
    page.get_by_label("Date").fill("2026-03-06")
    article = preview.save()
    assert article.text == (
        "Ferry runs hourly\n\nIt was never full.\n\nIlse Varga said so.\n\n© 2026 The Eastquay Lantern"
    )
    assert (article.title, article.publication, article.published) == (
        "The ferry, hourly",
        "Tern Bay Echo",
        date(2026, 3, 6),
    )
    assert page.locator("#text .block").all_text_contents() == article.text.split("\n\n")
    factories.codebook()
    page.get_by_role("button", name="Read it now").click()
    expect(page.locator("#text")).to_be_visible()
    assert Reading.objects.get().article == article


def test_groups_are_left_out_and_kept_with_one_click(page: Page, preview: PreviewScreen, tmp_path: Path) -> None:
    file = tmp_path / "ferry.html"
    file.write_text(SAVED_PAGE, encoding="utf-8")
    preview.upload(file)
    menu, footer = preview.group("Header and menu"), preview.group("Footer")
    expect(menu.get_by_text("5 blocks left out")).to_be_visible()
    footer.get_by_role("button", name="Keep", exact=True).click()
    expect(footer.get_by_text("all 2 blocks kept")).to_be_visible()
    expect(menu.get_by_role("button", name="Leave out")).to_have_attribute("aria-pressed", "true")
    footer.get_by_role("button", name="Leave out").click()
    expect(footer.get_by_text("2 blocks left out")).to_be_visible()
    menu.get_by_role("button", name="Keep", exact=True).click()
    expect(menu.get_by_text("all 5 blocks kept")).to_be_visible()
    menu.get_by_role("checkbox").first.uncheck()
    expect(menu.get_by_text("4 of 5 blocks kept")).to_be_visible()
    for name in ("Keep", "Leave out"):
        expect(menu.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "false")
    assert page.get_by_label("Author").input_value() == "Ilse Varga"
    article = preview.save()
    assert "Harbour" not in article.text
    assert "Council\n\nSchools\n\nTides\n\nJobs\n\nFerry runs hourly\n\nThe harbour ferry" in article.text
    assert "crowns" not in article.text


def test_quick_presses_wait_for_each_other_and_all_count(page: Page, preview: PreviewScreen) -> None:
    preview.paste("\n\n".join(f"Paragraph {number} of the story." for number in range(8)))
    page.evaluate("document.querySelectorAll('.blocks input').forEach((tick) => tick.click())")
    preview.version(9)
    assert [kept for _, kept in preview.stored()] == [False] * 8
    expect(page.get_by_text("8 blocks left out")).to_be_visible()


def test_what_is_typed_beside_the_text_is_kept_over_a_reload(page: Page, preview: PreviewScreen) -> None:
    preview.paste(TEXT)
    page.get_by_label("Author").fill("Oona Pell")
    page.get_by_label("Author").press("Tab")
    preview.version(2)
    page.reload()
    expect(page.get_by_label("Author")).to_have_value("Oona Pell")


def test_by_keyboard_alone_and_the_focus_is_never_lost(page: Page, preview: PreviewScreen) -> None:
    page.goto("/articles/add/")
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == "pasted":
            break
        page.keyboard.press("Tab")
    page.keyboard.insert_text(TEXT)
    tab_to(page, "Continue to preview")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Is this the whole story?")).to_be_visible()
    page.wait_for_load_state()
    tab_to(page, "Split, join or change: It left")
    page.keyboard.press("Enter")
    preview.version(2)
    expect(page.locator(":focus")).to_have_accessible_name(re.compile("^Split, join or change: It left"))
    tab_to(page, "Split here")
    page.keyboard.press("Enter")
    preview.version(3)
    expect(page.locator(":focus")).to_have_accessible_name(re.compile("^Split, join or change: It left at six."))
    tab_to(page, "It was full.")
    page.keyboard.press("Space")
    preview.version(4)
    expect(page.locator(":focus")).to_have_accessible_name(re.compile("^It was full."))
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    tab_to(page, "Title")
    page.keyboard.press("Enter")
    preview.version(5)
    tab_to(page, "Save to library")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Read it now")).to_be_visible()
    assert "It was full." not in Article.objects.get().text


def settled(page: Page) -> None:
    """Wait until what htmx brought can be pressed."""
    expect(page.locator(PENDING)).to_have_count(0)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focused part is called so."""
    for _ in range(60):
        if focused(page).startswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {name}")


def focused(page: Page) -> str:
    """What the focused part is called."""
    return str(
        page.evaluate("""() => {
          const part = document.activeElement;
          const label = part.labels?.[0]?.textContent;
          return (part.getAttribute("aria-label") ?? label ?? part.textContent).trim();
        }""")
    )


def test_without_scripts_every_press_works(plain: PreviewScreen, watch: Watch) -> None:
    watch.allowed.append("422")
    page = plain.page
    plain.paste(TEXT)
    opened = plain.open("It left")
    opened.get_by_role("combobox").select_option(label="It was full.")
    opened.get_by_role("button", name="Split", exact=True).click()
    assert plain.shown()[1:3] == ["It left at six.", "It was full."]
    opened = plain.open("Ilse Varga")
    opened.get_by_role("button", name="Join with the next").click()
    opened = plain.open("It was")
    opened.get_by_text("Change the words").click()
    opened.get_by_role("textbox").fill("It was never full.")
    plain.block("It left").get_by_role("checkbox").uncheck()
    page.get_by_role("textbox", name="Title").fill("")
    page.get_by_role("button", name="Save to library").click()
    expect(page.get_by_role("alert")).to_have_text("Look at what is marked below.")
    expect(plain.block("It left").get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("textbox", name="Title").fill("The ferry")
    article = plain.save()
    assert (
        article.text == "Ferry runs hourly\n\nIt was never full.\n\nIlse Varga said so.\n\n© 2026 The Eastquay Lantern"
    )


def test_two_windows_do_not_overwrite_each_other(page: Page, preview: PreviewScreen, watch: Watch) -> None:
    watch.allowed.append("409")
    preview.paste(TEXT)
    other = page.context.new_page()
    other.goto(page.url)
    second = PreviewScreen(other)
    second.block("It left").get_by_role("checkbox").uncheck()
    second.version(2)
    preview.group("Story").get_by_role("button", name="Leave out").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("changed in another window")
    assert [kept for _, kept in preview.stored()].count(True) == 4
    page.get_by_role("link", name="Show it as it stands").click()
    expect(preview.block("It left").get_by_role("checkbox")).not_to_be_checked()
    second.save()
    page.get_by_role("button", name="Save to library").click()
    expect(page.get_by_role("button", name="Read it now")).to_be_visible()
    assert Article.objects.count() == 1


def test_saving_without_a_title_marks_the_field_and_goes_there(
    page: Page, preview: PreviewScreen, watch: Watch
) -> None:
    watch.allowed.append("422")
    page.set_viewport_size({"width": 390, "height": 844})
    preview.paste(
        "One more paragraph.\n\n" * 20
        + "Only one paragraph, which is no title because it is a sentence that ends here."
    )
    page.get_by_role("textbox", name="Title").fill("")
    page.get_by_role("button", name="Save to library").click()
    expect(page.get_by_role("alert")).to_have_text("Look at what is marked below.")
    expect(page.get_by_role("textbox", name="Title")).to_be_focused()
    expect(page.get_by_role("textbox", name="Title")).to_be_in_viewport()
    expect(page.get_by_text("Give the article a title")).to_be_visible()
    assert Article.objects.count() == 0


def test_the_same_text_is_noticed_and_saved_again_when_asked(page: Page, preview: PreviewScreen, watch: Watch) -> None:
    watch.allowed.append("422")
    first = preview.paste(TEXT).save()
    preview.paste(TEXT)
    expect(page.get_by_text("You already have this text:")).to_be_visible()
    page.get_by_role("button", name="Save to library").click()
    expect(page.get_by_role("alert")).to_contain_text("tick the box to save it a second time")
    page.get_by_label("Save it a second time").check()
    second = preview.save()
    assert (second.text_sha256, Article.objects.count()) == (first.text_sha256, 2)


def test_a_correction_keeps_the_old_text_and_names_it(page: Page, preview: PreviewScreen) -> None:
    old = preview.paste(TEXT).save()
    page.get_by_role("button", name="Correct the text").click()
    expect(page.get_by_text("Nothing has changed yet: this is still the old text.")).to_be_visible()
    opened = preview.open("It left")
    opened.get_by_role("textbox").fill("It left at seven.")
    opened.get_by_role("button", name="Take these words").click()
    expect(page.get_by_text("Nothing has changed yet")).to_be_hidden()
    new = preview.save()
    assert (new.replaces, new.text.split("\n\n")[1]) == (old, "It left at seven.")
    page.get_by_role("link", name="Open the earlier version").click()
    expect(page.get_by_text("There is a corrected version of this text.")).to_be_visible()
    assert page.locator("#text .block").all_text_contents() == TEXT.split("\n\n")


def test_an_upload_can_be_thrown_away(page: Page, preview: PreviewScreen) -> None:
    preview.paste(TEXT)
    page.get_by_role("button", name="Throw away").click()
    expect(page.get_by_text("Thrown away. Nothing was saved.")).to_be_visible()
    assert (Article.objects.count(), ArticleDraft.objects.count()) == (0, 0)


def test_the_library_answers_as_one_chooses(page: Page, teacher: User) -> None:
    for number in range(14):
        factories.article(teacher, title=f"Story {number}", language="fr" if number % 2 else "en", publication="Echo")
    page.goto("/articles/")
    titles = page.locator(".articles h2")
    expect(titles).to_have_count(12)
    page.get_by_role("link", name="Show 2 more").click()
    expect(titles).to_have_count(14)
    settled(page)
    page.get_by_label("Language").focus()
    page.get_by_label("Language").select_option("fr")
    expect(titles).to_have_count(7)
    expect(page.get_by_label("Language")).to_be_focused()
    settled(page)
    page.get_by_label("Order").select_option("title")
    expect(titles.first).to_have_text("Story 1")
    settled(page)
    page.get_by_role("searchbox").fill("story 13")
    page.get_by_role("searchbox").press("Enter")
    expect(titles).to_have_text(["Story 13"])
    assert page.url.split("?")[1] == "q=story%2013&publication=&language=fr&used=&order=title"
    page.go_back()
    expect(titles).to_have_count(7)
