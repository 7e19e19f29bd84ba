// @ts-check
/** Tabs with an outbox: servers that answer from a list, devices that keep what a tab wrote. */

import { memoryStore } from "../../static/annotator/js/device/store.js";
import { Outbox } from "../../static/annotator/js/lib/outbox.js";

/** @typedef {import("../../static/annotator/js/lib/outbox.js").Answer} Answer */
/** @typedef {import("../../static/annotator/js/lib/outbox.js").Entry} Entry */
/** @typedef {import("../../static/annotator/js/lib/outbox.js").News} News */
/** @typedef {import("../../static/annotator/js/lib/outbox.js").Store} Store */
/** @typedef {import("../../static/annotator/js/lib/highlights.js").Operation} Operation */

/** @param {string} uuid @param {Partial<Operation>} [more] @returns {Operation} */
export const operation = (uuid, more = {}) => ({ uuid, op: "delete", span: `span of ${uuid}`, ...more });

export const TARGET = { url: "/readings/r/operations/", text_sha256: "a", codebook_version: "c" };

/** A tab whose server answers from a list, the last answer again and again; `pass()` lets the waiting time pass.
 * @param {...(Answer | Error | number | ((batch: readonly Entry[]) => Answer | Promise<Answer>))} answers a number: that status for each
 */
export function desk(...answers) {
  return tab({ answers });
}

/** The same with a store, other tabs and a reading of its own.
 * @param {{answers?: (Answer | Error | number | ((batch: readonly Entry[]) => Answer | Promise<Answer>))[], store?: Store, reading?: string, lock?: (run: () => Promise<void>) => Promise<void>, others?: Outbox[]}} parts
 */
export function tab({ answers = [201], store = memoryStore(), reading = "r", lock = (run) => run(), others = [] }) {
  /** @type {string[][]} */
  const sent = [];
  /** @type {{run: () => void, milliseconds: number}[]} */
  const waits = [];
  /** @type {string[]} */
  const states = [];
  /** @type {string[]} */
  const seen = [];
  const missed = { times: 0 };
  const outbox = new Outbox(
    {
      send: async (batch) => {
        sent.push(batch.map(({ uuid }) => uuid));
        const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 200;
        if (answer instanceof Error) throw answer;
        if (typeof answer === "function") return answer(batch);
        if (typeof answer === "object") return answer;
        return { status: 200, results: batch.map(({ uuid }) => ({ uuid, status: answer })) };
      },
      store,
      lock,
      tell: (news) => {
        for (const other of others) if (other !== outbox) other.hear(structuredClone(news));
      },
      clock: {
        random: () => 0.5,
        now: () => 0,
        later: (run, milliseconds) => {
          waits.push({ run, milliseconds });
          return () => {};
        },
      },
    },
    reading,
  );
  others.push(outbox);
  outbox.listeners = {
    changed: ({ phase, waiting, refused }) => states.push(`${phase} ${waiting} ${refused.length}`),
    answered: () => {},
    seen: ({ uuid }, isOld) => seen.push(`${uuid} ${isOld ? "old" : "new"}`),
    missed: () => {
      missed.times += 1;
    },
  };
  const pass = async () => {
    waits.at(-1)?.run();
    await settled();
  };
  const add = (/** @type {Operation} */ each) => outbox.add(each, null, { ...TARGET, url: `/${reading}/` });
  return { outbox, add, sent, waits, states, seen, missed, pass };
}

/** Until every promise at hand is done. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
/** A store on a device: what it holds outlives the tab.
 * @param {Partial<Entry>[]} entries
 * @returns {Store & {kept: () => string[]}}
 */
export function device(...entries) {
  /** @type {Map<string, Entry>} */
  const held = new Map();
  let last = 0;
  const store = {
    load: async () =>
      [...held.values()].sort((a, b) => Number(a.seq) - Number(b.seq)).map((each) => structuredClone(each)),
    /** @param {Entry} entry */
    put: async (entry) => {
      if (entry.seq === undefined) last += 1;
      const seq = entry.seq ?? last;
      held.set(entry.uuid, structuredClone({ ...entry, seq }));
      return seq;
    },
    /** @param {readonly string[]} uuids */
    drop: async (uuids) => {
      for (const uuid of uuids) held.delete(uuid);
    },
    kept: () => [...held.keys()],
  };
  for (const entry of entries) void store.put(/** @type {Entry} */ (entry));
  return store;
}

/** @param {string} uuid @param {string} [reading] @param {Partial<Operation>} [more] */
export const entry = (uuid, reading = "r", more = {}) => ({
  uuid,
  reading,
  target: { ...TARGET, url: `/${reading}/` },
  operation: operation(uuid, more),
  inverse: null,
  createdAt: 0,
  refusal: null,
});

/** One tab at a time. */
export function locks() {
  let last = Promise.resolve();
  return (/** @type {() => Promise<void>} */ run) => {
    last = last.then(run);
    return last;
  };
}
