// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { place } from "../../static/annotator/js/lib/placing.js";
import { seeded } from "./seeded.js";

/** @param {...number} targets */
const cards = (...targets) => targets.map((target) => ({ target, height: 50 }));

test("cards far apart stand level with their text", () => {
  assert.deepEqual(place(cards(0, 100, 300), -1, 10), [0, 100, 300]);
});

test("crowded cards give way downwards", () => {
  assert.deepEqual(place(cards(0, 10, 20), -1, 10), [0, 60, 120]);
});

test("the open card stands level, those before it give way upwards", () => {
  assert.deepEqual(place(cards(100, 110, 120), 2, 10), [0, 60, 120]);
});

test("no two cards ever overlap and none stands above the top", () => {
  const random = seeded(5);
  for (let round = 0; round < 300; round += 1) {
    const many = Array.from({ length: 1 + random(12) }, () => ({ target: random(600) - 20, height: 30 + random(90) }));
    many.sort((a, b) => a.target - b.target);
    const tops = place(many, random(many.length + 1) - 1, 10);
    assert.ok((tops[0] ?? 0) >= 0);
    for (let index = 1; index < tops.length; index += 1) {
      assert.ok((tops[index] ?? 0) >= (tops[index - 1] ?? 0) + (many[index - 1]?.height ?? 0) + 10 - 1e-9);
    }
  }
});
