/** Repairs of certificate files, applied to every case: the fault is gone, nothing that was there is lost, and no key is shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { type CertificateFile, readCertificateFile } from "../../../server/src/pki/index.ts";
import { fileRules } from "../../../server/src/rules/files/index.ts";
import { layoutRepair } from "../../../server/src/rules/files/layout-repairs.ts";
import type { FileContext } from "../../../server/src/rules/rule.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../../server/src/tls/policy.ts";
import { pem, privateKey, text, toHex } from "../../certificates/build.ts";
import { caseFile, cases, NOW } from "../../certificates/cases.ts";

const policy = { minimumVersion: MINIMUM_VERSION, mtls: "auto", profile: "private-mtls", now: NOW, expiringDays: EXPIRING_DAYS } as const;

const judge = (file: CertificateFile, context: FileContext) =>
  fileRules.flatMap((rule) => rule.judge(file, context).map((verdict) => ({ ...verdict, rule: rule.id })));
const fingerprints = ({ sections }: CertificateFile): string[] =>
  sections.flatMap(({ parsed }) =>
    parsed && "fingerprint" in parsed ? [parsed.fingerprint] : parsed?.kind === "private-key" ? [parsed.pin ?? "key"] : [],
  );

const dersOf = ({ sections }: CertificateFile): string[] =>
  sections.flatMap(({ kind, der }) => (kind === "certificate" && der !== undefined ? [toHex(der)] : []));

const repaired: string[] = [];
for (const [name, { path, usedAs = [], beside }] of Object.entries(cases)) {
  if (beside !== undefined) continue;
  test(`${name}: its repairs`, async () => {
    const file = readCertificateFile(await caseFile(name));
    const context: FileContext = { policy, usedAs, ...(path !== undefined && { path }) };
    for (const { rule, repairs = [] } of judge(file, context)) {
      for (const { edits, title, creates } of repairs) {
        if (edits === undefined) continue;
        repaired.push(title);
        const after = readCertificateFile(text(applyEdits(file.text, edits)));
        assert.ok(!judge(after, context).some((it) => it.rule === rule && it.repairs?.[0]?.title === title), `${rule}: ${title}`);
        const before = fingerprints(file);
        const moved = creates === undefined ? [] : fingerprints(readCertificateFile(text(creates.text)));
        const kept = [...fingerprints(after), ...moved];
        // What is left of a certificate is what was there, character by character, but for what layout repairs change.
        assert.deepEqual(
          dersOf(after).filter((it) => !dersOf(file).includes(it)),
          [],
          `${rule}: ${title} rewrites a certificate`,
        );
        if (/^Remove (?:duplicate|unrelated|root)/.test(title)) assert.equal(kept.length, before.length - 1, title);
        else for (const it of before) assert.ok(kept.includes(it), `${rule}: ${title} loses ${it}`);
      }
    }
  });
}

test("each repair that is promised was tried", () => {
  const wanted = [
    /duplicate/,
    /unrelated/,
    /root/,
    /Reorder/,
    /byte order mark/,
    /indentation/,
    /line break/,
    /boundar/,
    /Move private key/,
  ];
  for (const it of wanted)
    assert.ok(
      repaired.some((title) => it.test(title)),
      `${it}: ${[...new Set(repaired)].join("; ")}`,
    );
});

test("a layout repair is safe, but of a revocation list, which may reject somebody once it is read", async () => {
  for (const [name, applicability] of [
    ["chain", "safe"],
    ["list-overdue", "review"],
  ] as const) {
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...(await caseFile(name))]);
    const repair = layoutRepair(readCertificateFile(marked), "byte-order-mark");
    assert.deepEqual([repair?.title, repair?.applicability], ["Remove byte order mark", applicability], name);
  }
});

test("there were repairs of many kinds", () => {
  assert.ok(new Set(repaired).size >= 12, [...new Set(repaired)].join("\n"));
});

test("an indented key is moved by its blanks alone", () => {
  const key = pem("PRIVATE KEY", privateKey());
  const indented = key.replace(/^(?=.)/gm, "    ");
  const file = readCertificateFile(text(indented));
  const [verdict] = judge(file, { policy, usedAs: [] }).filter((it) => it.repairs !== undefined);
  const edits = verdict?.repairs?.[0]?.edits ?? [];
  assert.ok(edits.length > 0 && edits.every((it) => it.text === ""));
  assert.equal(applyEdits(indented, edits), key);
});
