/** Round after round, only the files are analysed again that a change concerns: a large workspace costs what its faults cost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = '[package]\nname = "w"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nreqwest = "0.12"\n';
/** Each round one, for they stand in one statement: both checks, and the version. */
const SEVERAL = `pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(true).danger_accept_invalid_hostnames(true).min_tls_version(reqwest::tls::Version::TLS_1_0).build()
}
`;
const FINE = "pub fn fine() -> reqwest::Result<reqwest::Client> {\n    reqwest::Client::builder().build()\n}\n";
const helper = (value: boolean): string => `pub const LAX: bool = ${value};\n`;

async function reads(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly counts: ReadonlyMap<string, number>; readonly left: number; readonly applied: number }> {
  const host = memoryHost(files);
  const counts = new Map<string, number>();
  const service = await createLintService(
    {
      ...host,
      readFile: (path) => {
        counts.set(path, (counts.get(path) ?? 0) + 1);
        return host.readFile(path);
      },
    },
    { roots: ["/w"] },
  );
  const { left, applied } = await service.planFixes(Object.keys(files), { allowed: "choice" });
  service.dispose();
  return { counts, left: left.flatMap((it) => it.findings).length, applied: applied.length };
}

test("a file that no fix concerns is not looked at in every round", async () => {
  const bystanders = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`/w/examples/fine${at}.rs`, FINE]));
  const { counts, left, applied } = await reads({ "/w/Cargo.toml": MANIFEST, "/w/src/lib.rs": SEVERAL, ...bystanders });
  assert.equal(left, 0);
  assert.equal(applied, 2);
  const most = Math.max(...Object.keys(bystanders).map((it) => counts.get(it) ?? 0));
  const alone = await reads({ "/w/Cargo.toml": MANIFEST, "/w/src/lib.rs": FINE, ...bystanders });
  const least = Math.max(...Object.keys(bystanders).map((it) => alone.counts.get(it) ?? 0));
  assert.ok(most <= least + 1, `read ${most} times, and ${least} times where there is nothing to fix`);
});

test("a file that a change in another one concerns is", async () => {
  const { left, applied } = await reads({
    "/w/Cargo.toml": MANIFEST,
    "/w/src/lib.rs": `mod flags;\n\n${SEVERAL.replace("danger_accept_invalid_certs(true)", "danger_accept_invalid_certs(crate::flags::LAX)")}`,
    "/w/src/flags.rs": helper(true),
  });
  assert.equal(left, 0);
  assert.equal(applied, 3);
});
