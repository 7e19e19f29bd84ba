// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Highlights } from "../../static/annotator/js/lib/highlights.js";
import { History } from "../../static/annotator/js/lib/history.js";

/** @typedef {import("../../static/annotator/js/lib/highlights.js").Change} Change */

const extentOf = (/** @type {{start: number, end: number}} */ { start, end }) => ({
  start,
  end,
  quote_start: "q",
  quote_end: "q",
});
/** @type {Change} */
const ADD = { op: "add", span: "s", label: "claim", start: 2, end: 5 };

/** What a page does with a change: apply it, and remember how to take it back. */
function desk() {
  const highlights = new Highlights();
  const history = new History();
  let made = 0;
  /** @param {Change} change @param {"did" | "undid" | "redid"} as */
  const make = (change, as = "did") => {
    made += 1;
    const inverse = highlights.inverse(change, extentOf);
    if (inverse) history[as](`o${made}`, inverse);
    highlights.apply(change);
  };
  const undo = () => make(/** @type {Change} */ (history.takeUndo()), "undid");
  const redo = () => make(/** @type {Change} */ (history.takeRedo()), "redid");
  return { highlights, history, make, undo, redo };
}

/** @param {Highlights} highlights */
const state = (highlights) => highlights.all().map(({ start, end, label, note }) => ({ start, end, label, note }));

test("every kind of change is undone and redone", () => {
  const { highlights, history, make, undo, redo } = desk();
  make(ADD);
  make({ op: "relabel", span: "s", label: "opinion" });
  make({ op: "move", span: "s", start: 3, end: 9 });
  make({ op: "detail", span: "s", note: "why?" });
  make({ op: "delete", span: "s" });
  const states = [
    [],
    [{ start: 3, end: 9, label: "opinion", note: "why?" }],
    [{ start: 3, end: 9, label: "opinion", note: "" }],
    [{ start: 2, end: 5, label: "opinion", note: "" }],
    [{ start: 2, end: 5, label: "claim", note: "" }],
    [],
  ];
  for (const expected of states.slice(1)) {
    undo();
    assert.deepEqual(state(highlights), expected);
  }
  assert.equal(history.canUndo, false);
  for (const expected of states.slice(0, -1).reverse()) {
    redo();
    assert.deepEqual(state(highlights), expected);
  }
  assert.equal(history.canRedo, false);
});

test("an undo names the operation that it takes back", () => {
  const { history, make } = desk();
  make(ADD);
  assert.deepEqual(history.takeUndo(), { op: "delete", span: "s", undoes: "o1" });
});

test("a new change ends what could be redone", () => {
  const { history, make, undo } = desk();
  make(ADD);
  undo();
  assert.equal(history.canRedo, true);
  make({ ...ADD, span: "t" });
  assert.equal(history.canRedo, false);
});

test("the stacks of a reloaded page go on where they were", () => {
  const history = new History({ undo: [{ uuid: "o1", inverse: { op: "delete", span: "s", undoes: "o1" } }] });
  assert.equal(history.canUndo, true);
  assert.equal(history.canRedo, false);
});

test("what was never stored cannot be undone", () => {
  const { history, make } = desk();
  make(ADD);
  history.forget("o1");
  assert.equal(history.canUndo, false);
});

test("what the server did to a highlight beside is taken back there", () => {
  const { history, make, undo } = desk();
  make(ADD);
  make({ op: "relabel", span: "s", label: "opinion" });
  history.turned("o1", "s", true);
  history.turned("o2", "beside", true);
  assert.deepEqual(history.undoSteps.at(-1), {
    uuid: "o2",
    inverse: { op: "delete", span: "beside", undoes: "o2" },
  });
  undo();
  history.turned("o3", "elsewhere", false);
  assert.deepEqual(history.takeRedo(), { op: "restore", span: "elsewhere", undoes: "o3" });
  assert.deepEqual(history.takeUndo(), { op: "delete", span: "s", undoes: "o1" });
});

test("undo goes back a hundred steps", () => {
  const history = new History();
  for (let index = 0; index < 130; index += 1) history.did(String(index), { op: "delete", span: "s" });
  assert.equal(history.undoSteps.length, 100);
  assert.equal(history.undoSteps[0]?.uuid, "30");
});

test("counts and order follow the changes", () => {
  const { highlights, make } = desk();
  make(ADD);
  make({ ...ADD, span: "t", start: 0, end: 9, label: "opinion" });
  assert.deepEqual(Object.fromEntries(highlights.counts()), { claim: 1, opinion: 1 });
  assert.deepEqual(
    highlights.all().map(({ uuid }) => uuid),
    ["t", "s"],
  );
  assert.equal(highlights.touching({ start: 5, end: 6 }).length, 1);
  make({ op: "delete", span: "t" });
  assert.deepEqual(Object.fromEntries(highlights.counts()), { claim: 1 });
});
