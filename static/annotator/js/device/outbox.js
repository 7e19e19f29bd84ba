// @ts-check
/** The one outbox of this page: the signed-in reader's changes, shared with the reader's other tabs. */

import { Outbox } from "../lib/outbox.js";
import { keptAt, wholeUntil } from "./copies.js";
import { PREFIX } from "./database.js";
import { memberKey, send } from "./sending.js";
import { forget, storeOf } from "./store.js";

/** @typedef {import("../lib/outbox.js").Listeners} Listeners */
/** @typedef {import("../lib/outbox.js").News} News */

const NAME = PREFIX + memberKey;
// Plain HTTP has no locks: tabs may send the same then, and the server stores it once.
const locks = navigator.locks;
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;

/** When this tab last heard of a save, in milliseconds. */
const SAVED = "sourcewise-saved";

/** Who else wants to know when something changed: the question before leaving.
 * @type {Set<() => void>}
 */
export const watchers = new Set();
/** @type {Promise<Awaited<ReturnType<typeof storeOf>>["store"]> | null} */
let found = null;

/** The store, made when it is first needed: who has opened no reading here has no database. */
function store() {
  found ??= storeOf(memberKey).then(({ store: ours, isDurable }) => {
    outbox.isDurable = isDurable;
    return ours;
  });
  return found;
}

export const outbox = new Outbox(
  {
    send: async (batch) => {
      const answer = await send(batch);
      noteTime();
      return answer;
    },
    store: {
      load: async () => (await store()).load(),
      put: async (entry) => (await store()).put(entry),
      drop: async (uuids) => (await store()).drop(uuids),
    },
    lock: async (run) => {
      if (locks) await locks.request(NAME, run);
      else await run();
    },
    tell: (news) => channel?.postMessage(news),
    clock: {
      random: Math.random,
      now: Date.now,
      later: (run, milliseconds) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
    },
  },
  document.getElementById("reading")?.dataset.reading,
);

let isConnected = false;

/** Hear other tabs, and send whenever the connection may be back. */
function connect() {
  if (isConnected) return;
  isConnected = true;
  channel?.addEventListener("message", ({ data }) => hear(data));
  const wake = () => void outbox.wake();
  window.addEventListener("online", wake);
  window.addEventListener("focus", wake);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
}

/** Read what this reader has kept here, and send it now and whenever the connection may be back. A page that can show it
 * only later opens the outbox again then: what is still on its way is told, and what was saved meanwhile is missed.
 * @param {Partial<Listeners>} [listeners]
 */
export async function openOutbox(listeners) {
  const { changed } = listeners ?? {};
  connect();
  outbox.before = () => showSince(listeners);
  await outbox.open({
    ...listeners,
    changed: (status) => {
      changed?.(status);
      for (const each of watchers) each();
    },
  });
  // Reloaded while a save was on its way, the server may have made this page without it.
  if (Number(sessionStorage.getItem(SAVED)) > performance.timeOrigin && !keptAt()) listeners?.missed?.();
}

/** A tab that may keep nothing goes without. */
function noteTime() {
  try {
    sessionStorage.setItem(SAVED, String(Date.now()));
  } catch {
    // The save itself went well.
  }
}

/** Over a copy comes first what was saved since. A page from the server has all of it, yet its copy may be an older one:
 * the page may have come past the worker, and the worker may have had no room for it.
 * @param {Partial<Listeners>} [listeners]
 */
async function showSince(listeners) {
  const { reading } = outbox;
  const ours = await store();
  if (!reading || !ours.since || !ours.forgetSince) return;
  const since = await ours.since(reading);
  if (keptAt()) for (const entry of since) listeners?.seen?.(entry, true);
  else if (since.length > 0) await ours.forgetSince(reading, await wholeUntil());
}

/** @param {News | {kind: "left"}} news */
function hear(news) {
  if (news.kind !== "left") {
    if (news.kind === "settled") noteTime();
    outbox.hear(news);
    return;
  }
  // The reader has left this computer: no tab goes on showing their work.
  outbox.close();
  location.reload();
}

/** Tell the other tabs that their reader has left, and delete what is kept. */
export async function leaveOutbox() {
  channel?.postMessage({ kind: "left" });
  await forget(memberKey);
}
