// @ts-check
/** The reading under the pen: every change goes through here, onto the page at once and then to the server. */

import { keptAt } from "../device/copies.js";
import { outbox } from "../device/outbox.js";
import { basisOf } from "../lib/basis.js";
import { Highlights } from "../lib/highlights.js";
import { History } from "../lib/history.js";
import { quoteEnds } from "../lib/offsets.js";
import { elementFrom } from "../lib/paint.js";
import { uuid4 } from "../lib/uuid.js";
import { article, blockElements, highlightOf, highlightsOf, main } from "./page.js";
import { paint, takeBlock } from "./painter.js";
import { freshReading, target } from "./sender.js";

/** @typedef {import("../lib/highlights.js").Change} Change */
/** @typedef {import("../lib/highlights.js").Operation} Operation */
/** @typedef {import("../lib/outbox.js").Entry} Entry */
/** @typedef {import("../lib/outbox.js").Refused} Refused */
/** @typedef {import("../lib/outbox.js").Status} Status */
/** @typedef {import("../lib/text.js").Place} Place */
/** @typedef {import("./sender.js").FullAnswer} FullAnswer */
/** `changed` hears which highlights, or null for all of them.
 * @typedef {{changed: (spans: ReadonlySet<string> | null) => void, cards: (cards: Record<string, string>) => void, status: (status: Status) => void, hint: (message: string) => void}} Listeners */

const EMPTY = { start: 0, end: 0 };

/** The words of a place, as a write must prove them.
 * @param {Place} place
 */
export function extentOf({ start, end }) {
  const [quote_start, quote_end] = quoteEnds(article.slice({ start, end }));
  return { start, end, quote_start, quote_end };
}

/** One per page. */
export class Editor {
  /** @param {Listeners} listeners */
  constructor(listeners) {
    this.listeners = listeners;
    this.highlights = new Highlights(highlightsOf());
    this.history = new History(JSON.parse(main.dataset.history ?? "{}"));
    this.isWritable = main.dataset.state === "open";
    this.outbox = outbox;
    /** When this page was kept, as long as it is a copy from this device. */
    this.keptAt = keptAt();
    /** How many answers came. */
    this.answers = 0;
    /** Whether this page shows changes from before it was opened, which the server may have had already. */
    this.isRecovered = false;
  }

  /** What the outbox tells this page.
   * @returns {import("../lib/outbox.js").Listeners}
   */
  get listening() {
    return {
      changed: (status) => this.listeners.status(status),
      answered: (answer, refused) => this.#take(/** @type {FullAnswer} */ (answer), refused),
      seen: (entry, isOld) => this.#see(entry, isOld),
      missed: () => void this.refresh(),
    };
  }

  /** Tag a place; the new highlight's UUID, or null where the very same one stands already.
   * @param {Place} place
   * @param {string} label
   */
  add(place, label) {
    const isSame = (/** @type {Place & {label: string}} */ each) =>
      each.start === place.start && each.end === place.end && each.label === label;
    if (this.highlights.touching(place).some(isSame)) return null;
    const span = uuid4();
    this.make({ op: "add", span, label, ...extentOf(place) });
    return span;
  }

  /** Make a change: on the page within this frame, on the server as soon as it can be.
   * @param {Change} change
   * @param {"did" | "undid" | "redid"} as
   */
  make(change, as = "did") {
    if (!this.isWritable) return;
    const basis = basisOf(change, this.highlights.get(change.span)?.version, this.outbox.operations);
    const operation = { ...change, ...basis, uuid: uuid4() };
    const inverse = this.highlights.inverse(change, extentOf);
    if (inverse) this.history[as](operation.uuid, inverse);
    paint(this.highlights.apply(change), this.highlights);
    this.listeners.changed(new Set([change.span]));
    void this.outbox.add(operation, inverse, target());
  }

  /** A change kept from before, or made in another tab: painted over the server's HTML.
   * @param {Entry} entry
   * @param {boolean} isOld
   */
  #see({ operation, inverse }, isOld) {
    this.isRecovered ||= isOld;
    this.history.replay(operation.uuid, inverse, operation.undoes);
    paint(this.highlights.apply(operation), this.highlights);
    this.highlights.doubt(operation.span);
    this.listeners.changed(new Set([operation.span]));
  }

  /** Take the newest change back; what it was, or undefined. */
  undo() {
    const change = this.isWritable ? this.history.takeUndo() : undefined;
    if (change) this.make(change, "undid");
    return change;
  }

  redo() {
    const change = this.isWritable ? this.history.takeRedo() : undefined;
    if (change) this.make(change, "redid");
    return change;
  }

  /** Try a refused change once more, painted again.
   * @param {Refused} entry
   */
  async retry(entry) {
    const changes = [entry.operation, ...entry.dependents];
    paint(
      changes.flatMap((change) => this.highlights.apply(change)),
      this.highlights,
    );
    this.listeners.changed(new Set([entry.operation.span]));
    await this.outbox.retry(entry);
  }

  /** Whether something on its way concerns this highlight.
   * @param {string} span
   */
  isPending(span) {
    return this.outbox.operations.some((operation) => operation.span === span);
  }

  /** What the server answered: its word stands, save for what is still on its way.
   * @param {FullAnswer} answer
   * @param {readonly Refused[]} refused
   */
  #take(answer, refused) {
    this.answers += 1;
    for (const { operation, dependents } of refused) this.#takeBack([operation, ...dependents]);
    for (const result of answer.results ?? []) this.#number(result);
    const fresh = Object.values(answer.cards ?? {}).map((html) => highlightOf(elementFrom(html)));
    for (const highlight of fresh) if (!this.isPending(highlight.uuid)) this.highlights.set(highlight);
    for (const id of answer.removed ?? []) this.#removed(id.slice(1));
    for (const { uuid, span, status } of answer.results ?? [])
      if (status < 300) this.history.turned(uuid, span, this.highlights.get(span) !== undefined);
    for (const html of Object.values(answer.blocks ?? {})) this.#takeBlock(elementFrom(html));
    this.listeners.cards(answer.cards ?? {});
    const touched = [...(answer.results ?? []), ...refused.map(({ operation }) => operation)];
    const isBeside = fresh.some(({ uuid }) => !document.querySelector(`.cards > [data-span="${uuid}"]`));
    this.listeners.changed(new Set([...touched.map(({ span }) => span), ...fresh.map(({ uuid }) => uuid)]));
    // A late change makes a highlight of its own beside the counted one: its card is new here.
    if (isBeside) this.listeners.cards(answer.cards ?? {});
    const hint = (answer.results ?? []).find(({ status, message }) => status < 300 && message)?.message;
    if (hint) this.listeners.hint(hint);
    const isUnsure = refused.some(({ operation, status }) => operation.op !== "add" || status === 409);
    if (isUnsure || (this.isRecovered && this.outbox.isEmpty)) void this.refresh();
  }

  /** @param {Operation[]} operations */
  #takeBack(operations) {
    for (const { uuid, op, span } of operations) {
      this.history.forget(uuid);
      const place = this.highlights.byUuid.get(span);
      if (op === "add") this.highlights.drop(span);
      paint([place ?? EMPTY], this.highlights);
    }
  }

  /** @param {{status: number, span: string, number: number, version: number}} result */
  #number({ status, span, number, version }) {
    if (status < 300) this.highlights.confirm(span, { number, version });
  }

  /** @param {string} number */
  #removed(number) {
    const known = this.highlights.numbered(number);
    if (!known || this.isPending(known.uuid)) return;
    this.highlights.set({ ...known, isDeleted: true });
    // It may reach into blocks that are not in the answer.
    paint([known], this.highlights);
  }

  /** The server's block; where something on its way touches it, our own paint over it.
   * @param {HTMLElement} fresh
   */
  #takeBlock(fresh) {
    const block = article.blocks.find(({ id }) => id === fresh.id);
    if (!block) return;
    if (this.outbox.isEmpty) {
      takeBlock(fresh);
      return;
    }
    const isOurs = this.highlights.touching(block).some(({ uuid }) => this.isPending(uuid));
    const isTakenAway = this.outbox.operations.some(({ span }) => !this.highlights.get(span));
    if (isOurs || isTakenAway) paint([block], this.highlights);
    else takeBlock(fresh);
  }

  /** Read the whole page again: another window, or a teacher, may have changed it. */
  async refresh() {
    const before = this.answers;
    const fresh = await freshReading().catch(() => null);
    if (!fresh) return;
    if (this.answers !== before) {
      // It may have been made before what was saved meanwhile.
      await this.refresh();
      return;
    }
    this.isRecovered = false;
    this.keptAt = null;
    this.highlights = new Highlights(highlightsOf(fresh));
    for (const operation of this.outbox.operations) this.highlights.apply(operation);
    if (this.outbox.isEmpty)
      this.history = new History(JSON.parse(fresh.getElementById("reading")?.dataset.history ?? "{}"));
    for (const block of blockElements(fresh)) this.#takeBlock(block);
    this.listeners.cards(
      Object.fromEntries([...fresh.querySelectorAll(".cards > li")].map((li) => [li.id, li.outerHTML])),
    );
    this.listeners.changed(null);
    this.listeners.status(this.outbox.status);
  }
}
