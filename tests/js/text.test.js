// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { ArticleText } from "../../static/annotator/js/lib/text.js";

const STORED = "Fair 😀 moves\n\nIt was cold. Dr. Ek left.\nLast line";
const text = new ArticleText([
  { id: "b1", start: 0, text: "Fair 😀 moves", sentences: [0], paragraph: "" },
  { id: "b2", start: 14, text: "It was cold. Dr. Ek left.", sentences: [14, 27], paragraph: "1" },
  { id: "b3", start: 40, text: "Last line", sentences: [], paragraph: "2" },
]);
const points = [...STORED];

test("every slice, within and across blocks, equals the stored text's", () => {
  for (let start = 0; start < points.length; start += 1) {
    for (let end = start; end <= points.length; end += 1) {
      assert.equal(text.slice({ start, end }), points.slice(start, end).join(""));
    }
  }
});

test("sentences come from the server, without the space after them", () => {
  assert.deepEqual(text.sentenceAt(15), { start: 14, end: 26 });
  assert.deepEqual(text.sentenceAt(26), { start: 14, end: 26 });
  assert.deepEqual(text.sentenceAt(30), { start: 27, end: 39 });
  assert.deepEqual(text.sentenceAt(45), { start: 40, end: 49 });
});

test("a question is asked in UTF-16 and answered in code points", () => {
  const answer = text.within({ start: 5, end: 17 }, (words, range) => {
    assert.equal(words.slice(range.start, range.end), "😀 moves\n\nIt ");
    return { start: range.start + 3, end: range.end };
  });
  assert.deepEqual(answer, { start: 7, end: 17 });
});

test("a place between blocks belongs to the block before, or after when asked", () => {
  assert.equal(text.blocks[text.indexAt(13)]?.id, "b1");
  assert.equal(text.blocks[text.indexAt(13, true)]?.id, "b2");
  assert.deepEqual(
    text.blocksIn({ start: 3, end: 15 }).map(({ id }) => id),
    ["b1", "b2"],
  );
});
