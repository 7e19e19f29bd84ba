// @ts-check
/** What a page knows of a highlight's version: told by the server, in doubt, told again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Highlights } from "../../static/annotator/js/lib/highlights.js";
import { readingOrder } from "../../static/annotator/js/lib/segments.js";
import { seeded } from "./seeded.js";

/** One saved highlight, and a second one beside it. */
function saved() {
  const highlights = new Highlights();
  for (const [place, span] of ["s", "t"].entries()) {
    highlights.apply({ op: "add", span, label: "claim", start: 9 * place, end: 9 * place + 4 });
    highlights.confirm(span, { number: place + 1, version: 3 });
  }
  return highlights;
}

test("in doubt a highlight has no version, and is otherwise as it was", () => {
  const highlights = saved();
  const before = { ...highlights.get("s") };
  highlights.doubt("s");
  assert.deepEqual(highlights.get("s"), { ...before, version: null });
  assert.equal(highlights.get("t")?.version, 3);
  assert.equal(highlights.numbered("1")?.version, null);
  assert.deepEqual(
    highlights.all().map(({ uuid, version }) => [uuid, version]),
    [
      ["s", null],
      ["t", 3],
    ],
  );
});

test("the server's next word ends the doubt", () => {
  const highlights = saved();
  highlights.doubt("s");
  highlights.confirm("s", { number: 1, version: 5 });
  assert.equal(highlights.get("s")?.version, 5);
});

test("words painted under the name from before the save still lead to their highlight", () => {
  const highlights = saved();
  assert.equal(highlights.numbered("n2")?.uuid, "t");
  assert.equal(highlights.numbered("n2")?.number, 2);
  highlights.apply({ op: "delete", span: "t" });
  assert.equal(highlights.numbered("n2"), undefined);
});

test("a deleted highlight can be in doubt, and one that is not here cannot", () => {
  const highlights = saved();
  highlights.apply({ op: "delete", span: "s" });
  highlights.doubt("s");
  highlights.doubt("unknown");
  highlights.apply({ op: "restore", span: "s" });
  assert.equal(highlights.get("s")?.version, null);
  assert.equal(highlights.get("unknown"), undefined);
  assert.equal(highlights.all().length, 2);
});

test("one that is added takes its place in reading order, as if all were sorted anew", () => {
  const highlights = saved();
  const below = seeded(11);
  for (let n = 0; n < 200; n += 1) {
    const start = below(30);
    highlights.apply({ op: "add", span: `u${n}`, label: "claim", start, end: start + 1 + below(6) });
    const anew = [...highlights.byUuid.values()].sort(readingOrder);
    assert.deepEqual(
      highlights.all().map(({ uuid }) => uuid),
      anew.map(({ uuid }) => uuid),
    );
    assert.equal(highlights.numbered(`n${n + 3}`)?.uuid, `u${n}`);
  }
});
