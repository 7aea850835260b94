/** Days until an end, and since it, are said alike wherever the client says them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { timeLeft, whenItEnds } from "../../../client/src/validity-words.ts";

test("the day of the end is less than a day, before it and after", () => {
  const days = [2, 1, 0, -1, -2, -3];
  assert.deepEqual(days.map(timeLeft), [
    "2 days left",
    "1 day left",
    "less than a day left",
    "expired less than a day ago",
    "expired 1 day ago",
    "expired 2 days ago",
  ]);
  assert.deepEqual(days.map(whenItEnds), ["in 2 days", "in 1 day", "in less than a day", "less than a day ago", "1 day ago", "2 days ago"]);
});
