// @ts-check
/** The exercise's page for who teaches it: it follows the lesson by itself, and its presses leave one where one is. */

import { followArrows } from "./arrows.js";
import { tick } from "./exercise/clock.js";
import { follow } from "./exercise/following.js";
import { listen } from "./exercise/presses.js";

listen();
// Steering the projector's passage, as long as it shows one.
followArrows({ before: '[data-wall="before"]', after: '[data-wall="after"]' });
follow();
tick();
setInterval(tick, 500);
