// @ts-check
/** Changes on their way to the server: kept on this device first, sent in order, each at least once, none dropped. */

import { grouped, settling } from "./settling.js";

/** @typedef {import("./highlights.js").Change} Change */
/** @typedef {import("./highlights.js").Operation} Operation */
/** @typedef {{uuid: string, status: number, message?: string}} Result */
/** @typedef {{status: number, retryAfter?: number, message?: string, results?: Result[]}} Answer */
/** Where a change goes, and what its page took for true: the server refuses it where that is not so.
 * @typedef {{url: string, text_sha256: string, codebook_version: string}} Target */
/** Why the server refused a change; `follows` names the refused new highlight that it was done to.
 * @typedef {{status: number, message: string, follows: string | null}} Refusal */
/** One kept change; without `seq` it is not written yet. `inverse` takes it back, so that undo outlives the page.
 * @typedef {{seq?: number, uuid: string, reading: string, target: Target, operation: Operation, inverse: Change | null, createdAt: number, refusal: Refusal | null}} Entry */
/** @typedef {{operation: Operation, status: number, message: string, dependents: Operation[]}} Refused */
/** @typedef {"idle" | "sending" | "waiting" | "signed-out"} Phase */
/** @typedef {{phase: Phase, waiting: number, refused: readonly Refused[], isDurable: boolean}} Status */
/** @typedef {{load: () => Promise<Entry[]>, put: (entry: Entry) => Promise<number>, drop: (uuids: readonly string[]) => Promise<unknown>}} Store */
/** @typedef {{later: (run: () => void, milliseconds: number) => () => void, random: () => number, now: () => number}} Clock */
/** What tabs of one reader tell each other.
 * @typedef {{kind: "added", entry: Entry} | {kind: "settled", reading: string, answer: Answer, done: string[], refused: Entry[]} | {kind: "forgotten", uuids: string[]} | {kind: "retried", entries: Entry[]}} News */
/** `lock` lets one tab send at a time; `tell` reaches the others.
 * @typedef {{send: (batch: readonly Entry[]) => Promise<Answer>, store: Store, clock: Clock, lock: (run: () => Promise<void>) => Promise<void>, tell: (news: News) => void}} Parts */
/** `changed` hears how things stand, `answered` what was settled of the own reading, `seen` a change this page has not
 * made just now: kept from before (`isOld`), or made in another tab; `missed` that another tab settled something unheard.
 * @typedef {{changed: (status: Status) => void, answered: (answer: Answer, refused: readonly Refused[]) => void, seen: (entry: Entry, isOld: boolean) => void, missed: () => void}} Listeners */

const MOST_AT_ONCE = 50;
const SHORTEST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** @type {Listeners} */
const NOBODY = { changed: () => {}, answered: () => {}, seen: () => {}, missed: () => {} };

/** One per page, for all readings of one reader; `reading` is the page's own, whose state it tells. */
export class Outbox {
  /** @param {Parts} parts
   * @param {string} [reading]
   */
  constructor(parts, reading = "") {
    this.parts = parts;
    this.reading = reading;
    this.listeners = NOBODY;
    /** @type {Entry[]} */
    this.entries = [];
    /** @type {readonly Refused[]} */
    this.refused = [];
    /** @type {Phase} */
    this.phase = "idle";
    this.isDurable = true;
    this.isClosed = false;
    this.attempts = 0;
    this.limit = MOST_AT_ONCE;
    this.cancelWait = () => {};
    /** @type {Promise<void> | null} */
    this.run = null;
    this.isAskedAgain = false;
    /** What this page alone knows, since it could not be written: of these the page's word stands, not the store's.
     * @type {Set<string>} */
    this.unwritten = new Set();
    /** What is settled and may still be stored, since it could not be deleted: it is not read back.
     * @type {Set<string>} */
    this.settled = new Set();
    /** What the page shows before what is kept. */
    this.before = async () => {};
  }

  /** How things stand for the own reading.
   * @returns {Status}
   */
  get status() {
    const { phase, refused, isDurable } = this;
    return { phase, waiting: this.#own().length, refused, isDurable };
  }

  /** The own reading's changes that are on their way.
   * @returns {readonly Operation[]}
   */
  get operations() {
    return this.#own().map(({ operation }) => operation);
  }

  /** Whether nothing of the own reading is on its way. */
  get isEmpty() {
    return this.#own().length === 0;
  }

  /** How many changes of this reader's are on this device, of all readings, refused ones too. */
  get total() {
    return this.entries.length;
  }

  /** Read what is kept, tell the page of it, and send.
   * @param {Partial<Listeners>} [listeners]
   */
  async open(listeners = {}) {
    this.listeners = { ...NOBODY, ...listeners };
    await this.before().catch(() => {});
    // Read before anybody listened.
    for (const entry of this.entries) this.#seen(entry, true);
    await this.sync();
    await this.drain();
  }

  /** Keep one change, then send it.
   * @param {Operation} operation
   * @param {Change | null} inverse
   * @param {Target} target
   */
  async add(operation, inverse, target) {
    /** @type {Entry} */
    const entry = {
      uuid: operation.uuid,
      reading: this.reading,
      target,
      operation,
      inverse,
      createdAt: this.parts.clock.now(),
      refusal: null,
    };
    this.entries.push(entry);
    this.#changed();
    await this.#keep(entry);
    this.parts.tell({ kind: "added", entry });
    if (this.phase === "idle") await this.drain();
  }

  /** Try now: the connection may be back, the reader may have signed in again, another tab may have left something. */
  async wake() {
    if (this.phase !== "sending") await this.drain();
  }

  /** Nothing is kept or sent any more: its reader has left. */
  close() {
    this.isClosed = true;
    this.cancelWait();
    this.entries = [];
    this.#changed();
  }

  /** Send what waits until nothing does or something stands in the way; one tab at a time. */
  drain() {
    this.cancelWait();
    if (this.run) this.isAskedAgain = true;
    this.run ??= this.#runs();
    return this.run;
  }

  /** Send a refused change again, with what was done to it; after a conflict over what is there by now.
   * @param {Refused} refused
   */
  async retry(refused) {
    const again = this.#entriesOf(refused);
    for (const entry of again) {
      delete entry.operation.base_version;
      delete entry.operation.after;
      entry.refusal = null;
      await this.#keep(entry);
    }
    this.#changed();
    this.parts.tell({ kind: "retried", entries: again });
    await this.drain();
  }

  /** Give a refused change up: its reader said so.
   * @param {Refused} refused
   */
  async forget(refused) {
    const uuids = this.#entriesOf(refused).map(({ uuid }) => uuid);
    await this.#drop(uuids);
    this.parts.tell({ kind: "forgotten", uuids });
  }

  /** What another tab tells.
   * @param {News} news
   */
  hear(news) {
    if (this.isClosed) return;
    if (news.kind === "added") this.#see([news.entry]);
    if (news.kind === "retried") this.#hearAgain(news.entries);
    if (news.kind === "forgotten") this.#remove(news.uuids);
    if (news.kind === "settled") this.#hearSettled(news);
    this.#changed();
  }

  /** Bring this page's list in step with what is kept: other tabs add to it and take from it. */
  async sync() {
    if (this.settled.size > 0) await this.#dropStored([...this.settled]);
    const loaded = await this.parts.store.load().catch(() => null);
    if (!loaded || this.isClosed) return;
    const stored = loaded.filter(({ uuid }) => !this.settled.has(uuid));
    const known = new Map(this.entries.map((entry) => [entry.uuid, entry]));
    const kept = new Set(stored.map(({ uuid }) => uuid));
    const gone = this.entries.filter(({ uuid, seq }) => seq !== undefined && !kept.has(uuid));
    const merged = stored.map((entry) => {
      const ours = known.get(entry.uuid) ?? entry;
      return this.unwritten.has(entry.uuid) ? ours : Object.assign(ours, entry);
    });
    this.entries = inOrder(
      merged,
      this.entries.filter((entry) => !gone.includes(entry)),
    );
    for (const entry of stored) if (!known.has(entry.uuid)) this.#seen(entry, true);
    if (gone.some(({ reading }) => reading === this.reading)) this.listeners.missed();
    this.#changed();
  }

  /** @returns {Entry[]} */
  #own() {
    return this.entries.filter(({ reading, refusal }) => reading === this.reading && !refusal);
  }

  /** @param {Refused} refused */
  #entriesOf({ operation, dependents }) {
    const uuids = new Set([operation, ...dependents].map(({ uuid }) => uuid));
    return this.entries.filter(({ uuid }) => uuids.has(uuid));
  }

  /** Write an entry; where that fails, this page's memory has to do.
   * @param {Entry} entry
   */
  async #keep(entry) {
    try {
      entry.seq = await this.parts.store.put(entry);
      this.unwritten.delete(entry.uuid);
    } catch {
      this.unwritten.add(entry.uuid);
      this.isDurable = false;
      this.#changed();
    }
  }

  /** @param {readonly string[]} uuids */
  async #drop(uuids) {
    await this.#dropStored(uuids);
    this.#remove(uuids);
    this.#changed();
  }

  /** Delete from the store; where that fails, it is tried again before the store is read again.
   * @param {readonly string[]} uuids
   */
  async #dropStored(uuids) {
    for (const uuid of uuids) this.settled.add(uuid);
    try {
      await this.parts.store.drop(uuids);
      for (const uuid of uuids) this.settled.delete(uuid);
    } catch {
      this.isDurable = false;
    }
  }

  /** @param {readonly string[]} uuids */
  #remove(uuids) {
    const gone = new Set(uuids);
    this.entries = this.entries.filter(({ uuid }) => !gone.has(uuid));
    for (const uuid of uuids) this.unwritten.delete(uuid);
  }

  /** @param {readonly Entry[]} entries */
  #see(entries) {
    for (const entry of entries) {
      if (this.entries.some(({ uuid }) => uuid === entry.uuid)) continue;
      this.entries.push(entry);
      // The tab that made it could not write it: no tab will find it in the store.
      if (entry.seq === undefined) this.unwritten.add(entry.uuid);
      this.#seen(entry, false);
    }
  }

  /** @param {Entry} entry @param {boolean} isOld */
  #seen(entry, isOld) {
    if (entry.reading === this.reading && !entry.refusal) this.listeners.seen(entry, isOld);
  }

  /** @param {readonly Entry[]} entries */
  #hearAgain(entries) {
    this.#remove(entries.map(({ uuid }) => uuid));
    this.#see(entries);
  }

  /** @param {Extract<News, {kind: "settled"}>} news */
  #hearSettled({ reading, answer, done, refused }) {
    this.#remove(done);
    const told = new Map(refused.map((entry) => [entry.uuid, entry]));
    const known = new Set(this.entries.map(({ uuid }) => uuid));
    this.entries = this.entries.map((entry) => told.get(entry.uuid) ?? entry);
    this.entries.push(...refused.filter(({ uuid }) => !known.has(uuid)));
    if (reading === this.reading) this.#answered(answer, refused);
  }

  /** @param {Answer} answer @param {readonly Entry[]} refused */
  #answered(answer, refused) {
    this.refused = grouped(this.entries, this.reading);
    this.listeners.answered(answer, grouped(refused, this.reading));
  }

  #changed() {
    this.refused = grouped(this.entries, this.reading);
    this.listeners.changed(this.status);
  }

  /** @param {Phase} phase */
  #enter(phase) {
    this.phase = phase;
    this.#changed();
  }

  /** What is asked for while a run is ending starts another one. */
  async #runs() {
    try {
      do {
        this.isAskedAgain = false;
        await this.parts.lock(() => this.#sendAll());
      } while (this.isAskedAgain && this.phase === "idle" && !this.isClosed);
    } finally {
      this.run = null;
    }
  }

  async #sendAll() {
    await this.sync();
    for (let batch = this.#batch(); batch.length > 0 && !this.isClosed; batch = this.#batch()) {
      this.#enter("sending");
      const answer = await this.parts.send(batch).catch(() => ({ status: 0 }));
      this.phase = "idle";
      if (!(await this.#settle(batch, answer))) return;
      await this.sync();
    }
    this.limit = MOST_AT_ONCE;
    this.#enter("idle");
  }

  /** The oldest changes of one reading, as many as may go together; what is still being written is not sent.
   * @returns {Entry[]}
   */
  #batch() {
    const ready = this.entries.filter(
      ({ uuid, refusal, seq }) => !refusal && (seq !== undefined || this.unwritten.has(uuid)),
    );
    return ready.filter(({ reading }) => reading === ready[0]?.reading).slice(0, this.limit);
  }

  /** What an answer means; false when sending has to pause.
   * @param {readonly Entry[]} batch
   * @param {Answer} answer
   */
  async #settle(batch, answer) {
    const outcome = settling(batch, answer, this.entries);
    if (outcome.next === "sign-in") this.#enter("signed-out");
    if (outcome.next === "wait") this.#wait(answer.retryAfter);
    // One of them may be at fault: send them alone, so that the others are saved.
    if (outcome.next === "alone") this.limit = 1;
    if (outcome.next !== "settled") return outcome.next === "alone";
    this.attempts = 0;
    for (const { entry, refusal } of outcome.refused) {
      entry.refusal = refusal;
      await this.#keep(entry);
    }
    const refused = outcome.refused.map(({ entry }) => entry);
    await this.#drop(outcome.done);
    const reading = batch[0]?.reading ?? "";
    this.parts.tell({ kind: "settled", reading, answer, done: outcome.done, refused });
    if (reading === this.reading) this.#answered(answer, refused);
    return true;
  }

  /** Wait a random time, longer after each failure, and at least as long as the server asked for.
   * @param {number | undefined} retryAfter seconds
   */
  #wait(retryAfter = 0) {
    const most = Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** this.attempts);
    this.attempts += 1;
    const milliseconds = Math.max(retryAfter * 1000, SHORTEST_WAIT / 4 + this.parts.clock.random() * most);
    this.cancelWait = this.parts.clock.later(() => void this.drain(), milliseconds);
    this.#enter("waiting");
  }
}

/** What is stored, in its order, and what could not be written, each before the next that this page knows after it.
 * @param {readonly Entry[]} stored
 * @param {readonly Entry[]} known
 */
function inOrder(stored, known) {
  const all = [...stored];
  const isPlaced = new Set(stored);
  /** @type {Entry | undefined} */
  let next;
  for (const entry of known.toReversed()) {
    if (!isPlaced.has(entry)) all.splice(next ? all.indexOf(next) : all.length, 0, entry);
    next = entry;
  }
  return all;
}
