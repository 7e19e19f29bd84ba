// @ts-check
/** Follows a part of a page that the server changes: asks every few seconds, while the page is looked at. */

const TIMEOUT = 10_000;
const SECONDS = 3;
// After a failure a class of thirty does not all come back at once.
const SLOWEST = 30;

/**
 * Keep the element with this id as the server has it. Its `data-url` is asked with its `data-mark` as ETag.
 * `swap` puts the new HTML in its place, `changed` hears of it, `gone` of an answer that is none.
 * @param {string} id
 * @param {{swap: (part: HTMLElement, html: string) => void, changed?: () => void, gone?: (status: number) => void}} told
 * @returns {{stop: () => void, drop: () => void}} `drop` forgets an answer that is under way
 */
export function follow(id, told) {
  let timer = 0;
  let wait = SECONDS;
  let asking = new AbortController();

  function plan() {
    clearTimeout(timer);
    if (!document.hidden) timer = window.setTimeout(look, wait * 1000);
  }

  async function look() {
    clearTimeout(timer);
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      await ask(signal);
      wait = SECONDS;
    } catch {
      if (signal.aborted) return;
      wait = Math.min(SLOWEST, wait * (1.5 + Math.random()));
    }
    plan();
  }

  /** @param {AbortSignal} signal */
  async function ask(signal) {
    const part = document.getElementById(id);
    if (!part) return;
    const { url = "", mark = "" } = part.dataset;
    // Whoever needs not follow has no address.
    if (!url) return;
    const answer = await fetch(url, {
      headers: { "If-None-Match": mark },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    if (answer.status === 304) return;
    if (answer.status === 200) return put(await answer.text(), signal);
    if (answer.type === "opaqueredirect" || answer.status < 500) return told.gone?.(answer.status);
    throw new Error(`${answer.status}`);
  }

  /** @param {string} html @param {AbortSignal} signal */
  function put(html, signal) {
    const part = document.getElementById(id);
    if (!part || signal.aborted) return;
    told.swap(part, html);
    told.changed?.();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else look();
  });
  // Back on the network, nobody waits for the next look.
  addEventListener("online", look);
  plan();
  return {
    stop: () => {
      asking.abort();
      clearTimeout(timer);
    },
    drop: () => {
      asking.abort();
      plan();
    },
  };
}
