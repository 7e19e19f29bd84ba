// @ts-check
/** What an outbox keeps beyond one page, and shares with other tabs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { device, entry, locks, operation, settled, tab } from "./tabs.js";

/** @typedef {import("../../static/annotator/js/lib/outbox.js").Entry} Entry */
/** @typedef {import("../../static/annotator/js/lib/outbox.js").Outbox} Outbox */

test("a change is on the device before it is sent, and gone once it is acknowledged", async () => {
  const store = device();
  const { add } = tab({
    store,
    answers: [
      (batch) => {
        assert.deepEqual(store.kept(), ["a"]);
        return { status: 200, results: batch.map(({ uuid }) => ({ uuid, status: 201 })) };
      },
    ],
  });
  await add(operation("a"));
  assert.deepEqual(store.kept(), []);
});

test("what an earlier page left is shown as old and sent in the order it was made, to where it belongs", async () => {
  const store = device(entry("a"), entry("b", "other"), entry("c"));
  /** @type {string[]} */
  const urls = [];
  const { outbox, seen, states } = tab({
    store,
    answers: [
      (batch) => {
        urls.push(...batch.map(({ target, uuid }) => target.url + uuid));
        return { status: 200, results: batch.map(({ uuid }) => ({ uuid, status: 201 })) };
      },
    ],
  });
  await outbox.open(outbox.listeners);
  assert.deepEqual(seen, ["a old", "c old"]);
  assert.deepEqual(urls, ["/r/a", "/r/c", "/other/b"]);
  assert.deepEqual(store.kept(), []);
  assert.equal(states[0], "idle 2 0");
});

test("what is read or heard of before anybody listens is shown once somebody does, each once", async () => {
  const store = device(entry("a"), entry("b"));
  const { outbox, seen } = tab({ store, answers: [{ status: 0 }] });
  const { listeners } = outbox;
  await outbox.open();
  await outbox.sync();
  assert.deepEqual([outbox.total, seen], [2, []]);
  await outbox.open(listeners);
  assert.deepEqual(seen, ["a old", "b old"]);
});

test("a page without a reading sends all readings' changes", async () => {
  const store = device(entry("a", "one"), entry("b", "two"));
  const { outbox, sent } = tab({ store, reading: "" });
  await outbox.open();
  assert.deepEqual(sent, [["a"], ["b"]]);
  assert.deepEqual([store.kept(), outbox.total], [[], 0]);
});

test("a refused change and what hangs on it outlive the page, and so does giving it up", async () => {
  const store = device();
  const first = tab({ store, answers: [{ status: 0 }, { status: 422, message: "No." }] });
  await first.add(operation("a", { op: "add", span: "s" }));
  await first.add(operation("b", { op: "relabel", span: "s" }));
  await first.pass();
  const later = tab({ store });
  await later.outbox.open(later.outbox.listeners);
  const [refused] = later.outbox.refused;
  assert.deepEqual([refused?.message, refused?.dependents.map(({ uuid }) => uuid)], ["No.", ["b"]]);
  assert.deepEqual([later.sent, later.seen], [[], []]);
  await later.outbox.forget(/** @type {any} */ (refused));
  assert.deepEqual([store.kept(), later.outbox.total], [[], 0]);
});

test("after a conflict the change is sent without the version it was made on", async () => {
  /** @type {unknown[]} */
  const versions = [];
  const answers = [409, 200].map((status) => (/** @type {readonly Entry[]} */ batch) => {
    versions.push(...batch.map(({ operation: { base_version } }) => base_version));
    return { status, results: batch.map(({ uuid }) => ({ uuid, status })) };
  });
  const { add, outbox } = tab({ answers });
  await add(operation("a", { op: "detail", note: "mine", base_version: 2 }));
  await outbox.retry(/** @type {any} */ (outbox.refused[0]));
  assert.deepEqual(versions, [2, undefined]);
  assert.equal(outbox.total, 0);
});

test("two tabs send each change once between them, and both know", async () => {
  const store = device();
  const lock = locks();
  /** @type {Outbox[]} */
  const others = [];
  const [left, right] = [tab({ store, lock, others }), tab({ store, lock, others })];
  await Promise.all([left.add(operation("a")), right.add(operation("b")), left.add(operation("c"))]);
  await settled();
  assert.deepEqual([...left.sent.flat(), ...right.sent.flat()].sort(), ["a", "b", "c"]);
  assert.ok(left.outbox.isEmpty && right.outbox.isEmpty);
  assert.deepEqual(
    left.seen
      .concat(right.seen)
      .map((each) => each.slice(0, 1))
      .sort(),
    ["a", "b", "c"],
  );
  assert.deepEqual(store.kept(), []);
});

test("without locks two tabs may send the same, and no change is lost, doubled or refused", async () => {
  const store = device(entry("a"), entry("b"));
  /** @type {string[]} */
  const saved = [];
  // As the server does: a change that it has is answered as the first time.
  const serve = async (/** @type {readonly Entry[]} */ batch) => {
    await settled();
    return {
      status: 200,
      results: batch.map(({ uuid }) => {
        const isNew = !saved.includes(uuid);
        if (isNew) saved.push(uuid);
        return { uuid, status: isNew ? 201 : 200 };
      }),
    };
  };
  /** @type {Outbox[]} */
  const others = [];
  const [left, right] = [tab({ store, others, answers: [serve] }), tab({ store, others, answers: [serve] })];
  await Promise.all([left.outbox.open(left.outbox.listeners), right.outbox.open(right.outbox.listeners)]);
  await Promise.all([left.add(operation("c")), right.add(operation("d"))]);
  await settled();
  await Promise.all([left.outbox.drain(), right.outbox.drain()]);
  // Both have sent what was kept: else this test would say nothing about doubles.
  assert.deepEqual(
    [left.sent[0], right.sent[0]],
    [
      ["a", "b"],
      ["a", "b"],
    ],
  );
  assert.deepEqual([...saved].sort(), ["a", "b", "c", "d"]);
  for (const { outbox } of [left, right]) assert.deepEqual([outbox.total, outbox.refused.length], [0, 0]);
  assert.deepEqual(store.kept(), []);
});

test("a tab that slept learns from the store what another has settled meanwhile", async () => {
  const store = device();
  const asleep = tab({ store, answers: [{ status: 0 }] });
  await asleep.add(operation("a"));
  const awake = tab({ store });
  await awake.outbox.open();
  await asleep.outbox.wake();
  assert.deepEqual([asleep.outbox.total, asleep.missed.times, asleep.sent.length], [0, 1, 1]);
});

test("what is added while the last answer is taken in is sent too", async () => {
  const { outbox, add, sent } = tab({});
  let isFirst = true;
  outbox.listeners = {
    ...outbox.listeners,
    changed: ({ phase }) => {
      if (phase !== "idle" || !isFirst || sent.length === 0) return;
      isFirst = false;
      void add(operation("b"));
    },
  };
  await add(operation("a"));
  await settled();
  assert.deepEqual(sent, [["a"], ["b"]]);
});

test("a device that keeps nothing says so, and the change is sent all the same", async () => {
  const full = { ...device(), put: () => Promise.reject(new Error("QuotaExceededError")) };
  const { outbox, add, sent } = tab({ store: full });
  await add(operation("a"));
  assert.deepEqual([sent, outbox.isDurable, outbox.isEmpty], [[["a"]], false, true]);
});

/** A server that has enough at the tenth request: without an end to them, this process would go on for ever.
 * @param {() => Outbox} ours
 * @param {number} status
 */
function patient(ours, status) {
  let times = 0;
  return async (/** @type {readonly Entry[]} */ batch) => {
    times += 1;
    if (times === 10) ours().close();
    return { status, results: batch.map(({ uuid }) => ({ uuid, status, message: "No." })) };
  };
}

test("what is saved and cannot be deleted here is sent once, and deleted once it can be", async () => {
  const base = device();
  let isFull = true;
  /** @param {readonly string[]} uuids */
  const drop = async (uuids) => {
    if (isFull) throw new Error("QuotaExceededError");
    await base.drop(uuids);
  };
  const { outbox, add, sent } = tab({ store: { ...base, drop }, answers: [patient(() => outbox, 200)] });
  await add(operation("a"));
  await outbox.wake();
  assert.deepEqual([sent, outbox.total, outbox.isDurable, base.kept()], [[["a"]], 0, false, ["a"]]);
  isFull = false;
  await outbox.wake();
  assert.deepEqual([sent, base.kept()], [[["a"]], []]);
});

test("a refusal that cannot be kept is shown, and the change is not sent again", async () => {
  const base = device();
  /** @param {Entry} each */
  const put = async (each) => {
    if (each.refusal) throw new Error("QuotaExceededError");
    return base.put(each);
  };
  const { outbox, add, sent } = tab({ store: { ...base, put }, answers: [patient(() => outbox, 422)] });
  await add(operation("a"));
  await outbox.wake();
  assert.deepEqual([sent, outbox.refused[0]?.message], [[["a"]], "No."]);
  await outbox.retry(/** @type {any} */ (outbox.refused[0]));
  assert.deepEqual([sent, outbox.refused[0]?.message], [[["a"], ["a"]], "No."]);
  await outbox.forget(/** @type {any} */ (outbox.refused[0]));
  assert.deepEqual([base.kept(), outbox.total], [[], 0]);
});

test("a change that cannot be kept is sent before what was done after it, from every tab", async () => {
  const base = device(entry("before"));
  /** @param {Entry} each */
  const put = async (each) => {
    if (["a", "c"].includes(each.uuid)) throw new Error("QuotaExceededError");
    return base.put(each);
  };
  /** @type {Outbox[]} */
  const others = [];
  const ours = tab({ store: { ...base, put }, answers: [{ status: 0 }], others });
  const other = tab({ store: base, others });
  await ours.add(operation("a", { op: "add", span: "s" }));
  await ours.add(operation("b", { op: "relabel", span: "s" }));
  await ours.add(operation("c", { op: "detail", span: "s" }));
  await ours.add(operation("d", { op: "delete", span: "s" }));
  await ours.pass();
  assert.deepEqual(ours.sent.at(-1), ["before", "a", "b", "c", "d"]);
  await other.outbox.wake();
  assert.deepEqual(other.sent, [["before", "a", "b", "c", "d"]]);
  for (const { outbox } of [ours, other]) assert.deepEqual([outbox.total, base.kept()], [0, []]);
});

test("a tab whose reader has left sends and hears nothing any more", async () => {
  const { outbox, add, sent, pass } = tab({ answers: [{ status: 0 }, 201] });
  await add(operation("a"));
  outbox.close();
  await pass();
  outbox.hear({ kind: "added", entry: entry("b") });
  assert.deepEqual([sent.length, outbox.total], [1, 0]);
});
