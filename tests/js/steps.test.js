// @ts-check
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import {
  blockUnits,
  nextEnd,
  nextStart,
  nudged,
  previousEnd,
  previousStart,
} from "../../static/annotator/js/lib/steps.js";
import { ArticleText } from "../../static/annotator/js/lib/text.js";
import { uuid4 } from "../../static/annotator/js/lib/uuid.js";

const STORED = "Fair 😀 moves\n\nIt was cold, e\u0301t fine.";
const text = new ArticleText([
  { id: "b1", start: 0, text: "Fair 😀 moves", sentences: [0], paragraph: "" },
  { id: "b2", start: 14, text: "It was cold, e\u0301t fine.", sentences: [14], paragraph: "1" },
]);
/** @param {number} start @param {number} end */
const words = (start, end) => [...STORED].slice(start, end).join("");

test("steps by word cross blocks and stop at the ends", () => {
  assert.deepEqual([nextStart(text, 0), nextStart(text, 5), nextStart(text, 7)], [5, 7, 14]);
  assert.deepEqual([nextEnd(text, 0), nextEnd(text, 12)], [4, 16]);
  assert.deepEqual([previousStart(text, 14), previousStart(text, 0)], [7, 0]);
  assert.equal(previousEnd(text, 14), 12);
  assert.equal(nextStart(text, 33), 33);
});

test("steps by block", () => {
  assert.equal(nextStart(text, 3, blockUnits), 14);
  assert.equal(previousStart(text, 20, blockUnits), 14);
  assert.equal(previousStart(text, 14, blockUnits), 0);
});

test("an edge moves by a word and never past the other", () => {
  const cold = { start: 21, end: 25 };
  assert.equal(words(cold.start, cold.end), "cold");
  const cases = /** @type {["start" | "end", 1 | -1, string][]} */ ([
    ["start", -1, "was cold"],
    ["end", 1, "cold, e\u0301t"],
    ["start", 1, "cold"],
    ["end", -1, "cold"],
  ]);
  for (const [edge, step, expected] of cases) {
    const { start, end } = nudged(text, cold, edge, step);
    assert.equal(words(start, end), expected);
  }
});

test("an edge moves by whole characters", () => {
  const place = { start: 21, end: 27 };
  const grown = nudged(text, place, "end", 1, true);
  assert.equal(words(grown.start, grown.end), "cold, e\u0301");
  const back = nudged(text, grown, "end", -1, true);
  assert.deepEqual(back, place);
  assert.equal(words(...asPair(nudged(text, { start: 6, end: 12 }, "start", -1, true))), "😀 moves".slice(0, 8));
});

/** @param {{start: number, end: number}} place @returns {[number, number]} */
const asPair = ({ start, end }) => [start, end];

test("UUIDs are of version 4, with and without randomUUID", () => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  if (globalThis.crypto) assert.match(uuid4(), shape);
  const own = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  const plain = { getRandomValues: (/** @type {Uint8Array} */ bytes) => webcrypto.getRandomValues(bytes) };
  Object.defineProperty(globalThis, "crypto", { value: plain, configurable: true });
  try {
    assert.match(uuid4(), shape);
    assert.notEqual(uuid4(), uuid4());
  } finally {
    if (own) Object.defineProperty(globalThis, "crypto", own);
  }
});
