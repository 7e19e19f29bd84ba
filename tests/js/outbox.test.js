// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { desk, operation, settled } from "./tabs.js";

test("an operation is sent and forgotten once acknowledged", async () => {
  for (const status of [200, 201]) {
    const { outbox, add, sent, states } = desk(status);
    await add(operation("a"));
    assert.deepEqual(sent, [["a"]]);
    assert.ok(outbox.isEmpty);
    assert.equal(states.at(-1), "idle 0 0");
    assert.ok(states.includes("sending 1 0"));
  }
});

test("what comes at once goes together, in order, at most fifty at once", async () => {
  const { add, sent } = desk(201);
  const names = Array.from({ length: 60 }, (_, index) => `o${index}`);
  await Promise.all(names.map((name) => add(operation(name))));
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
    const { outbox, add, sent, states, pass } = desk(failure, 201);
    await add(operation("a"));
    assert.equal(states.at(-1), "waiting 1 0");
    await pass();
    assert.deepEqual(sent, [["a"], ["a"]]);
    assert.ok(outbox.isEmpty);
  });
}

test("waits grow up to thirty seconds, and Retry-After is honoured", async () => {
  const { add, waits, pass } = desk({ status: 503 });
  await add(operation("a"));
  for (let round = 0; round < 8; round += 1) await pass();
  assert.deepEqual(
    waits.map(({ milliseconds }) => milliseconds),
    [750, 1250, 2250, 4250, 8250, 15250, 15250, 15250, 15250],
  );
  const asked = desk({ status: 429, retryAfter: 40 });
  await asked.add(operation("a"));
  assert.equal(asked.waits[0]?.milliseconds, 40_000);
});

test("a page of HTML instead of an answer is no answer", async () => {
  const { add, states } = desk({ status: 200 });
  await add(operation("a"));
  assert.equal(states.at(-1), "waiting 1 0");
});

test("what is added while waiting waits too, and is sent in order", async () => {
  const { add, sent, pass } = desk({ status: 0 }, 201);
  await add(operation("a"));
  await add(operation("b"));
  assert.equal(sent.length, 1);
  await pass();
  assert.deepEqual(sent[1], ["a", "b"]);
});

test("signed out: everything waits for the reader to come back", async () => {
  const { outbox, add, sent, states } = desk({ status: 401 }, 201);
  await add(operation("a"));
  await add(operation("b"));
  assert.equal(states.at(-1), "signed-out 2 0");
  await outbox.wake();
  assert.deepEqual(sent.at(-1), ["a", "b"]);
  assert.ok(outbox.isEmpty);
});

for (const status of [403, 404, 409, 410, 422]) {
  test(`${status} needs attention and is never dropped silently`, async () => {
    const { outbox, add, states } = desk({ status, message: "No." });
    await add(operation("a"));
    assert.equal(states.at(-1), "idle 0 1");
    assert.equal(outbox.refused[0]?.message, "No.");
    assert.equal(outbox.refused[0]?.operation.uuid, "a");
  });
}

test("one refused operation does not hold up the others", async () => {
  const { outbox, add } = desk({ status: 0 }, (batch) => ({
    status: 200,
    results: batch.map(({ uuid }) => ({ uuid, status: uuid === "b" ? 422 : 201 })),
  }));
  for (const name of ["a", "b", "c"]) await add(operation(name));
  await outbox.drain();
  assert.ok(outbox.isEmpty);
  assert.deepEqual(
    outbox.refused.map(({ operation: { uuid } }) => uuid),
    ["b"],
  );
});

test("a request refused as a whole is sent again one by one", async () => {
  const { outbox, add, sent } = desk({ status: 0 }, { status: 400 }, 201);
  for (const name of ["a", "b"]) await add(operation(name));
  await outbox.drain();
  assert.deepEqual(sent, [["a"], ["a", "b"], ["a"], ["b"]]);
  assert.deepEqual([outbox.isEmpty, outbox.refused.length], [true, 0]);
});

test("what was done to a refused highlight goes with it, and comes back with it", async () => {
  const { outbox, add, sent } = desk({ status: 0 }, { status: 422, message: "No." }, 422, 201);
  await add(operation("a", { op: "add", span: "s" }));
  await add(operation("b", { op: "relabel", span: "s" }));
  await outbox.drain();
  assert.deepEqual(
    outbox.refused.map((entry) => [entry.operation.uuid, ...entry.dependents.map(({ uuid }) => uuid)]),
    [["a", "b"]],
  );
  await outbox.retry(/** @type {any} */ (outbox.refused[0]));
  assert.deepEqual(sent.at(-1), ["a", "b"]);
  assert.deepEqual([outbox.isEmpty, outbox.refused.length], [true, 0]);
});

test("refused in one answer together, they are one entry", async () => {
  const { outbox, add } = desk({ status: 0 }, (batch) => ({
    status: 200,
    results: batch.map(({ uuid }) => ({ uuid, status: uuid === "a" ? 422 : 404 })),
  }));
  await add(operation("a", { op: "add", span: "s" }));
  await add(operation("b", { op: "relabel", span: "s" }));
  await outbox.drain();
  assert.deepEqual(
    outbox.refused.map((entry) => [entry.operation.uuid, ...entry.dependents.map(({ uuid }) => uuid)]),
    [["a", "b"]],
  );
});

test("of two notes in conflict the second goes with the first, and is sent last again", async () => {
  const { outbox, add, sent } = desk({ status: 0 }, 409, 200);
  await add(operation("a", { op: "detail", span: "s", note: "one", base_version: 2 }));
  await add(operation("b", { op: "detail", span: "s", note: "two", base_version: 2, after: ["a"] }));
  await add(operation("c", { op: "detail", span: "t", note: "elsewhere" }));
  await outbox.drain();
  assert.deepEqual(
    outbox.refused.map((entry) => [entry.operation.uuid, ...entry.dependents.map(({ uuid }) => uuid)]),
    [["a", "b"], ["c"]],
  );
  await outbox.retry(/** @type {any} */ (outbox.refused[0]));
  assert.deepEqual(sent.at(-1), ["a", "b"]);
  assert.deepEqual(
    outbox.refused.map((entry) => entry.operation.uuid),
    ["c"],
  );
});

test("a tag that is refused takes no note along that was written after it", async () => {
  const { outbox, add } = desk({ status: 0 }, (batch) => ({
    status: 200,
    results: batch.map(({ uuid }) => ({ uuid, status: uuid === "a" ? 422 : 200 })),
  }));
  await add(operation("a", { op: "relabel", span: "s", label: "opinion" }));
  await add(operation("b", { op: "detail", span: "s", note: "kept", base_version: 2, after: ["a"] }));
  await outbox.drain();
  assert.deepEqual(
    outbox.refused.map((entry) => [entry.operation.uuid, entry.dependents.length]),
    [["a", 0]],
  );
});

test("a refused change can be given up", async () => {
  const { outbox, add } = desk({ status: 404 });
  await add(operation("a"));
  await outbox.forget(/** @type {any} */ (outbox.refused[0]));
  assert.equal(outbox.refused.length, 0);
});
