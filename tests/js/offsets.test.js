// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  codePointLength,
  codePointSlice,
  quoteEnds,
  rangesToCodePoints,
  toCodePoints,
  toUtf16,
} from "../../static/annotator/js/lib/offsets.js";
import { seeded } from "./seeded.js";

const PIECES = ["a", "é", "e\u0301", "👩‍👩‍👧", "🇳🇱", "𝒜", "ش", "ב", " ", "\u00a0", "\n", "—", "’", "\u200d", "😀"];

test("plain text counts the same in both", () => {
  assert.equal(toCodePoints("lantern", 3), 3);
  assert.equal(toUtf16("lantern", 3), 3);
  assert.equal(toUtf16("lantern", 99), 7);
});

test("an emoji is one code point and two units", () => {
  assert.equal(codePointLength("a😀b"), 3);
  assert.equal(toCodePoints("a😀b", 3), 2);
  assert.equal(toUtf16("a😀b", 2), 3);
});

test("an index inside a character counts as before it", () => {
  assert.equal(toCodePoints("a😀b", 2), 1);
});

test("random slices are what code points say", () => {
  const random = seeded(7);
  for (let round = 0; round < 300; round += 1) {
    const text = Array.from({ length: 1 + random(30) }, () => PIECES[random(PIECES.length)]).join("");
    const points = [...text];
    const start = random(points.length + 1);
    const end = start + random(points.length + 1 - start);
    assert.equal(codePointSlice(text, start, end), points.slice(start, end).join(""));
    assert.equal(toCodePoints(text, toUtf16(text, start)), start);
    assert.equal(codePointLength(text), points.length);
    const range = { start: toUtf16(text, start), end: toUtf16(text, end) };
    const rest = { start: range.end, end: text.length };
    assert.deepEqual(rangesToCodePoints(text, [range, rest]), [
      { start, end },
      { start: end, end: points.length },
    ]);
  }
});

test("the ends of a quote overlap when it is short", () => {
  assert.deepEqual(quoteEnds("short"), ["short", "short"]);
  assert.deepEqual(quoteEnds("😀ab😀", 2), ["😀a", "b😀"]);
});
