"""What a screen reader is told of an article with highlights over each other: its tree as text, written by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotator.models import User
from tests import factories
from tests.e2e.reading_screen import WAKE, ReadingScreen

SignIn = Callable[[User], None]
TEXT = "Quay reopens\n\nThe quay opens on Friday, the harbour office said.\n\nIt is the best news of the year."


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader whose claim and attribution cross, with an opinion inside of both, and a note."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    member = factories.reader(room)
    work = factories.exercise(room, [factories.article(teacher, text=TEXT, title="Quay reopens")])
    reading = factories.reading(work, member)
    for words, label in [
        ("The quay opens on Friday, the harbour", "claim"),
        ("Friday, the harbour office said.", "attribution"),
        ("the harbour", "opinion"),
    ]:
        factories.mark(reading, words, label, note="Which one?" if label == "opinion" else "")
    sign_in(member.user)
    return ReadingScreen(page, reading).open()


def tree(page: Page, selector: str) -> str:
    """Chromium's accessibility tree below an element: one line for each node that is told, indented."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Accessibility.enable")
    root = cdp.send("DOM.getDocument")["root"]["nodeId"]
    found = cdp.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    wanted = cdp.send("DOM.describeNode", {"nodeId": found})["node"]["backendNodeId"]
    nodes = {node["nodeId"]: node for node in cdp.send("Accessibility.getFullAXTree")["nodes"]}
    top = next(node for node in nodes.values() if node.get("backendDOMNodeId") == wanted)
    lines: list[str] = []
    tell(nodes, top, 0, lines)
    cdp.detach()
    return "\n".join(lines)


def tell(nodes: dict[str, Any], node: dict[str, Any], depth: int, lines: list[str]) -> None:
    """Add a node's line and those of its children; what is passed over in silence adds none of its own."""
    role = node.get("role", {}).get("value", "")
    name = node.get("name", {}).get("value", "")
    is_told = not node["ignored"] and role not in {"InlineTextBox", "none", "generic"}
    if is_told:
        shown = "text" if role == "StaticText" else role
        details = " with details" if any(each["name"] == "details" for each in node.get("properties", [])) else ""
        lines.append("  " * depth + (f"{shown} “{name}”" if name else shown) + details)
    if role == "StaticText":
        return
    for child in node.get("childIds", []):
        tell(nodes, nodes[child], depth + is_told, lines)


def test_the_text_is_told_with_its_marks_and_where_their_cards_are(screen: ReadingScreen) -> None:
    assert (
        tree(screen.page, "#text")
        == """\
article “Quay reopens”
  heading “Quay reopens”
    text “Quay reopens”
  paragraph
    mark with details
      text “The quay opens on ”
    mark with details
      text “Friday, ”
    mark with details
      text “the harbour”
    mark with details
      text “ office said.”
  paragraph
    text “It is the best news of the year.”"""
    )


def test_with_tags_said_it_tells_where_each_highlight_begins_and_ends(screen: ReadingScreen) -> None:
    screen.page.get_by_role("button", name="View", exact=True).click()
    screen.page.get_by_role("checkbox", name="Say tags in the text").check()
    screen.press("Escape")
    assert (
        tree(screen.page, "#b2")
        == """\
paragraph
  text “Claim begins.”
  mark with details
    text “The quay opens on ”
  text “Attribution begins.”
  mark with details
    text “Friday, ”
  text “Opinion begins.”
  mark with details
    text “the harbour”
  text “Opinion ends. Claim ends.”
  mark with details
    text “ office said.”
  text “Attribution ends.”"""
    )
    screen.check_text()
    screen.mark("best news", "Opinion")
    screen.saved(4).check_text()
    assert "text “Opinion begins.”\n  mark with details\n    text “best news”" in tree(screen.page, "#b3")
    screen.open().check_text()
    assert tree(screen.page, "#b3").count("begins") == 1


def test_only_shown_highlights_are_said(screen: ReadingScreen) -> None:
    screen.page.get_by_role("button", name="View", exact=True).click()
    screen.page.get_by_role("checkbox", name="Say tags in the text").check()
    screen.page.get_by_role("radio", name="Only Opinion").check()
    told = tree(screen.page, "#b2")
    assert "Opinion begins" in told
    assert "Claim begins" not in told


def test_the_cards_tell_tag_place_words_and_note_in_reading_order(screen: ReadingScreen) -> None:
    expect(
        screen.page.get_by_role("complementary", name="Your highlights").get_by_role("list")
    ).to_match_aria_snapshot("""
      - list:
        - listitem:
          - text: Claim , paragraph 1
          - link "Change Claim, highlight 1":
            - /url: "?open=1#h1"
          - blockquote:
            - link "The quay opens on Friday, the harbour":
              - /url: "#b2"
        - listitem:
          - text: Attribution , paragraph 1
          - link "Change Attribution, highlight 2":
            - /url: "?open=2#h2"
          - blockquote:
            - link "Friday, the harbour office said.":
              - /url: "#b2"
        - listitem:
          - text: Opinion , paragraph 1
          - link "Change Opinion, highlight 3":
            - /url: "?open=3#h3"
          - blockquote:
            - link "the harbour":
              - /url: "#b2"
          - paragraph: Which one?
    """)


def test_an_open_card_offers_to_retag_to_move_and_to_delete(screen: ReadingScreen) -> None:
    screen.page.get_by_role("link", name="Change Claim, highlight 1").press("Enter")
    card = screen.open_card
    for name in ("Retag", "Delete"):
        expect(card.get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(card.get_by_text("Move edges")).to_be_visible()
    card.get_by_role("link", name="The quay opens").press("Enter")
    expect(screen.page.locator("mark.active").first).to_be_in_viewport()


@pytest.mark.parametrize("has_notify", [True, False])
def test_what_was_done_is_said_once_by_one_way(screen: ReadingScreen, has_notify: bool) -> None:
    page = screen.page
    page.evaluate(
        """(has) => {
          window.told = [];
          document.ariaNotify = has ? (words) => window.told.push(words) : undefined;
          new MutationObserver(() => {
            const words = document.getElementById("status").textContent;
            if (words) window.told.push(words);
          }).observe(document.getElementById("status"), { childList: true, characterData: true, subtree: true });
        }""",
        has_notify,
    )
    page.locator("#text").focus()
    screen.mark("best news of", "Opinion")
    screen.saved(4)
    screen.press("Control+z")
    screen.saved(3)
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("radio", name="No highlights").check()
    expected = ["Opinion added, 3 words. Undo with Control Z.", "Undone.", "Highlights are hidden."]
    page.wait_for_function("(n) => window.told.length >= n", arg=len(expected))
    assert page.evaluate("window.told") == expected


# What is said of it all, each once and in this order.
TOLD = """\
Opinion added, 3 words. Undo with Control Z.
Opinion: “the harbour”, paragraph 1. 3 highlights here.
Now Boilerplate. Undo with Control Z.
Boilerplate deleted. Undo with Control Z.
Undone.
Redone.
Undone.
1 change is waiting on this device.
Redone.
All saved again.
Nothing more to take back."""


def test_every_change_and_its_way_to_the_server_are_told_in_words(screen: ReadingScreen, watch: Any) -> None:
    watch.allowed += ["ERR_INTERNET_DISCONNECTED", "Failed to load resource"]
    page = screen.page
    page.evaluate("() => { window.told = []; document.ariaNotify = (words) => window.told.push(words); }")
    screen.mark("best news of", "Opinion")
    screen.saved(4)
    screen.click("the harbour")
    for key, total in [("4", 4), ("Delete", 3), ("Control+z", 4), ("Control+Shift+Z", 3)]:
        screen.press(key)
        screen.saved(total)
    page.context.set_offline(True)
    screen.press("Control+z")
    expect(page.locator("#saved")).to_have_text("1 waiting on this device")
    screen.press("Control+Shift+Z")
    page.context.set_offline(False)
    page.evaluate(WAKE)
    screen.saved(3)
    screen.press("Control+Shift+Z")
    assert "\n".join(page.evaluate("window.told")) == TOLD


def test_saving_is_told_only_when_it_waits_and_when_it_is_saved_again(screen: ReadingScreen, watch: Any) -> None:
    watch.allowed += ["ERR_INTERNET_DISCONNECTED", "Failed to load resource"]
    page = screen.page
    page.evaluate("() => { window.told = []; document.ariaNotify = (words) => window.told.push(words); }")
    page.context.set_offline(True)
    screen.mark("best news of", "Opinion")
    expect(page.locator("#saved")).to_contain_text("waiting")
    page.context.set_offline(False)
    page.evaluate(WAKE)
    screen.saved(4)
    told = page.evaluate("window.told")
    assert [each for each in told if "waiting" in each] != []
    assert told[-1] == "All saved again."
    assert not any("Saving" in each for each in told)
