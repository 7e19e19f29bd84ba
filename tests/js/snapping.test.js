// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { nextGrapheme, snap } from "../../static/annotator/js/lib/snapping.js";
import { words } from "../../static/annotator/js/lib/words.js";
import { seeded } from "./seeded.js";

/** @type {{text: string, chosen: string, snapped: string | null}[]} */
const CASES = JSON.parse(readFileSync(new URL("snap_cases.json", import.meta.url), "utf8"));

/** @param {string} text @param {string} chosen @param {{isExact?: boolean}} [options] */
function snapped(text, chosen, options) {
  const start = text.indexOf(chosen);
  const found = snap(text, { start, end: start + chosen.length }, options);
  return found && text.slice(found.start, found.end);
}

for (const { text, chosen, snapped: expected } of CASES) {
  test(`“${chosen}” in “${text}” becomes “${expected}”`, () => assert.equal(snapped(text, chosen), expected));
}

test("punctuation that belongs to the words before is left out", () => {
  assert.equal(snapped("The plan, would it", ", wo"), "would");
  assert.equal(snapped("It ended. Then rain", ". The"), "Then");
  assert.equal(snapped("a rate of .5 percent", ".5 per"), ".5 percent");
});

test("half a family becomes the whole family", () => {
  assert.equal(snapped("so 👩‍👩‍👧 it is", "👩‍👧"), "👩‍👩‍👧");
});

test("a word in a script without spaces is one word, not the whole line", () => {
  assert.equal(snapped("議会は月曜日に発表した", "曜"), "月曜日");
});

test("exact keeps letters inside a word, and characters whole", () => {
  assert.equal(snapped("the council", "unci", { isExact: true }), "unci");
  assert.equal(snapped("cafe\u0301s", "e", { isExact: true }), "e\u0301");
  assert.equal(snapped("a   b", "  ", { isExact: true }), null);
});

test("a snapped range lies in the text, has clean edges, and snaps to itself", () => {
  const random = seeded(11);
  const pieces = [
    "plan",
    ",",
    " ",
    "6.5",
    "%",
    "“",
    "”",
    "—",
    "(",
    ")",
    "é",
    "e\u0301",
    "👩‍👩‍👧",
    ".",
    "שלום",
    "\u00a0",
    "ab’c",
  ];
  for (let round = 0; round < 500; round += 1) {
    const text = Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)]).join("");
    const start = random(text.length);
    const found = snap(text, { start, end: start + 1 + random(text.length - start) });
    if (!found) continue;
    const words = text.slice(found.start, found.end);
    assert.equal(words, words.trim());
    assert.doesNotMatch(words, /[,;:–—(]$/u);
    assert.deepEqual(snap(text, found), found);
  }
});

test("words are found with their joiners, emoji count as words", () => {
  const text = "The council’s 6.5 percent — 👩‍👩‍👧 cafe\u0301.";
  assert.deepEqual(
    words(text).map(({ start, end }) => text.slice(start, end)),
    ["The", "council’s", "6.5", "percent", "👩‍👩‍👧", "cafe\u0301"],
  );
});

test("graphemes are stepped over whole", () => {
  const text = "a👩‍👩‍👧b";
  assert.equal(nextGrapheme(text, 1, 1), text.length - 1);
  assert.equal(nextGrapheme(text, text.length - 1, -1), 1);
  assert.equal(nextGrapheme(text, text.length, 1), text.length);
});
