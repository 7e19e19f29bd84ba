// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { graphemes, segmenter } from "../../static/annotator/js/lib/words.js";
import { seeded } from "./seeded.js";

test("what needs no segmenter is cut as a segmenter cuts it", () => {
  let every = "";
  for (let point = 0x0a; point < 0x2700; point += 1) {
    const sign = String.fromCodePoint(point);
    every += `a${sign}${sign}b`;
    const pairs = `a${sign}\u00a9${sign}`;
    assert.deepEqual(cuts(graphemes(pairs)), cuts(segmenter("grapheme").segment(pairs)), point.toString(16));
  }
  assert.deepEqual(cuts(graphemes(every)), cuts(segmenter("grapheme").segment(every)));
});

test("characters of several code points stay whole", () => {
  assert.deepEqual(cuts(graphemes("e\u0301 👩‍👩‍👧 x")), [0, 2, 3, 11, 12]);
});

const PIECES = [
  "a",
  "1",
  "👩‍👩‍👧",
  "🇳🇱",
  "\u0301",
  "\u200d",
  " ",
  " ",
  "\n",
  "ก",
  "\u0e33",
  "\u0600",
  "क",
  "्",
  "ष",
  "\u1100",
  "\u1161",
];

test("a text cut word by word is cut as the whole of it", () => {
  const random = seeded(11);
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: 1 + random(12) }, () => PIECES[random(PIECES.length)]).join("");
    assert.deepEqual(cuts(graphemes(text)), cuts(segmenter("grapheme").segment(text)), JSON.stringify(text));
  }
});

/** @param {Iterable<{index: number}>} pieces */
function cuts(pieces) {
  return [...pieces].map(({ index }) => index);
}
