// @ts-check
/** The reader's highlights as this page knows them, and what each operation does to them. */

import { readingOrder } from "./segments.js";

/** @typedef {{uuid: string, number: number | string, label: string, start: number, end: number, note: string, version: number, isDeleted: boolean}} Highlight */
/** @typedef {"add" | "relabel" | "move" | "detail" | "delete" | "restore"} Kind */
/** @typedef {{op: Kind, span: string, label?: string, start?: number, end?: number, quote_start?: string, quote_end?: string, note?: string, undoes?: string | null, [detail: string]: unknown}} Change */
/** @typedef {Change & {uuid: string}} Operation */
/** @typedef {(place: {start: number, end: number}) => {start: number, end: number, quote_start: string, quote_end: string}} ExtentOf */

/** All highlights of a reading by UUID, deleted ones too as far as this page has seen them. */
export class Highlights {
  /** @param {readonly Highlight[]} [highlights] */
  constructor(highlights = []) {
    /** @type {Map<string, Highlight>} */
    this.byUuid = new Map(highlights.map((highlight) => [highlight.uuid, highlight]));
    this.made = 0;
    /** @type {Highlight[] | null} */
    this.sorted = null;
  }

  /** Those that stand, in reading order; sorted anew only after a change.
   * @returns {readonly Highlight[]}
   */
  all() {
    this.sorted ??= [...this.byUuid.values()].filter((highlight) => !highlight.isDeleted).sort(readingOrder);
    return this.sorted;
  }

  /** The one that stands under this UUID.
   * @param {string | undefined} uuid
   */
  get(uuid) {
    const found = uuid === undefined ? undefined : this.byUuid.get(uuid);
    return found && !found.isDeleted ? found : undefined;
  }

  /** The one with this number, as segments and cards name it.
   * @param {string} number
   */
  numbered(number) {
    return this.all().find((highlight) => String(highlight.number) === number);
  }

  /** Those that share a character with a place.
   * @param {{start: number, end: number}} place
   */
  touching({ start, end }) {
    return this.all().filter((highlight) => highlight.start < end && highlight.end > start);
  }

  /** How many stand of each label.
   * @returns {Map<string, number>}
   */
  counts() {
    const counts = new Map();
    for (const { label } of this.all()) counts.set(label, (counts.get(label) ?? 0) + 1);
    return counts;
  }

  /** What takes `change` back, asked before it is applied; null where this page does not know enough.
   * @param {Change} change
   * @param {ExtentOf} extentOf
   * @returns {Change | null}
   */
  inverse(change, extentOf) {
    const { span } = change;
    if (change.op === "add" || change.op === "restore") return { op: "delete", span };
    if (change.op === "delete") return { op: "restore", span };
    const highlight = this.byUuid.get(span);
    if (!highlight) return null;
    if (change.op === "relabel") return { op: "relabel", span, label: highlight.label };
    if (change.op === "move") return { op: "move", span, ...extentOf(highlight) };
    return "note" in change ? { op: "detail", span, note: highlight.note } : null;
  }

  /** Do `change` here; answers with the places whose paint it touches.
   * @param {Change} change
   * @returns {{start: number, end: number}[]}
   */
  apply(change) {
    const known = this.byUuid.get(change.span);
    this.sorted = null;
    if (change.op === "add") return [this.#add(change, known)];
    if (!known) return [];
    const before = { start: known.start, end: known.end };
    if (change.op === "relabel") known.label = change.label ?? known.label;
    if (change.op === "detail") known.note = change.note ?? known.note;
    if (change.op === "delete" || change.op === "restore") known.isDeleted = change.op === "delete";
    if (change.op !== "move") return [before];
    known.start = change.start ?? known.start;
    known.end = change.end ?? known.end;
    return [before, { start: known.start, end: known.end }];
  }

  /** @param {Change} change
   * @param {Highlight | undefined} known
   */
  #add(change, known) {
    this.made += 1;
    const place = { start: change.start ?? 0, end: change.end ?? 0 };
    const fresh = { uuid: change.span, number: `n${this.made}`, note: "", version: 0 };
    this.byUuid.set(change.span, { ...fresh, ...known, ...place, label: change.label ?? "", isDeleted: false });
    return place;
  }

  /** The server's word on one highlight.
   * @param {Highlight} highlight
   */
  set(highlight) {
    this.sorted = null;
    this.byUuid.set(highlight.uuid, highlight);
  }

  /** The server's number and version for one that was just saved.
   * @param {string} uuid
   * @param {{number: number, version: number}} saved
   */
  confirm(uuid, saved) {
    const known = this.byUuid.get(uuid);
    if (known) this.set({ ...known, number: saved.number, version: saved.version });
  }

  /** Nothing of this UUID was ever saved.
   * @param {string} uuid
   */
  drop(uuid) {
    this.sorted = null;
    this.byUuid.delete(uuid);
  }
}
