// @ts-check
/** A reader's page of a lesson: it goes along with the class, says what is new, and tells the teacher that we are here. */

import { follow } from "./follow.js";

const PRESENCE_SECONDS = 20;
const WAITING = ["lobby", "warm_up"];

const announcer = document.querySelector("[data-announcer]");
let said = part()?.dataset.say ?? "";

function part() {
  return document.getElementById("lesson");
}

/** Announce what this part of the lesson is, once. */
function say() {
  const words = part()?.dataset.say ?? "";
  if (announcer && words !== said) announcer.textContent = words;
  said = words;
}

function presence() {
  const { presence: address, place } = part()?.dataset ?? {};
  if (document.hidden || !address || place === "archived") return;
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  // A sign of life that does not arrive is missed by nobody: the next one follows.
  fetch(address, { method: "POST", headers: token, redirect: "manual" }).catch(() => {});
}

const following = follow("lesson", {
  // Whoever is about to press a button keeps it under the finger.
  swap: (old, html) => {
    Idiomorph.morph(old, html, { morphStyle: "outerHTML" });
    const fresh = part();
    // Forms that came along are htmx's from here on.
    if (fresh) htmx.process(fresh);
  },
  changed: say,
  gone: (status) => {
    // Back in the set-up there is nothing to show: whoever waits goes on waiting.
    if (status === 404 && WAITING.includes(part()?.dataset.place ?? "")) return;
    following.stop();
    location.reload();
  },
});

document.body.addEventListener("htmx:beforeRequest", () => following.drop());
document.body.addEventListener("htmx:afterSettle", say);
presence();
setInterval(presence, PRESENCE_SECONDS * 1000);
document.addEventListener("visibilitychange", presence);
