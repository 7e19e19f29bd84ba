// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Queue } from "../../static/annotator/js/lib/queue.js";

/** @typedef {import("../../static/annotator/js/lib/queue.js").Answer} Answer */
/** @typedef {import("../../static/annotator/js/lib/highlights.js").Operation} Operation */

/** @param {string} uuid @param {Partial<Operation>} [more] @returns {Operation} */
const operation = (uuid, more = {}) => ({ uuid, op: "delete", span: `span of ${uuid}`, ...more });

/** A queue whose server answers from a list, the last answer again and again; `pass()` lets the waiting time pass.
 * @param {...(Answer | Error | number | ((batch: readonly Operation[]) => Answer))} answers a number: that status for each
 */
function desk(...answers) {
  /** @type {string[][]} */
  const sent = [];
  /** @type {{run: () => void, milliseconds: number}[]} */
  const waits = [];
  /** @type {string[]} */
  const states = [];
  const queue = new Queue({
    send: async (batch) => {
      sent.push(batch.map(({ uuid }) => uuid));
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 200;
      if (answer instanceof Error) throw answer;
      if (typeof answer === "function") return answer(batch);
      if (typeof answer === "object") return answer;
      return { status: 200, results: batch.map(({ uuid }) => ({ uuid, status: answer })) };
    },
    onChange: ({ phase, waiting, refused }) => states.push(`${phase} ${waiting} ${refused.length}`),
    onAnswer: () => {},
    clock: {
      random: () => 0.5,
      later: (run, milliseconds) => {
        waits.push({ run, milliseconds });
        return () => {};
      },
    },
  });
  const pass = async () => {
    waits.at(-1)?.run();
    await settled();
  };
  return { queue, sent, waits, states, pass };
}

/** Until every promise at hand is done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("an operation is sent and forgotten once acknowledged", async () => {
  for (const status of [200, 201]) {
    const { queue, sent, states } = desk(status);
    await queue.add(operation("a"));
    assert.deepEqual(sent, [["a"]]);
    assert.ok(queue.isEmpty);
    assert.equal(states.at(-1), "idle 0 0");
    assert.ok(states.includes("sending 1 0"));
  }
});

test("what comes at once goes together, in order, at most fifty at once", async () => {
  const { queue, sent } = desk(201);
  const names = Array.from({ length: 60 }, (_, index) => `o${index}`);
  await Promise.all(names.map((name) => queue.add(operation(name))));
  await settled();
  assert.deepEqual(
    sent.map((batch) => batch.length),
    [50, 10],
  );
  assert.deepEqual(sent.flat(), names);
});

for (const failure of [new Error("network"), ...[0, 408, 425, 429, 500, 502, 503].map((status) => ({ status }))]) {
  const name = failure instanceof Error ? "no connection" : `status ${failure.status}`;
  test(`${name}: the same operation is sent again, once it can be`, async () => {
    const { queue, sent, states, pass } = desk(failure, 201);
    await queue.add(operation("a"));
    assert.equal(states.at(-1), "waiting 1 0");
    await pass();
    assert.deepEqual(sent, [["a"], ["a"]]);
    assert.ok(queue.isEmpty);
  });
}

test("waits grow up to thirty seconds, and Retry-After is honoured", async () => {
  const { queue, waits, pass } = desk({ status: 503 });
  await queue.add(operation("a"));
  for (let round = 0; round < 8; round += 1) await pass();
  assert.deepEqual(
    waits.map(({ milliseconds }) => milliseconds),
    [750, 1250, 2250, 4250, 8250, 15250, 15250, 15250, 15250],
  );
  const asked = desk({ status: 429, retryAfter: 40 });
  await asked.queue.add(operation("a"));
  assert.equal(asked.waits[0]?.milliseconds, 40_000);
});

test("a page of HTML instead of an answer is no answer", async () => {
  const { queue, states } = desk({ status: 200 });
  await queue.add(operation("a"));
  assert.equal(states.at(-1), "waiting 1 0");
});

test("what is added while waiting waits too, and is sent in order", async () => {
  const { queue, sent, pass } = desk({ status: 0 }, 201);
  await queue.add(operation("a"));
  await queue.add(operation("b"));
  assert.equal(sent.length, 1);
  await pass();
  assert.deepEqual(sent[1], ["a", "b"]);
});

test("signed out: everything waits for the reader to come back", async () => {
  const { queue, sent, states } = desk({ status: 401 }, 201);
  await queue.add(operation("a"));
  await queue.add(operation("b"));
  assert.equal(states.at(-1), "signed-out 2 0");
  await queue.wake();
  assert.deepEqual(sent.at(-1), ["a", "b"]);
  assert.ok(queue.isEmpty);
});

for (const status of [403, 404, 409, 410, 422]) {
  test(`${status} needs attention and is never dropped silently`, async () => {
    const { queue, states } = desk({ status, message: "No." });
    await queue.add(operation("a"));
    assert.equal(states.at(-1), "idle 0 1");
    assert.equal(queue.refused[0]?.message, "No.");
    assert.equal(queue.refused[0]?.operation.uuid, "a");
  });
}

test("one refused operation does not hold up the others", async () => {
  const { queue } = desk({ status: 0 }, (batch) => ({
    status: 200,
    results: batch.map(({ uuid }) => ({ uuid, status: uuid === "b" ? 422 : 201 })),
  }));
  for (const name of ["a", "b", "c"]) await queue.add(operation(name));
  await queue.drain();
  assert.ok(queue.isEmpty);
  assert.deepEqual(
    queue.refused.map(({ operation: { uuid } }) => uuid),
    ["b"],
  );
});

test("a request refused as a whole is sent again one by one", async () => {
  const { queue, sent } = desk({ status: 0 }, { status: 400 }, 201);
  for (const name of ["a", "b"]) await queue.add(operation(name));
  await queue.drain();
  assert.deepEqual(sent, [["a"], ["a", "b"], ["a"], ["b"]]);
  assert.deepEqual([queue.isEmpty, queue.refused.length], [true, 0]);
});

test("what was done to a refused highlight goes with it, and comes back with it", async () => {
  const { queue, sent } = desk({ status: 0 }, { status: 422, message: "No." }, 422, 201);
  const add = operation("a", { op: "add", span: "s" });
  await queue.add(add);
  await queue.add(operation("b", { op: "relabel", span: "s" }));
  await queue.drain();
  assert.deepEqual(
    queue.refused.map((entry) => [entry.operation.uuid, ...entry.dependents.map(({ uuid }) => uuid)]),
    [["a", "b"]],
  );
  await queue.retry(/** @type {any} */ (queue.refused[0]));
  assert.deepEqual(sent.at(-1), ["a", "b"]);
  assert.deepEqual([queue.isEmpty, queue.refused.length], [true, 0]);
});

test("refused in one answer together, they are one entry", async () => {
  const { queue } = desk({ status: 0 }, (batch) => ({
    status: 200,
    results: batch.map(({ uuid }) => ({ uuid, status: uuid === "a" ? 422 : 404 })),
  }));
  await queue.add(operation("a", { op: "add", span: "s" }));
  await queue.add(operation("b", { op: "relabel", span: "s" }));
  await queue.drain();
  assert.deepEqual(
    queue.refused.map((entry) => [entry.operation.uuid, ...entry.dependents.map(({ uuid }) => uuid)]),
    [["a", "b"]],
  );
});

test("a refused change can be given up", async () => {
  const { queue } = desk({ status: 404 });
  await queue.add(operation("a"));
  queue.forget(/** @type {any} */ (queue.refused[0]));
  assert.equal(queue.refused.length, 0);
});

test("a store sees each operation until it is acknowledged", async () => {
  /** @type {Map<string, Operation>} */
  const kept = new Map();
  const queue = new Queue({
    send: async (batch) => {
      assert.deepEqual([...kept.keys()], ["a"]);
      return { status: 200, results: batch.map(({ uuid }) => ({ uuid, status: 201 })) };
    },
    onChange: () => {},
    onAnswer: () => {},
    clock: { random: () => 0, later: () => () => {} },
    store: {
      load: async () => [],
      put: (each) => kept.set(each.uuid, each),
      drop: (uuid) => kept.delete(uuid),
    },
  });
  await queue.add(operation("a"));
  assert.equal(kept.size, 0);
});
