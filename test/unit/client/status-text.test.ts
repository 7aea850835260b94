/** The words of the editor's language status, for each thing that it has to say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Linted, statusOf } from "../../../client/src/status-text.ts";

const NOTHING = { comments: 0, configuration: 0, errors: 0, skipped: null };
const CLEAN: Linted = { findings: 0, outOfReach: [], silenced: NOTHING, trusted: true };

test("findings are counted, and what is out of reach", () => {
  assert.deepEqual(statusOf(CLEAN), { text: "TLS: no findings", detail: "", warning: false });
  assert.equal(statusOf({ ...CLEAN, findings: 1 }).text, "TLS: 1 finding");
  const partial = statusOf({ ...CLEAN, findings: 2, outOfReach: ["`OUT_DIR` is written by the build"] });
  assert.deepEqual(partial, { text: "TLS: 2 findings, 1 out of reach", detail: "`OUT_DIR` is written by the build", warning: false });
});

test("what was not analysed is never clean", () => {
  const status = statusOf({ ...CLEAN, failed: "the file is larger than 4 MiB" });
  assert.deepEqual(status, { text: "TLS: not analysed", detail: "the file is larger than 4 MiB", warning: true });
});

test("what comments and the configuration keep quiet is counted, trusted or not", () => {
  for (const trusted of [true, false]) {
    const status = statusOf({ ...CLEAN, trusted, silenced: { ...NOTHING, comments: 2, configuration: 1 } });
    assert.deepEqual(status, { text: "TLS: no findings", detail: "suppressed: 2 by comments, 1 by the configuration", warning: false });
  }
  assert.equal(statusOf({ ...CLEAN, silenced: undefined }).detail, "");
});

test("errors that an untrusted workspace silences stand in the status, as a warning", () => {
  const silenced = { ...NOTHING, comments: 1, errors: 1 };
  const quiet = statusOf({ ...CLEAN, silenced });
  assert.deepEqual(quiet, { text: "TLS: no findings", detail: "suppressed: 1 by comments", warning: false });
  const untrusted = statusOf({ ...CLEAN, silenced, trusted: false });
  assert.deepEqual(untrusted, { ...quiet, text: "TLS: no findings, this workspace silences 1 error", warning: true });
});

test("a file that an untrusted workspace leaves out is told of", () => {
  const silenced = { ...NOTHING, skipped: "the configuration excludes it" };
  const { text, detail, warning } = statusOf({ ...CLEAN, silenced, trusted: false });
  assert.equal(text, "TLS: no findings, this workspace silences this file");
  assert.equal(detail, "not linted: the configuration excludes it");
  assert.equal(warning, true);
});
