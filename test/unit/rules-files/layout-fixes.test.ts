/** Fixes of damaged PEM files: one that is offered ends in what both loaders read, with the same bytes, and is not offered again. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { type CertificateFile, readCertificateFile, type Section } from "../../../server/src/pki/index.ts";
import { malformedCertificate } from "../../../server/src/rules/files/malformed-certificate.ts";
import { silentPemLoss } from "../../../server/src/rules/files/silent-pem-loss.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../../server/src/tls/policy.ts";
import { text, toHex } from "../../certificates/build.ts";
import { NOW } from "../../certificates/cases.ts";
import { type Mutated, mutated } from "../../oracle/pem/mutations.ts";
import { transported } from "../../oracle/pem/transports.ts";

const policy = { minimumVersion: MINIMUM_VERSION, mtls: "auto", profile: "private-mtls", now: NOW, expiringDays: EXPIRING_DAYS } as const;
const COUNT = Number(process.env["FIXED_FILES"] ?? 1500);
const SEED = 5;

const repairsOf = (file: CertificateFile) =>
  [silentPemLoss, malformedCertificate].flatMap((rule) => rule.judge(file, { policy, usedAs: [] }).flatMap((it) => it.repairs ?? []));
const contents = ({ parsed, der }: Section): string =>
  parsed?.kind === "private-key"
    ? `key ${parsed.pin}`
    : parsed !== undefined && "end" in parsed && der
      ? toHex(der.subarray(0, parsed.end))
      : "";
const allOf = (file: CertificateFile): string[] => file.sections.flatMap((it) => (it.parsed === undefined ? [] : [contents(it)]));

test(`fixes of ${COUNT} damaged files`, (t) => compare(t, mutated));
test(`fixes of ${COUNT} files that other programs passed on`, (t) => compare(t, transported));

function compare(t: TestContext, made: (seed: number, number: number) => Mutated): void {
  const offered = new Map<string, number>();
  let fixed = 0;
  for (let number = 0; number < COUNT; number++) {
    const { file: bytes, changes } = made(SEED, number);
    const before = readCertificateFile(bytes);
    for (const { title, edits = [] } of repairsOf(before)) {
      offered.set(title, (offered.get(title) ?? 0) + 1);
      const after = readCertificateFile(text(applyEdits(before.text, edits)));
      const what = `${number} (${changes.join(", ")}): ${title}\n${JSON.stringify(applyEdits(before.text, edits))}`;
      assert.deepEqual(allOf(after), allOf(before), what);
      const loadable = after.sections.filter((it) => it.parsed?.kind === "certificate" || it.parsed?.kind === "revocation-list").length;
      for (const { stack, sections } of after.loadings)
        assert.ok(sections.filter((it) => it.outcome === "loaded").length >= loadable, `${stack} does not load all: ${what}`);
      assert.ok(!repairsOf(after).some((it) => it.title === title), `offered again: ${what}`);
      fixed++;
    }
  }
  for (const [title, count] of [...offered].sort(([a], [b]) => (a < b ? -1 : 1))) t.diagnostic(`${count} times: ${title}`);
  assert.ok(fixed > COUNT / 10, "fixes are offered at all");
}
