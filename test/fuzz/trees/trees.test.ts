/** A sample of hostile trees through the command line, and that a tree in which something is missing would be seen. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assertSample } from "../sample.ts";
import { hostileTrees } from "./judge.ts";
import { opened } from "./opens.ts";
import { wrongInReport } from "./report.ts";

const POSIX = process.platform !== "win32";

test("a sample of hostile trees is looked through to its end, and nothing outside is opened", { skip: !POSIX }, async (context) => {
  const subject = await hostileTrees();
  await assertSample(subject, 20);
  if (subject.lacking.size > 0) context.diagnostic(`this system makes none of ${[...subject.lacking].join(", ")}`);
  if (process.getuid?.() !== 0) context.diagnostic("not as another user: only the superuser can be somebody else");
});

test("what is opened is seen", { skip: !POSIX }, async () => {
  const { paths } = await opened(async () => readFileSync("/etc/passwd"));
  assert.deepEqual([...paths], ["/etc/passwd"]);
});

test("a gap that is not told, a finding that is lost and another status are seen", () => {
  const found = [
    { path: "settings/.env", findings: [{ rule: "unverified-database-tls" }] },
    { path: "keep/src/main.rs", findings: [{ rule: "disabled-verification" }] },
  ];
  const said = (status: number, files: unknown, notAnalysed: readonly unknown[]) =>
    wrongInReport(
      { status, stdout: JSON.stringify({ files, notAnalysed }), stderr: "" },
      { entries: [SPARSE] },
      { asNobody: true, fixes: false },
    );
  const gap = { path: "a.pem", kind: "failed" };
  assert.equal(said(2, found, [gap]), undefined);
  assert.match(said(1, found, []) ?? "", /of a\.pem it does not say/);
  assert.match(said(1, found, [gap]) ?? "", /it ended with 1/);
  assert.match(said(2, found.slice(1), [gap]) ?? "", /settings\/\.env lost/);
});

const SPARSE = { kind: "sparse", path: "a.pem", size: 2 ** 40 } as const;
