"""A reading of very many highlights: most of its blocks come as text alone, and the script dresses them as the server
would have.
"""

from collections.abc import Callable
from itertools import accumulate, count

import pytest
from playwright.sync_api import Page, Route, expect

from annotator.models import Block, Reading, Span, User
from tests import factories
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import COPIED, KEPT, NO_NOTIFY, OPERATIONS, WAKE, ReadingScreen, until, without_worker
from tests.e2e.test_outbox_leaving import leave

SignIn = Callable[[User], None]
HIGHLIGHTS = "**/highlights/"

# Kind, words, line breaks behind them: all that the script has to make up its mind about.
PARTS = [
    ("heading", "On the quay 🏮 at {n}", 2),
    ("paragraph", "“Nobody 😀 knows,” said harbour master Pell {n}. It was cold. Who asked her?", 2),
    ("list_item", "قال المتحدث أمس إن الرصيف {n} مفتوح. نعم.", 1),
    ("list_item", "Moorings {n}: 4,000 crowns", 3),
    ("quotation", "A bargain, whatever her critics say, {n} times.\nOr more.", 2),
]
TIMES = 90
# In each paragraph one highlight lies over two others, and its end over one more; one goes on into the next block.
PLACES = [(0, 12, "opinion"), (2, 40, "claim"), (10, 60, "attribution"), (38, 90, "claim"), (60, 64, "boilerplate")]

FAR = f"said harbour master Pell {TIMES - 1}"

# What the page's script has made of the text, beside what the server makes of it in one piece; only where a mark leads
# is not compared, for marks lead to cards that are near.
DIFFERING = """async () => {
  const page = await (await fetch("?whole=1")).text();
  const whole = new DOMParser().parseFromString(page, "text/html").getElementById("text");
  const dressed = document.getElementById("text").cloneNode(true);
  for (const mark of [...whole.querySelectorAll("mark"), ...dressed.querySelectorAll("mark")]) {
    mark.removeAttribute("aria-details");
    mark.classList.remove("active");
  }
  const [mine, theirs] = [dressed, whole].map((text) => [...text.querySelectorAll(".block")]);
  const differing = theirs.filter((block, index) => !block.isEqualNode(mine[index]));
  return [mine.length, theirs.length, differing.map((block) => block.outerHTML).slice(0, 3)];
}"""
KNOWN = """() => [...document.querySelectorAll(".cards > [data-span]")].map(({ dataset }) =>
  [dataset.span, Number(dataset.number), Number(dataset.start), Number(dataset.end), dataset.label])"""


def hard_reading() -> Reading:
    """Many highlights in a text of every kind of block."""
    parts = [(kind, words.format(n=n), gap) for n in range(TIMES) for kind, words, gap in PARTS]
    text = "".join(words + "\n" * gap for _kind, words, gap in parts).rstrip("\n")
    teacher = factories.teacher()
    made = factories.article(teacher, text=text, title="A day on the quay")
    made.blocks.all().delete()
    starts = [0, *accumulate(len(words) + gap for _kind, words, gap in parts)]
    Block.objects.bulk_create(
        Block(article=made, number=number, kind=kind, start=start, end=start + len(words),
              sentences=[start, *(start + place + 2 for place in range(len(words)) if words.startswith(". ", place))])
        for number, ((kind, words, _gap), start) in enumerate(zip(parts, starts, strict=False), 1)
    )  # fmt: skip
    work = factories.exercise(factories.classroom(teacher), [made])
    found = factories.reading(work, factories.reader(work.classroom))
    labels = {label.slug: label for label in work.codebook_version.labels.all()}
    numbers = count(1)
    spans = [
        Span(uuid=factories.uuid.uuid4(), reading=found, number=next(numbers), label=labels[slug],
             start=start + at, end=start + end, quote=text[start + at : start + end])
        for (kind, _words, _gap), start in zip(parts, starts, strict=False) if kind == "paragraph"
        for at, end, slug in PLACES
    ]  # fmt: skip
    Span.objects.bulk_create(spans)
    Reading.objects.filter(pk=found.pk).update(last_number=len(spans))
    return found


@pytest.fixture
def reading(db: None) -> Reading:
    """The same for every test of this file."""
    return hard_reading()


@pytest.fixture
def screen(page: Page, sign_in: SignIn, reading: Reading) -> ReadingScreen:
    """A reader in front of it."""
    sign_in(reading.member.user)
    return ReadingScreen(page, reading).open()


def test_the_script_makes_of_bare_blocks_what_the_server_makes_of_whole_ones(screen: ReadingScreen) -> None:
    html = screen.page.request.get(f"/readings/{screen.reading.uuid}/").text()
    assert html.count("<mark") < screen.page.locator("#text mark").count() / 3
    blocks = TIMES * len(PARTS)
    assert screen.page.evaluate(DIFFERING) == [blocks, blocks, []]
    screen.check_text()
    spans = Span.objects.in_reading_order().values_list("uuid", "number", "start", "end", "label__slug")
    assert screen.page.evaluate(KNOWN) == [[str(uuid), *rest] for uuid, *rest in spans]


def test_far_words_are_marked_changed_and_taken_back_like_any(screen: ReadingScreen) -> None:
    total = len(PLACES) * TIMES
    screen.mark(f"Moorings {TIMES - 1}", "Opinion")
    screen.saved(total + 1).check_text()
    assert (f"Moorings {TIMES - 1}", "opinion") in screen.quotes()
    screen.undo()
    screen.saved(total)
    screen.click(FAR)
    expect(screen.open_card).to_have_attribute("data-label", "claim")
    screen.press("Delete")
    screen.saved(total - 1)
    assert screen.page.evaluate(DIFFERING)[2] == []
    screen.page.reload()
    expect(screen.page.locator("body.scripted")).to_be_attached()
    assert screen.page.evaluate(DIFFERING)[2] == []


def test_going_back_takes_far_cards_along(screen: ReadingScreen) -> None:
    total = len(PLACES) * TIMES
    page = screen.page
    screen.mark("Moorings 0", "Opinion")
    screen.mark(f"Moorings {TIMES - 1}", "Opinion")
    screen.saved(total + 2)
    page.evaluate("scrollTo(0, 0)")
    cards = page.locator(".cards > [data-span]")
    far = page.locator("#cards-after > [data-label=opinion]").last
    expect(cards).to_have_count(total + 2)
    expect(far).to_have_attribute("data-number", str(total + 2))
    page.locator("#text").focus()
    screen.press("h")
    panel = page.get_by_role("dialog", name="History of your reading")
    panel.get_by_role("button", name="Go back to here").first.click()
    expect(panel.get_by_role("status")).to_have_text("You went back. 1 highlight changed.")
    expect(cards).to_have_count(total + 1)
    spans = screen.rows().in_reading_order().values_list("uuid", "number", "start", "end", "label__slug")
    assert page.evaluate(KNOWN) == [[str(uuid), *rest] for uuid, *rest in spans]
    screen.press("Escape")
    page.locator("#text").focus()
    screen.press("Control+z")
    expect(cards).to_have_count(total + 2)
    screen.saved(total + 2).check_text()


def test_until_the_highlights_come_the_text_is_read(
    screen_of: Callable[..., Page], reading: Reading, watch: Watch
) -> None:
    watch.allowed.append("ERR_FAILED")
    page = without_worker(reading, screen_of, watch)
    page.add_init_script(NO_NOTIFY)
    page.route(HIGHLIGHTS, lambda route: route.abort())
    page.goto(f"/readings/{reading.uuid}/")
    expect(page.locator("#saved")).to_have_text("Your highlights are on their way. You can read already.")
    expect(page.get_by_role("status")).to_have_text("Your highlights are on their way. You can read already.")
    expect(page.get_by_text(FAR)).to_be_attached()
    expect(page.locator("body.scripted")).not_to_be_attached()
    page.unroute(HIGHLIGHTS)
    expect(page.locator("body.scripted")).to_be_attached()
    expect(page.locator("#saved")).to_have_text(f"All {len(PLACES) * TIMES} highlights saved")
    assert page.evaluate(DIFFERING)[2] == []


@pytest.fixture
def kept(screen_of: Callable[..., Page], reading: Reading, watch: Watch) -> ReadingScreen:
    """A reader with one highlight at the far end that no network takes."""
    watch.allowed.append("ERR_FAILED")
    page = without_worker(reading, screen_of, watch)
    page.on("dialog", lambda dialog: dialog.accept())
    made = ReadingScreen(page, reading).open()
    page.route(OPERATIONS, lambda route: route.abort())
    made.mark(f"Moorings {TIMES - 1}", "Opinion")
    expect(page.locator("#saved")).to_have_text("1 waiting on this device")
    return made


def test_until_the_highlights_come_whoever_leaves_is_asked_about_what_is_kept(kept: ReadingScreen) -> None:
    page = kept.page
    page.route(HIGHLIGHTS, lambda route: route.abort())
    page.reload()
    expect(page.locator("#saved")).to_contain_text("on their way")
    leave(page)
    question = page.get_by_role("dialog", name="1 change is not sent yet")
    question.get_by_role("button", name="Keep trying").click()
    page.unroute(HIGHLIGHTS)
    expect(page.locator("body.scripted")).to_be_attached()
    expect(page.locator("#saved")).to_have_text("1 waiting on this device")
    page.unroute(OPERATIONS)
    page.evaluate(WAKE)
    kept.saved(len(PLACES) * TIMES + 1).check_text()
    assert page.evaluate(DIFFERING)[2] == []


def test_what_is_kept_is_sent_before_the_highlights_come_and_shown_with_them(kept: ReadingScreen) -> None:
    page, held = kept.page, []
    page.unroute(OPERATIONS)
    page.route(HIGHLIGHTS, lambda route: held.append((route, route.fetch())))
    with page.expect_response(OPERATIONS):
        page.reload()
    assert (f"Moorings {TIMES - 1}", "opinion") in kept.quotes()
    # These were asked for before it was there.
    [(asked, before)] = held
    asked.fulfill(response=before)
    kept.saved(len(PLACES) * TIMES + 1).check_text()
    assert page.evaluate(DIFFERING)[2] == []


def test_a_connection_that_comes_back_is_used_at_once(
    screen_of: Callable[..., Page], reading: Reading, watch: Watch
) -> None:
    watch.allowed.append("ERR_FAILED")
    page = without_worker(reading, screen_of, watch)
    page.clock.install(time=0)
    page.route(HIGHLIGHTS, lambda route: route.abort())
    page.goto(f"/readings/{reading.uuid}/")
    page.clock.pause_at(60_000)
    expect(page.locator("#saved")).to_contain_text("on their way")
    page.unroute(HIGHLIGHTS)
    page.evaluate(WAKE)
    expect(page.locator("body.scripted")).to_be_attached()


def test_a_refusal_of_the_highlights_leads_to_what_the_server_says_of_the_page(
    screen_of: Callable[..., Page], reading: Reading, watch: Watch
) -> None:
    watch.allowed.append("status of 404")
    page = without_worker(reading, screen_of, watch)

    def gone(route: Route) -> None:
        route.fulfill(status=404)

    page.route(HIGHLIGHTS, gone)
    # It may be led on before it is loaded.
    page.goto(f"/readings/{reading.uuid}/#h440", wait_until="commit")
    page.wait_for_url("**/?whole=1#h440")
    expect(page.locator(".card.active")).to_have_attribute("data-number", "440")


def test_it_is_reloaded_offline_with_all_its_highlights(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED"]
    screen.page.on("dialog", lambda dialog: dialog.accept())
    path = f"/readings/{screen.reading.uuid}/"
    until(screen.page, COPIED)
    until(screen.page, f"async () => Boolean(await caches.match('{path}highlights/'))")
    for _again in range(2):
        screen.page.context.set_offline(True)
        screen.page.reload()
        expect(screen.page.locator("#copy")).to_contain_text("You are offline: showing your copy from")
        screen.click(FAR)
        expect(screen.open_card).to_have_attribute("data-label", "claim")
        screen.page.context.set_offline(False)
        screen.page.reload()
        expect(screen.page.locator("#copy")).to_be_hidden()
    kept = [each for each in screen.page.evaluate(KEPT) if not each.startswith("/static/")]
    assert sorted(kept) == [path, f"{path}highlights/"]


def test_the_copy_of_its_highlights_goes_with_that_of_its_page(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 404")
    path = f"/readings/{screen.reading.uuid}/"
    until(screen.page, f"async () => Boolean(await caches.match('{path}highlights/'))")
    other = factories.reading(factories.exercise(screen.reading.exercise.classroom, [factories.article(
        factories.teacher())]), screen.reading.member)  # fmt: skip
    screen.page.goto(f"/readings/{other.uuid}/")
    until(screen.page, COPIED)
    Reading.objects.filter(pk=screen.reading.pk).update(member=factories.reader(screen.reading.exercise.classroom))
    screen.page.goto(path)
    left = f"(await ({KEPT})()).filter((each) => !each.startsWith('/static/'))"
    until(screen.page, f"async () => String({left}) === '/readings/{other.uuid}/'")
