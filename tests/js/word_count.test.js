// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { minutesToRead, wordCount } from "../../static/annotator/js/lib/word_count.js";

/** @type {{text: string, words: number}[]} */
const CASES = JSON.parse(readFileSync(new URL("word_cases.json", import.meta.url), "utf8"));

for (const { text, words } of CASES) {
  test(`${JSON.stringify(text)} has ${words} words`, () => assert.equal(wordCount(text), words));
}

/** @type {[number, number][]} */
const READING_TIMES = [
  [0, 1],
  [299, 1],
  [300, 2],
  [499, 2],
  [500, 3],
  [700, 4],
];
for (const [words, minutes] of READING_TIMES) {
  test(`${words} words take ${minutes} minutes`, () => assert.equal(minutesToRead(words), minutes));
}
