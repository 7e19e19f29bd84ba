// @ts-check
/** Changes on their way to the server: in order, each at least once, none dropped silently. */

/** @typedef {import("./highlights.js").Operation} Operation */
/** @typedef {{uuid: string, status: number, message?: string}} Result */
/** @typedef {{status: number, retryAfter?: number, message?: string, results?: Result[]}} Answer */
/** @typedef {{operation: Operation, status: number, message: string, dependents: Operation[]}} Refused */
/** @typedef {"idle" | "sending" | "waiting" | "signed-out"} Phase */
/** @typedef {{phase: Phase, waiting: number, refused: readonly Refused[]}} Status */
/** @typedef {{load: () => Promise<Operation[]>, put: (operation: Operation) => unknown, drop: (uuid: string) => unknown}} Store */
/** @typedef {{later: (run: () => void, milliseconds: number) => () => void, random: () => number}} Clock */

const MOST_AT_ONCE = 50;
const SHORTEST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** Keeps nothing beyond the page: what a durable store does instead, it does by the same three functions.
 * @type {Store}
 */
export const memoryStore = { load: async () => [], put: () => undefined, drop: () => undefined };

/** @param {number} status */
function isPassing(status) {
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
}

/** @param {number} status */
function isDone(status) {
  return status === 200 || status === 201;
}

/** One queue per page. `send` answers or throws; `onAnswer` sees every answer that settled something. */
export class Queue {
  /**
   * @param {object} parts
   * @param {(operations: readonly Operation[]) => Promise<Answer>} parts.send
   * @param {(status: Status) => void} parts.onChange
   * @param {(answer: Answer, refused: readonly Refused[]) => void} parts.onAnswer
   * @param {Clock} parts.clock
   * @param {Store} [parts.store]
   */
  constructor({ send, onChange, onAnswer, clock, store = memoryStore }) {
    this.parts = { send, onChange, onAnswer, clock, store };
    /** @type {Operation[]} */
    this.operations = [];
    /** @type {Refused[]} */
    this.refused = [];
    /** @type {Phase} */
    this.phase = "idle";
    this.attempts = 0;
    this.limit = MOST_AT_ONCE;
    this.cancelWait = () => {};
  }

  /** Whether nothing is on its way. */
  get isEmpty() {
    return this.operations.length === 0;
  }

  /** Put one operation at the end.
   * @param {Operation} operation
   */
  async add(operation) {
    this.operations.push(operation);
    this.#tell();
    await this.parts.store.put(operation);
    if (this.phase === "idle") await this.drain();
  }

  /** Try now: the connection may be back, or the reader has signed in again. */
  async wake() {
    if (this.phase === "waiting" || this.phase === "signed-out") await this.drain();
  }

  /** Send what waits until nothing does or something stands in the way. */
  async drain() {
    this.cancelWait();
    while (this.phase !== "sending" && !this.isEmpty) {
      const batch = this.operations.slice(0, this.limit);
      this.#enter("sending");
      const answer = await this.parts.send(batch).catch(() => ({ status: 0 }));
      this.phase = "idle";
      if (!this.#settle(batch, answer)) return;
    }
    this.limit = MOST_AT_ONCE;
    this.#tell();
  }

  /** Send a refused change again.
   * @param {Refused} entry
   */
  async retry(entry) {
    if (!this.refused.includes(entry)) return;
    this.operations.push(entry.operation, ...entry.dependents);
    this.forget(entry);
    await this.drain();
  }

  /** Give a refused change up: its reader said so.
   * @param {Refused} entry
   */
  forget(entry) {
    this.refused = this.refused.filter((each) => each !== entry);
    this.#tell();
  }

  /** @param {Phase} phase */
  #enter(phase) {
    this.phase = phase;
    this.#tell();
  }

  #tell() {
    this.parts.onChange({ phase: this.phase, waiting: this.operations.length, refused: this.refused });
  }

  /** What an answer means; false when sending has to pause.
   * @param {readonly Operation[]} batch
   * @param {Answer} answer
   */
  #settle(batch, answer) {
    if (answer.results) return this.#settleEach(batch, answer, answer.results);
    if (answer.status === 401) {
      this.#enter("signed-out");
      return false;
    }
    if (isPassing(answer.status) || answer.status < 400) return this.#wait(answer.retryAfter);
    if (batch.length > 1 && [400, 413, 422].includes(answer.status)) {
      // One of them may be at fault: send them alone, so that the others are saved.
      this.limit = 1;
      return true;
    }
    const message = answer.message ?? "";
    return this.#settleEach(
      batch,
      answer,
      batch.map(({ uuid }) => ({ uuid, status: answer.status, message })),
    );
  }

  /** @param {readonly Operation[]} batch
   * @param {Answer} answer
   * @param {readonly Result[]} results
   */
  #settleEach(batch, answer, results) {
    const byUuid = new Map(results.map((result) => [result.uuid, result]));
    const settled = batch.filter(({ uuid }) => !isPassing(byUuid.get(uuid)?.status ?? 0));
    if (settled.length === 0) return this.#wait(answer.retryAfter);
    this.attempts = 0;
    /** @type {Refused[]} */
    const fresh = [];
    for (const operation of settled) {
      const { status, message = "" } = /** @type {Result} */ (byUuid.get(operation.uuid));
      this.#remove(operation);
      if (!isDone(status)) this.#refuse(operation, status, message, fresh);
    }
    this.refused = [...this.refused, ...fresh];
    this.parts.onAnswer(answer, fresh);
    return true;
  }

  /** A refused new highlight takes along what was done to it later.
   * @param {Operation} operation
   * @param {number} status
   * @param {string} message
   * @param {Refused[]} fresh
   */
  #refuse(operation, status, message, fresh) {
    const first = fresh.find((entry) => entry.operation.op === "add" && entry.operation.span === operation.span);
    if (first) {
      if (!first.dependents.includes(operation)) first.dependents.push(operation);
      return;
    }
    const isNew = operation.op === "add";
    const dependents = isNew ? this.operations.filter((each) => each.span === operation.span) : [];
    fresh.push({ operation, status, message, dependents });
    for (const each of dependents) this.#remove(each);
  }

  /** @param {Operation} operation */
  #remove(operation) {
    this.operations = this.operations.filter((each) => each !== operation);
    this.parts.store.drop(operation.uuid);
  }

  /** Wait a random time, longer after each failure, and at least as long as the server asked for.
   * @param {number | undefined} retryAfter seconds
   */
  #wait(retryAfter = 0) {
    const most = Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** this.attempts);
    this.attempts += 1;
    const milliseconds = Math.max(retryAfter * 1000, SHORTEST_WAIT / 4 + this.parts.clock.random() * most);
    this.cancelWait = this.parts.clock.later(() => this.drain(), milliseconds);
    this.#enter("waiting");
    return false;
  }
}
