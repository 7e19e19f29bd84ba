// @ts-check
/** Tag by sentence with a script: ticks save by themselves, words move by buttons, keys go from sentence to sentence. */

import { followLesson, takeStand } from "./annotate/lesson.js";
import { afterSwap } from "./sentences/bringing.js";
import { followEnds } from "./sentences/ends.js";
import { followSaving } from "./sentences/following.js";
import { followKeys } from "./sentences/keys.js";
import { followNow } from "./sentences/now.js";
import { followQuestion } from "./sentences/question.js";
import { sendWaiting } from "./sentences/saving.js";

if (document.getElementById("reading")?.dataset.state === "open") {
  followSaving();
  followEnds();
  followKeys();
  followNow();
  followQuestion();
}
followLesson({ settle: sendWaiting });
// Saving brings the lesson's lines too: what they tell is news no more.
afterSwap(takeStand);
// From here on the page answers: style sheets and tests may ask.
document.body.classList.add("scripted");
