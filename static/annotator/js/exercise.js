// @ts-check
/** The exercise's page for who teaches it: it follows the lesson by itself, and its presses leave one where one is. */

import { tick } from "./exercise/clock.js";
import { follow } from "./exercise/following.js";
import { listen, listenToArrows } from "./exercise/presses.js";

listen();
listenToArrows();
follow();
tick();
setInterval(tick, 500);
