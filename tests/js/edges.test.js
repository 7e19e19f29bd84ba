// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { edgeTo } from "../../static/annotator/js/lib/edges.js";
import { ArticleText } from "../../static/annotator/js/lib/text.js";
import { seeded } from "./seeded.js";

const FIRST = "The plan, he said, cost 6.5 percent.";
const SECOND = "قال المتحدث 👩‍👩‍👧 and 🇳🇱 cafe\u0301 end";
const text = new ArticleText([
  { id: "b1", start: 0, text: FIRST, sentences: [0], paragraph: "1" },
  { id: "b2", start: FIRST.length + 2, text: SECOND, sentences: [FIRST.length + 2], paragraph: "2" },
]);
const stored = [...`${FIRST}\n\n${SECOND}`];
/** @param {string} words */
const at = (words) => [...`${FIRST}\n\n${SECOND}`.slice(0, `${FIRST}\n\n${SECOND}`.indexOf(words))].length;
/** @param {{start: number, end: number}} place */
const quote = ({ start, end }) => stored.slice(start, end).join("");
/** @param {string} words */
const placeOf = (words) => ({ start: at(words), end: at(words) + [...words].length });

test("a dragged edge takes the whole word under it, without the comma after it", () => {
  const plan = placeOf("plan");
  assert.equal(quote(edgeTo(text, plan, "end", at("said") + 2)), "plan, he said");
  assert.equal(quote(edgeTo(text, plan, "end", at(", cost") + 1)), "plan, he said");
  assert.equal(quote(edgeTo(text, plan, "start", at("The") + 1)), "The plan");
  assert.equal(quote(edgeTo(text, placeOf("cost"), "end", at(".5") + 1)), "cost 6.5");
});

test("an edge never passes the other: one word stays", () => {
  const words = placeOf("he said");
  assert.equal(quote(edgeTo(text, words, "start", 999)), "said");
  assert.equal(quote(edgeTo(text, words, "end", 0)), "he");
});

test("by letter it stops between two characters, as a reader counts them", () => {
  const and = placeOf("and");
  const family = at("👩");
  for (const inside of [family + 1, family + 2, family + 4]) {
    assert.equal(quote(edgeTo(text, and, "start", inside, { isExact: true })), "👩‍👩‍👧 and");
  }
  assert.equal(quote(edgeTo(text, and, "end", at("🇳🇱") + 1, { isExact: true })), "and 🇳🇱");
  assert.equal(quote(edgeTo(text, and, "end", at("cafe\u0301") + 4, { isExact: true })), "and 🇳🇱 cafe\u0301");
  assert.equal(quote(edgeTo(text, and, "end", at("cafe\u0301") + 3, { isExact: true })), "and 🇳🇱 caf");
});

test("the other edge stays where it is, even within a word", () => {
  const part = { start: at("plan") + 1, end: at("plan") + 4 };
  assert.equal(quote(edgeTo(text, part, "end", at("said") + 1)), "lan, he said");
});

test("an edge goes over into the next block", () => {
  const cost = placeOf("cost");
  assert.equal(quote(edgeTo(text, cost, "end", at("المتحدث") + 3)), "cost 6.5 percent.\n\nقال المتحدث");
});

test("wherever an edge is dragged, a place with words comes out", () => {
  const random = seeded(7);
  for (let round = 0; round < 500; round += 1) {
    const [a, b] = [random(stored.length), random(stored.length)];
    const from = edgeTo(text, placeOf("cost"), a % 2 ? "start" : "end", b);
    const edge = random(2) ? "start" : "end";
    const isExact = random(2) === 1;
    const to = edgeTo(text, from, edge, a, { isExact });
    assert.ok(to.start < to.end && quote(to).trim() !== "");
    assert.equal(to[edge === "start" ? "end" : "start"], from[edge === "start" ? "end" : "start"]);
    const again = edgeTo(text, to, edge, to[edge], { isExact });
    assert.deepEqual(again, to, `${quote(to)} ${edge}`);
  }
});
