// @ts-check
/** The annotate screen: chosen words become highlights by mouse, finger or key, and are saved as they are made. */

import { followCards, moveTo, nudgeEdge, saveTyped } from "./annotate/card_tools.js";
import { arrange, cardOf, takeCards } from "./annotate/cards.js";
import { caret, setCaret } from "./annotate/caret.js";
import { choice, choose, chooseAgain, clear, docked, followChoice, hasOwnHandles, nudge } from "./annotate/choice.js";
import { define, followDefinitions } from "./annotate/definitions.js";
import { followLinks, useHighlights, withLinked } from "./annotate/details.js";
import { heldPlace, showHeld } from "./annotate/edge_keys.js";
import { Editor } from "./annotate/editor.js";
import { followExact } from "./annotate/exact.js";
import { fetchFar } from "./annotate/far_highlights.js";
import { noticeChange, shownNumbers } from "./annotate/filters.js";
import { keepFocus } from "./annotate/focus.js";
import { followGuide, showGuide } from "./annotate/guide.js";
import { followHandIn, handInWhenSaved } from "./annotate/hand_in.js";
import { followHandles, placeHandles } from "./annotate/handles.js";
import { followHistory, openHistory } from "./annotate/history_panel.js";
import { followHelp, followKeys } from "./annotate/keyboard.js";
import { followLesson } from "./annotate/lesson.js";
import { followLetterSwitch } from "./annotate/letter_keys.js";
import { followShape, layOut } from "./annotate/margin.js";
import { drawMap } from "./annotate/minimap.js";
import { followNearKeys } from "./annotate/near_keys.js";
import { Opened } from "./annotate/opened.js";
import { followHere, sameOne, showHereForChoice } from "./annotate/overlap_list.js";
import { article, labels, main, maybe, text } from "./annotate/page.js";
import { paintBare } from "./annotate/painter.js";
import { showPending } from "./annotate/pending.js";
import { followPill, showStatus } from "./annotate/pill.js";
import { followButtons, followPointer } from "./annotate/pointer.js";
import { followReading } from "./annotate/reading_tools.js";
import { hideToast, leaveHint, showCounts, showHint, toast } from "./annotate/screen.js";
import { followWays, leaveTap } from "./annotate/tap_words.js";
import { announce, say, sayCount } from "./annotate/words.js";
import { openOutbox } from "./device/outbox.js";
import { shortestFirst } from "./lib/segments.js";
import { words } from "./lib/words.js";

/** @typedef {import("./lib/highlights.js").Change} Change */

// These may be long in coming: what is kept here is sent, and who leaves is asked, before they are there.
if (main.dataset.highlightsUrl) void openOutbox();
await fetchFar();
const editor = new Editor({
  changed: (spans) => keepFocus(() => show(spans), sameOne()),
  cards: (fresh) => keepFocus(() => takeCards(fresh)),
  status: (status) => {
    showStatus(status, editor);
    handInWhenSaved(editor);
  },
  hint: (message) => toast(message),
});
const opened = new Opened(editor);
useHighlights(() => editor.highlights);
paintBare(editor.highlights);

/** Bring the page to the highlights that stand.
 * @param {ReadonlySet<string> | null} spans those that changed, or null when any may have
 */
function show(spans) {
  const all = editor.highlights.all();
  arrange(all, withLinked(spans));
  opened.renew();
  showCounts(editor);
  showGuide(all.length);
  noticeChange(spans);
  drawMap(all);
  layOut();
  showHeld();
}

/** Tag what is chosen; else change the open highlight's tag; else tag the sentence at the caret.
 * @param {string} slug
 * @param {{onlyChosen?: boolean}} [options]
 */
function tag(slug, { onlyChosen = false } = {}) {
  const label = labels.get(slug);
  if (!label || !editor.isWritable) return;
  const chosen = choice();
  const current = opened.highlight;
  if (!chosen && current) {
    relabel(current.uuid, slug);
    return;
  }
  const place = chosen ?? (onlyChosen ? null : article.sentenceAt(caret()));
  if (!place && docked.matches) {
    define(slug);
    return;
  }
  if (!place) {
    toast(say("question", { label: label.name, question: label.question }));
    return;
  }
  const isByTag = document.activeElement?.closest("#popover, #sheet") !== null;
  clear();
  setCaret(place.end);
  if (isByTag) text.focus({ preventScroll: true });
  const made = editor.add(place, slug);
  const message = made ? sayCount("added", words(article.slice(place)).length, { label: label.name }) : say("twice");
  announce(message);
  if (!made) toast(message);
  leaveHint();
}

/** @param {string} uuid @param {string} slug */
function relabel(uuid, slug) {
  const known = editor.highlights.get(uuid);
  if (!known || known.label === slug) return;
  editor.make({ op: "relabel", span: uuid, label: slug });
  announce(say("relabelled", { label: labels.get(slug)?.name ?? "" }));
}

/** @param {string | undefined} uuid */
function remove(uuid) {
  const known = editor.highlights.get(uuid);
  if (!known || !editor.isWritable) return;
  editor.make({ op: "delete", span: known.uuid });
  const step = editor.history.undoSteps.at(-1);
  announce(say("removed", { label: labels.get(known.label)?.name ?? "" }));
  toast(say("deleted"), () => {
    // Later changes may stand on top by now: take back this very one.
    if (editor.history.undoSteps.at(-1) === step) undo();
    else if (!editor.highlights.get(known.uuid)) editor.make({ op: "restore", span: known.uuid });
  });
}

/** @param {Change | undefined} change @param {string} name */
function tell(change, name) {
  hideToast();
  clear();
  announce(say(change ? name : "nothing"));
}

function undo() {
  tell(editor.undo(), "undone");
}

function redo() {
  tell(editor.redo(), "redone");
}

/** What every reader can do. */
function start() {
  followPointer({ isWritable: editor.isWritable, onMark });
  followCards(editor, opened, { relabel, remove });
  followLinks(() => opened.uuid);
  followShape(placeHandles);
  followReading(editor, opened, layOut);
  followHistory(editor, opened);
  followDefinitions(() => opened.highlight?.label);
  followNearKeys({
    define: (key) => define(key ? slugOf(key) : opened.highlight?.label),
    history: openHistory,
  });
  followLesson({ settle: () => void editor.outbox.wake(), moved: layOut });
  followKeys(keys(followHelp()));
  followLetterSwitch();
  followHere(pick);
  openAddressed();
  layOut();
  followPill(editor);
  followHandIn(editor);
  keepUnsaved();
}

/** What only the reader of an open reading can do. */
function startWriting() {
  followGuide(() => choice() !== null || opened.uuid !== undefined);
  showGuide(editor.highlights.all().length);
  followChoice(() => {
    showGuide();
    placeHandles();
    leaveTap();
    const chosen = choice();
    showHereForChoice(chosen ? editor.highlights.touching(chosen) : []);
  });
  followExact(chooseAgain);
  followWays();
  followHandles(handles());
  followButtons({
    label: (slug) => tag(slug, { onlyChosen: true }),
    nudge: nudgeChosen,
    clear: () =>
      keepFocus(() => {
        clear();
        opened.close();
      }),
    remove: () => remove(opened.uuid),
    toCard: () => opened.open(opened.uuid, { writes: true }),
  });
  showHint();
  showCounts(editor);
  maybe("undo")?.addEventListener("click", undo);
  maybe("redo")?.addEventListener("click", redo);
}

/** What the keys do.
 * @param {() => void} help
 * @returns {import("./annotate/keyboard.js").Actions}
 */
function keys(help) {
  return {
    isWritable: editor.isWritable,
    tag: (key) => tag(slugOf(key) ?? ""),
    remove: () => remove(opened.uuid),
    close: () => opened.close(),
    undo,
    redo,
    step: (step) => setCaret(opened.step(step, caret())?.start ?? caret()),
    openAt,
    open: () => opened.highlight,
    card: () => (opened.uuid ? cardOf(opened.uuid) : null),
    move: (uuid, place) => moveTo(editor, uuid, place),
    changed: placeHandles,
    help,
    used: leaveHint,
  };
}

/** The tag of a digit. @param {number} digit */
function slugOf(digit) {
  return [...labels.values()].find(({ key }) => key === digit)?.slug;
}

/** Marked words were clicked. @param {string[]} numbers */
function onMark(numbers) {
  opened.cycle(shownNumbers(numbers), { isClick: true });
}

/** What the handles do.
 * @returns {import("./annotate/handles.js").Listeners}
 */
function handles() {
  return {
    target: handled,
    move: (place) => {
      if (choice()) choose(place);
      else if (opened.uuid) moveTo(editor, opened.uuid, place);
      showPending(choice());
    },
    press: (x, y) => {
      const mark = document.elementsFromPoint(x, y).find((each) => each.matches("mark"));
      if (!choice() && mark instanceof HTMLElement) onMark(mark.dataset.h?.split(" ") ?? []);
    },
    drop: () => showPending(choice()),
  };
}

/** What has handles: what a key holds, else what is chosen, unless the system's own stand at it, else what is open.
 * @returns {import("./lib/text.js").Place | null}
 */
function handled() {
  if (heldPlace() || !choice()) return heldPlace() ?? opened.highlight ?? null;
  return hasOwnHandles() ? null : choice();
}

/** Open a highlight from a list; words chosen over it are let go.
 * @param {string} uuid
 */
function pick(uuid) {
  const same = sameOne();
  keepFocus(() => {
    clear();
    opened.pick(uuid);
  }, same);
}

/** Move an edge of what is chosen, or else of the open highlight.
 * @param {"start" | "end"} edge
 * @param {1 | -1} step
 */
function nudgeChosen(edge, step) {
  if (choice()) nudge(edge, step);
  else if (opened.uuid) nudgeEdge(editor, opened.uuid, edge, step);
}

/** Open the highlight at an offset, or the one that ends there; again, the next one there.
 * @param {number} offset
 */
function openAt(offset) {
  const { highlights } = editor;
  const at = highlights.touching({ start: offset, end: offset + 1 });
  const here = at.length ? at : highlights.touching({ start: offset - 1, end: offset });
  here.sort(shortestFirst);
  const shown = shownNumbers(here.map(({ number }) => String(number)));
  if (shown.length) opened.cycle(shown);
  else announce(say("none-here"));
  return opened.highlight;
}

/** An address that names a card (#h7, ?open=7) opens it. */
function openAddressed() {
  const number = /^#h(\d+)$/.exec(location.hash)?.[1] ?? new URLSearchParams(location.search).get("open");
  const found = number ? editor.highlights.numbered(number) : undefined;
  if (found) opened.open(found.uuid, { showsWords: true });
}

/** What is on its way is kept on this device, yet it is safest on the server: whoever leaves is asked. */
function keepUnsaved() {
  window.addEventListener("beforeunload", (event) => {
    saveTyped(editor);
    if (!editor.outbox.isEmpty || editor.outbox.refused.length > 0) event.preventDefault();
  });
  // A phone asks nobody, and may never come back to a page that was put away.
  window.addEventListener("pagehide", () => saveTyped(editor));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveTyped(editor));
}

start();
if (editor.isWritable) startWriting();
void openOutbox(editor.listening);
// A copy from this device gives way to the page as the server has it, once it can be had.
for (const name of ["online", "focus"]) window.addEventListener(name, () => editor.keptAt && void editor.refresh());
// From here on the page answers to mouse and keys: style sheets and tests may ask.
document.body.classList.add("scripted");
