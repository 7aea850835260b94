/** The journal of `--fix` where the system does not let anybody look at it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "./cli.ts";
import { refused, watched, writerOf } from "./fault.ts";

test("a journal that cannot be looked at lets a run end, and waits", (context) => {
  const root = folder(context, { "a.rs": "one" });
  const journal = join(root, "journal");
  writerOf(root, journal).recover();
  for (const code of ["EACCES", "EIO"]) {
    const denied = watched(({ name, first }) => {
      if (name === "lstatSync" && first === journal) throw refused(code);
    });
    assert.deepEqual(writerOf(root, journal, denied).recover(), []);
  }
});
