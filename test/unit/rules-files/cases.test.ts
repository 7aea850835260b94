/** Every certificate case under all file rules together: exactly the findings it names, each on the bytes of its field. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import type { Span } from "../../../server/src/base/span.ts";
import { type CertificateFile, readCertificateFile } from "../../../server/src/pki/index.ts";
import { fileRules } from "../../../server/src/rules/files/index.ts";
import type { FileContext, Trusted } from "../../../server/src/rules/rule.ts";
import { Inventory } from "../../../server/src/service/certificates/inventory.ts";
import { Listing } from "../../../server/src/service/listing.ts";
import { Workspace } from "../../../server/src/service/workspace.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../../server/src/tls/policy.ts";
import { type Case, caseFile, caseNames, cases, type Expectation, NOW } from "../../certificates/cases.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { goldenTexts, type Said } from "../../harness/messages.ts";

const policy = { minimumVersion: MINIMUM_VERSION, mtls: "auto", profile: "private-mtls", now: NOW, expiringDays: EXPIRING_DAYS } as const;

const UPDATE = process.env["UPDATE"] === "1";
/** What was said in the cases that were run. */
const said = new Map<string, readonly Said[]>();

for (const [name, one] of Object.entries(cases)) {
  const { path, usedAs = [], keeping, hosts, listedKeys, profile = "private-mtls", beside, expect = [] } = one;
  test(`${name}: ${one.about}`, async () => {
    const bytes = await caseFile(name);
    const file = readCertificateFile(bytes);
    assert.notEqual(file.format, "unknown");
    const context: FileContext = {
      policy: { ...policy, profile },
      usedAs,
      ...(path !== undefined && { path }),
      ...(keeping !== undefined && { keeping }),
      ...(hosts !== undefined && { hosts }),
      ...(listedKeys !== undefined && { listedKeys: new Set(listedKeys) }),
      ...(one.trusts !== undefined && { trusted: await trustedOf(one) }),
      ...(beside !== undefined && path !== undefined && { neighbours: await neighboursOf(path, bytes, await beside()) }),
    };
    const found = fileRules.flatMap((rule) =>
      rule.judge(file, context).map((verdict) => ({ ...verdict, rule: rule.id, severity: verdict.severity ?? rule.severity })),
    );
    assert.deepEqual(
      found.map((it) => `${it.severity} ${it.rule}`),
      expect.map((it) => `${it.severity} ${it.rule}`),
      JSON.stringify(found, undefined, 1),
    );
    said.set(
      name,
      found.map(({ rule, message, help, notes = [], repairs = [] }) => ({
        rule,
        message,
        help,
        notes,
        titles: repairs.map((it) => it.title),
      })),
    );
    for (const [index, { covers, says }] of expect.entries()) {
      const verdict = found[index];
      assert.ok(verdict !== undefined);
      const text = file.text.slice(verdict.span.start, verdict.span.end);
      if (covers === "serial") assert.match(bytesUnderText(file, verdict.span), /^0210/);
      else if (covers === "identifier") assert.match(bytesUnderText(file, verdict.span), /^301f0603551d23/);
      else if (typeof covers === "string") assert.equal(text, covers);
      else assert.equal(hex(file.format === "der" ? bytesOf(text) : bytesUnder(file.text, verdict.span)), hex(covers));
      const words = [verdict.message, verdict.help, ...(verdict.notes ?? [])];
      if (says !== undefined) assert.match(words.join("\n"), says);
      for (const text of words) {
        assert.match(text, /^(?:[^A-Z\s]|[A-Z]{2}|OpenSSL|PrintableString)/, "lower case first");
        assert.doesNotMatch(text, /\.$|\n/, "no full stop, one line");
      }
    }
  });
}

test("test/fixtures/messages holds what is said of certificates, and nothing else", (context) => {
  if (said.size < Object.keys(cases).length) return context.skip("only some of the cases were run");
  const ids = new Set<string>(fileRules.map(({ id }) => id));
  for (const [file, text] of goldenTexts([...said.values()].flat(), (name) => ids.has(name))) {
    if (UPDATE && text === undefined) rmSync(file);
    else if (UPDATE && text !== undefined) writeFileSync(file, text);
    assert.equal(existsSync(file) ? readFileSync(file, "utf8") : undefined, text, `${file}: UPDATE=1 writes it`);
  }
});

test("no two cases have one name", () => {
  assert.deepEqual(
    caseNames.filter((it, at) => caseNames.indexOf(it) !== at),
    [],
  );
});

test("every rule has a case that fires and one that is silent, under its own examples' names", () => {
  for (const rule of fileRules) {
    for (const { bad, good } of rule.examples) {
      assert.ok(
        cases[bad]?.expect?.some((it: Expectation) => it.rule === rule.id),
        `${rule.id}: ${bad}`,
      );
      assert.ok(cases[good] !== undefined && (cases[good].expect ?? []).length === 0, `${rule.id}: ${good}`);
    }
  }
});

test("the rules are sorted by id and complete", () => {
  const ids = fileRules.map((it) => it.id);
  assert.deepEqual(ids, [...ids].sort());
  assert.equal(new Set(ids).size, ids.length);
});

async function trustedOf({ trusts = {}, beside }: Case): Promise<readonly Trusted[]> {
  const files = (await beside?.()) ?? {};
  return Object.entries(trusts).map(([path, role]) => {
    const content = files[path] ?? "";
    const file = readCertificateFile(typeof content === "string" ? new TextEncoder().encode(content) : content);
    return { path, shown: path.slice("/w/".length), file, role };
  });
}

/** As the service sees them. */
async function neighboursOf(path: string, bytes: Uint8Array, others: Readonly<Record<string, string | Uint8Array>>) {
  const workspace = new Workspace(memoryHost({ ...others, [path]: bytes }, NOW), { roots: ["/w"] });
  return new Inventory(workspace, new Listing(workspace)).around(path, readCertificateFile(bytes), undefined);
}

const bytesUnderText = (file: CertificateFile, span: Span): string => hex(bytesUnder(file.text, span));

/** The bytes whose digits the span covers, found by counting digits from the section's start: not with the reader's own mapping. */
function bytesUnder(text: string, span: { readonly start: number; readonly end: number }): Uint8Array {
  const begin = text.lastIndexOf("-----BEGIN", span.start);
  const body = text.indexOf("\n", begin) + 1;
  const end = text.indexOf("-----END", body);
  const digits = (part: string): string => part.replace(/[^A-Za-z0-9+/]/g, "");
  const der = bytesOf(atob(digits(text.slice(body, end))));
  const before = digits(text.slice(body, span.start)).length;
  const through = digits(text.slice(body, span.end)).length;
  return der.subarray(Math.ceil((before * 3) / 4), Math.floor((through * 3) / 4));
}
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
