// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { markCss, readingOrder, segments } from "../../static/annotator/js/lib/segments.js";
import { seeded } from "./seeded.js";

const LABELS = new Map(
  [
    ["claim", 1, "solid"],
    ["opinion", 3, "double"],
  ].map(([slug, tint, line]) => [
    String(slug),
    { slug: String(slug), name: "", letter: "", tint: Number(tint), line: String(line), question: "", key: 1 },
  ]),
);

/** @param {number} start @param {number} end @param {number} number */
const span = (start, end, number, label = "claim") => ({ start, end, number, label });

test("a block without highlights is one bare segment", () => {
  assert.deepEqual(segments(10, 20, [span(0, 10, 1), span(20, 25, 2)]), [{ start: 10, end: 20, covering: [] }]);
});

test("a block is cut at every edge, shortest highlight first", () => {
  const cuts = segments(0, 10, [span(2, 9, 1), span(4, 6, 2)]);
  assert.deepEqual(
    cuts.map((cut) => [cut.start, cut.end, cut.covering.map((each) => each.number).join(" ")]),
    [
      [0, 2, ""],
      [2, 4, "1"],
      [4, 6, "2 1"],
      [6, 9, "1"],
      [9, 10, ""],
    ],
  );
});

test("random segments join without a gap and cover what they should", () => {
  const random = seeded(3);
  for (let round = 0; round < 200; round += 1) {
    const spans = Array.from({ length: random(8) }, (_, index) => {
      const start = random(40);
      return span(start, start + 1 + random(20), index + 1);
    });
    const cuts = segments(5, 45, spans);
    assert.equal(cuts[0]?.start, 5);
    assert.equal(cuts.at(-1)?.end, 45);
    for (const [place, cut] of cuts.entries()) {
      assert.ok(cut.start < cut.end);
      if (place) assert.equal(cut.start, cuts[place - 1]?.end);
      const expected = spans.filter((each) => each.start <= cut.start && each.end >= cut.end);
      assert.equal(cut.covering.length, expected.length);
    }
  }
});

test("two highlights are two bands, the one that starts first above; of three, two are painted", () => {
  const [first, second] = [span(0, 9, 1, "opinion"), span(3, 6, 2)];
  assert.equal(markCss([first], LABELS), "tint-3 line-double");
  const bands = "upper-tint-3 upper-line-double lower-tint-1 lower-line-solid";
  assert.equal(markCss([second, first], LABELS), `two ${bands}`);
  assert.equal(markCss([second, first, span(4, 5, 3)], LABELS), `two many ${bands}`);
});

test("reading order puts the longer first where two begin together", () => {
  assert.ok(readingOrder(span(3, 9, 2), span(3, 6, 1)) < 0);
  assert.ok(readingOrder(span(3, 9, 2), { ...span(3, 9, 0), number: "n1" }) < 0);
});
