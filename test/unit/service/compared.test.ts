/** Bounds on what a file is compared with, and on the signatures that are checked for it: what is cut is told, at the file that it concerns. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService, type LintService } from "../../../server/src/service/index.ts";
import { certificatePem } from "../../certificates/build.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const serviceOf = async (files: Record<string, string>): Promise<LintService> => createLintService(memoryHost(files), { roots: ["/w"] });
const reasons = async (lint: LintService, path: string): Promise<readonly string[]> =>
  (await lint.lint(path)).gaps.map(({ kind, reason }) => `${kind === "out of reach" ? "" : `${kind}: `}${reason}`);

test("what is compared with some of many that are alike says so, and nothing else does", async () => {
  const numbered = (index: number): string => certificatePem({ subject: "Twin", serial: Uint8Array.of(1, index >> 8, index & 0xff) });
  const child = certificatePem({ subject: "leaf", issuer: "Twin" });
  const inFiles = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`/w/a/${at}.pem`, numbered(at)]));
  const told = "it is compared with 64 certificates of one name in other files of the workspace, and there are more";
  const some = await serviceOf({ ...inFiles(64), "/w/child.pem": child });
  assert.ok(!(await reasons(some, "/w/child.pem")).includes(told));
  const more = await serviceOf({ ...inFiles(65), "/w/child.pem": child });
  assert.ok((await reasons(more, "/w/child.pem")).includes(told));
  // Those of the file itself, before and behind the others, do not count.
  const own = Array.from({ length: 300 }, (_, at) => numbered(500 + at)).join("");
  for (const path of ["/w/A.pem", "/w/z.pem"]) {
    const bundle = await serviceOf({ ...inFiles(64), [path]: own + child });
    assert.ok(!(await reasons(bundle, path)).includes(told), path);
    const beyond = await serviceOf({ ...inFiles(65), [path]: own + child });
    assert.ok((await reasons(beyond, path)).includes(told), path);
  }
});

test("signatures that are not checked are told, unless one of the issuers fits", async () => {
  const told = "some of its signatures are not checked, because it takes too many";
  const authorities = (count: number): string =>
    Array.from({ length: count }, (_, at) => certificatePem({ subject: "Twin", issuer: `root ${at}`, serial: Uint8Array.of(2, at) })).join(
      "",
    );
  const child = certificatePem({ subject: "leaf", issuer: "Twin" });
  assert.ok(!(await reasons(await serviceOf({ "/w/a.pem": child, "/w/b.pem": authorities(8) }), "/w/a.pem")).includes(told));
  assert.ok((await reasons(await serviceOf({ "/w/a.pem": child, "/w/b.pem": authorities(9) }), "/w/a.pem")).includes(told));
});
