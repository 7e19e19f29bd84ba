// @ts-check
/** What a note says it was written over, while its highlight's version is known, awaited or in doubt. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { basisOf } from "../../static/annotator/js/lib/basis.js";
import { Highlights } from "../../static/annotator/js/lib/highlights.js";
import { operation } from "./tabs.js";

/** @typedef {import("../../static/annotator/js/lib/highlights.js").Change} Change */

/** @type {Change} */
const NOTE = { op: "detail", span: "s", note: "Who says so?" };
/** @param {string} uuid @param {object} [more] */
const ours = (uuid, more = {}) => operation(uuid, { op: "detail", span: "s", note: "", ...more });

test("a note is written over the version that the server last told", () => {
  assert.deepEqual(basisOf(NOTE, 2, []), { base_version: 2 });
});

test("the second note written offline stands on the same version, and on the first", () => {
  const first = ours("a", basisOf(NOTE, 2, []));
  const second = ours("b", basisOf(NOTE, 2, [first]));
  assert.deepEqual(basisOf(NOTE, 2, [first]), { base_version: 2, after: ["a"] });
  assert.deepEqual(basisOf(NOTE, 2, [first, second]), { base_version: 2, after: ["a", "b"] });
  // The first is answered by now: the second still goes by what it was made on.
  assert.deepEqual(basisOf(NOTE, 3, [second]), { base_version: 2, after: ["a", "b"] });
});

test("another tag on its way is one of our own changes", () => {
  const relabel = ours("a", { op: "relabel", note: undefined });
  assert.deepEqual(basisOf(NOTE, 2, [relabel]), { base_version: 2, after: ["a"] });
});

test("of a new highlight on its way nothing was there before", () => {
  const add = ours("a", { op: "add", note: undefined });
  assert.deepEqual(basisOf(NOTE, 0, [add]), { base_version: 0, after: ["a"] });
  assert.deepEqual(basisOf(NOTE, null, [add, ours("b")]), { base_version: 0, after: ["a", "b"] });
});

test("changes to other highlights are passed over", () => {
  assert.deepEqual(basisOf(NOTE, 2, [ours("a", { span: "other", base_version: 7 })]), { base_version: 2 });
});

test("where the version is in doubt, only a note of our own that knew it tells", () => {
  const highlights = new Highlights();
  highlights.apply({ op: "add", span: "s", label: "claim", start: 0, end: 4 });
  highlights.confirm("s", { number: 1, version: 4 });
  assert.equal(highlights.get("s")?.version, 4);
  highlights.doubt("s");
  const version = highlights.get("s")?.version;
  assert.equal(version, null);
  assert.deepEqual(basisOf(NOTE, version, []), {});
  assert.deepEqual(basisOf(NOTE, version, [ours("a", { op: "relabel", note: undefined })]), {});
  assert.deepEqual(basisOf(NOTE, version, [ours("a", { base_version: 4 })]), { base_version: 4, after: ["a"] });
});

test("what is no note says nothing, and neither does a note after a hundred changes", () => {
  assert.deepEqual(basisOf({ op: "relabel", span: "s", label: "claim" }, 2, []), {});
  assert.deepEqual(basisOf({ op: "detail", span: "s", confidence: 2 }, 2, []), {});
  const many = Array.from({ length: 101 }, (_, n) => ours(`o${n}`));
  assert.equal(basisOf(NOTE, 2, many.slice(1)).after?.length, 100);
  assert.deepEqual(basisOf(NOTE, 2, many), {});
});
