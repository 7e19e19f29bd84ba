// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { unpacked } from "../../static/annotator/js/lib/far.js";

// The server's side of it: tests/templatetags/test_cards.py.
const { packed, cards } = JSON.parse(readFileSync(new URL("far_cards.json", import.meta.url), "utf8"));

test("columns are the highlights that the server packed", () => assert.deepEqual(unpacked(packed), cards));

test("no highlights are no items", () => {
  const none = { spans: "", numbers: [], starts: [], lengths: [], slugs: [], labels: [], versions: [], more: {} };
  assert.deepEqual(unpacked(none), []);
});
