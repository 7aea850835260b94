/** Files made to hurt, through the whole service as the command line asks it: twice as much of it takes twice as many steps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { span } from "../../../server/src/base/span.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import {
  alternativeNames,
  basicConstraints,
  certificate,
  certificatePem,
  dns,
  pem,
  privateKey,
  purposes,
  SERVER,
} from "../../certificates/build.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { stepsOf } from "../../harness/steps.ts";

const named = (names: readonly string[]): string =>
  pem("CERTIFICATE", certificate({ extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(...names.map(dns))] }));
const numbered = (count: number, make: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => make(at));

const FILES: Readonly<Record<string, (count: number) => string>> = {
  "alternative names": (count) => named(numbered(count, (at) => `a${at}.example`)),
  "alternative names that match nothing": (count) => named(numbered(count, (at) => `https://a${at}.example:443`)),
  "tiny sections": (count) => "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".repeat(count),
  "tiny sections, each broken in its own way": (count) =>
    numbered(count, (at) => pem("CERTIFICATE", Uint8Array.of(0x30, 0x82, at >> 8, at & 0xff, at & 0x7f))).join(""),
  "broken sections between good ones": (count) =>
    `${certificatePem({})}${pem("CERTIFICATE", Uint8Array.of(0x30, 3, 2, 1, 5))}`.repeat(count),
  "keys between garbage": (count) => `${pem("PRIVATE KEY", privateKey())}${pem("CERTIFICATE", privateKey().subarray(0, 40))}`.repeat(count),
  "lines of base64": (count) => `-----BEGIN CERTIFICATE-----\n${`${"MIIB".repeat(16)}\n`.repeat(count)}-----END CERTIFICATE-----\n`,
};

async function stepsFor(text: string): Promise<number> {
  const service = await createLintService(memoryHost({ "/w/hostile.pem": text }), { roots: ["/w"] });
  return stepsOf(async () => {
    const { findings } = await service.lint("/w/hostile.pem");
    // What reports print, and what they print it from.
    for (const it of findings) assert.ok(it.message.length + it.fixes.length + (it.reissue?.openssl.length ?? 0) > 0);
    assert.ok(findings.length > 0 && (await service.shownText("/w/hostile.pem"))?.part(span(0, text.length)).length === text.length);
  });
}

for (const [name, make] of Object.entries(FILES)) {
  test(`twice as many, twice the work: ${name}`, async () => {
    const [few, more, many] = [await stepsFor(make(400)), await stepsFor(make(800)), await stepsFor(make(1600))];
    // What compares in pairs takes sixteen times as many for four times as much.
    assert.ok(more < 2.8 * few && many < 2.8 * more && many < 6 * few, `${few}, ${more}, ${many} steps`);
  });
}

test("thousands of sections that are broken alike are told once, with their number", async () => {
  const service = await createLintService(memoryHost({ "/w/hostile.pem": FILES["tiny sections"]?.(3000) ?? "" }), { roots: ["/w"] });
  const { findings } = await service.lint("/w/hostile.pem");
  const told = findings.filter((it) => it.rule === "malformed-certificate");
  assert.equal(told.length, 1);
  assert.deepEqual(told[0]?.notes.slice(-1), ["the same fault is at 2999 more places of the file"]);
});

/** As editors and `inspect` ask. */
async function stepsToShow(text: string): Promise<number> {
  const service = await createLintService(memoryHost({ "/w/hostile.pem": text }), { roots: ["/w"] });
  return stepsOf(async () => {
    const { entries } = await service.inspect("/w/hostile.pem");
    assert.equal((await service.navigation.outline("/w/hostile.pem")).length, entries.length);
  });
}

// More than are remembered to be harmless.
test("twice as many objects are twice the work to show", async () => {
  const make = FILES["tiny sections, each broken in its own way"] ?? assert.fail();
  const [few, more, many] = [await stepsToShow(make(1000)), await stepsToShow(make(2000)), await stepsToShow(make(4000))];
  assert.ok(more < 2.8 * few && many < 2.8 * more && many < 6 * few, `${few}, ${more}, ${many} steps`);
});
