// @ts-check
/** A save that gets no answer: given up after ten seconds, kept, and sent again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { operation, settled, tab } from "./tabs.js";

const page = { dataset: { memberKey: "k" }, getAttribute: () => "{}" };
Object.assign(globalThis, { document: { body: page }, location: { pathname: "/readings/r/" } });
// Only now: the module reads its page as it is loaded.
const { send } = await import("../../static/annotator/js/device/sending.js");

test("a save without an answer is given up after ten seconds and sent once more", async (context) => {
  /** @type {number[]} */
  const limits = [];
  const clock = new AbortController();
  context.mock.method(AbortSignal, "timeout", (/** @type {number} */ milliseconds) => {
    limits.push(milliseconds);
    return clock.signal;
  });
  /** @type {string[]} */
  const bodies = [];
  context.mock.method(
    globalThis,
    "fetch",
    (/** @type {string} */ _url, /** @type {RequestInit} */ { signal, body }) => {
      bodies.push(String(body));
      if (bodies.length > 1) return Promise.resolve(Response.json({ results: [{ uuid: "a", status: 201 }] }));
      return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    },
  );
  const { outbox, add, states, pass } = tab({ answers: [send] });
  const added = add(operation("a"));
  await settled();
  assert.deepEqual([states.at(-1), outbox.total], ["sending 1 0", 1]);
  clock.abort(new DOMException("The time is over.", "TimeoutError"));
  await added;
  assert.deepEqual(limits, [10_000]);
  assert.deepEqual([states.at(-1), outbox.total], ["waiting 1 0", 1]);
  await pass();
  assert.deepEqual([states.at(-1), outbox.total], ["idle 0 0", 0]);
  assert.equal(bodies[0], bodies[1]);
  assert.deepEqual(JSON.parse(bodies[0] ?? "").operations, [operation("a")]);
});
