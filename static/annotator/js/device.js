// @ts-check
/** What every page does about what is kept on this device: send it, forget what is old, ask before its reader leaves. */

import { followCopies, forgetCopies } from "./device/copies.js";
import { PREFIX } from "./device/database.js";
import { followLeaving } from "./device/leaving.js";
import { openOutbox } from "./device/outbox.js";
import { followRefused } from "./device/refused.js";
import { forgetOld, isRegistered } from "./device/register.js";
import { memberKey } from "./device/sending.js";

/** A browser may lack any of this, or forbid it: then there is nothing to do.
 * @param {() => Promise<unknown>} run
 */
async function attempt(run) {
  try {
    await run();
  } catch {
    // Nothing is kept here.
  }
}

/** The annotate page opens the outbox itself, since it shows what is in it; elsewhere it is opened where there is one. */
async function sendSilently() {
  if (document.getElementById("reading")?.dataset.operationsUrl) return;
  if (await isRegistered(PREFIX + memberKey)) await openOutbox();
}

followLeaving();
followRefused();
// Before all that takes its time.
if (memberKey) void attempt(sendSilently);
await attempt(() => forgetOld(memberKey ? PREFIX + memberKey : ""));
if (memberKey) {
  await attempt(() => forgetCopies(memberKey));
  await attempt(followCopies);
}
