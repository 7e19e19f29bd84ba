// @ts-check
/** A long reading's highlights, which come after its text: until they are here, the page is only read. */

import { main, takeFar } from "./page.js";
import { showComing } from "./pill.js";

const TIMEOUT = 20_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;
/** What a proxy says of a server that is away. */
const AWAY = [502, 503, 504];

/** Make the cards out of reach, where the page has left them out. */
export async function fetchFar() {
  const { highlightsUrl } = main.dataset;
  if (!highlightsUrl) return;
  for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    const answer = await asked(highlightsUrl);
    if (answer?.ok && !answer.redirected) {
      takeFar(await answer.json());
      return;
    }
    // Whoever is signed out, or may not see this any more, is told so by the page itself.
    if (answer && !AWAY.includes(answer.status)) location.replace(`?whole=1${location.hash}`);
    if (wait === FIRST_WAIT) showComing();
    await connected(wait);
  }
}

/** @param {string} address @returns {Promise<Response | null>} null where none comes */
function asked(address) {
  return fetch(address, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) }).catch(() => null);
}

/** After a while, or as soon as there is a connection again.
 * @param {number} wait milliseconds
 * @returns {Promise<void>}
 */
function connected(wait) {
  return new Promise((go) => {
    const timer = setTimeout(done, wait);
    window.addEventListener("online", done);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      go();
    }
  });
}
