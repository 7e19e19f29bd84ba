// @ts-check
/** The annotate screen: chosen words become highlights by mouse, finger or key, and are saved as they are made. */

import { followCards, moveTo } from "./annotate/card_tools.js";
import { arrange, takeCards } from "./annotate/cards.js";
import { caret, setCaret } from "./annotate/caret.js";
import { choice, clear, nudge } from "./annotate/choice.js";
import { Editor } from "./annotate/editor.js";
import { followHandIn, handInWhenSaved } from "./annotate/hand_in.js";
import { followKeys } from "./annotate/keyboard.js";
import { followLesson } from "./annotate/lesson.js";
import { drawMap, followShape, layOut } from "./annotate/margin.js";
import { Opened } from "./annotate/opened.js";
import { article, labels, maybe, text } from "./annotate/page.js";
import { followPill, showStatus } from "./annotate/pill.js";
import { followButtons, followPointer } from "./annotate/pointer.js";
import {
  followHelp,
  followPlace,
  followTextSize,
  hideToast,
  leaveHint,
  showCounts,
  showHint,
  toast,
} from "./annotate/screen.js";
import { announce, say, sayCount } from "./annotate/words.js";
import { nudged } from "./lib/steps.js";
import { words } from "./lib/words.js";

/** @typedef {import("./lib/highlights.js").Change} Change */

const editor = new Editor({
  changed: (spans) => {
    const all = editor.highlights.all();
    arrange(all, spans);
    opened.renew();
    showCounts(editor);
    drawMap(all);
    layOut();
  },
  cards: takeCards,
  status: (status) => {
    showStatus(status, editor);
    handInWhenSaved(editor);
  },
  hint: (message) => toast(message),
});
const opened = new Opened(editor);

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
  if (!place) {
    toast(say("question", { label: label.name, question: label.question }));
    return;
  }
  clear();
  setCaret(place.end);
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
  const isFocusInside = document.activeElement?.closest(".card") !== null;
  editor.make({ op: "delete", span: known.uuid });
  const step = editor.history.undoSteps.at(-1);
  if (isFocusInside) text.focus({ preventScroll: true });
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

function start() {
  followPointer({ isWritable: editor.isWritable, onMark: (numbers) => opened.cycle(numbers) });
  followCards(editor, opened, { relabel, remove });
  followTextSize(layOut);
  followShape();
  followPlace();
  followLesson({ settle: () => void editor.queue.wake(), moved: layOut });
  openAddressed();
  layOut();
  if (!editor.isWritable) return;
  followButtons({
    label: (slug) => tag(slug, { onlyChosen: true }),
    nudge: nudgeEdge,
    clear: () => {
      clear();
      opened.close();
    },
    remove: () => remove(opened.uuid),
    toCard: () => opened.open(opened.uuid, { writes: true }),
  });
  followKeys({
    tag: (key) => tag([...labels.values()].find((label) => label.key === key)?.slug ?? ""),
    remove: () => remove(opened.uuid),
    close: () => opened.close(),
    undo,
    redo,
    step: (step) => setCaret(opened.step(step, caret())?.start ?? caret()),
    openAt: (offset) => openAt(offset),
    open: () => opened.highlight,
    move: (place) => opened.uuid && moveTo(editor, opened.uuid, place),
    used: leaveHint,
  });
  followPill(editor);
  followHelp();
  followHandIn(editor);
  showHint();
  showCounts(editor);
  maybe("undo")?.addEventListener("click", undo);
  maybe("redo")?.addEventListener("click", redo);
  keepUnsaved();
}

/** Move an edge of what is chosen, or else of the open highlight.
 * @param {"start" | "end"} edge
 * @param {1 | -1} step
 */
function nudgeEdge(edge, step) {
  const current = opened.highlight;
  if (choice()) nudge(edge, step);
  else if (current) moveTo(editor, current.uuid, nudged(article, current, edge, step));
}

/** Open the highlight at an offset; again, the next one there.
 * @param {number} offset
 */
function openAt(offset) {
  const here = editor.highlights.touching({ start: offset, end: offset + 1 });
  here.sort((a, b) => a.end - a.start - (b.end - b.start));
  if (here.length) opened.cycle(here.map(({ number }) => String(number)));
}

/** An address that names a card (#h7, ?open=7) opens it. */
function openAddressed() {
  const number = /^#h(\d+)$/.exec(location.hash)?.[1] ?? new URLSearchParams(location.search).get("open");
  const found = number ? editor.highlights.numbered(number) : undefined;
  if (found) opened.open(found.uuid, { showsWords: true });
}

/** Nothing is lost by closing the window or by a broken connection, as far as a page can help it. */
function keepUnsaved() {
  window.addEventListener("beforeunload", (event) => {
    if (!editor.queue.isEmpty || editor.queue.refused.length > 0) event.preventDefault();
  });
  const wake = () => void editor.queue.wake();
  window.addEventListener("online", wake);
  window.addEventListener("focus", wake);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  });
}

start();
// From here on the page answers to mouse and keys: style sheets and tests may ask.
document.body.classList.add("scripted");
