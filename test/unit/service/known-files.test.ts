/** What others ask of a bundle costs what they ask for, however large the bundle is: that it was read before is soon forgotten. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCertificateFile, type Section } from "../../../server/src/pki/index.ts";
import { KnownFile, LatestFiles } from "../../../server/src/service/certificates/known-files.ts";
import { alternativeNames, bytes, certificate, dns, pem } from "../../certificates/build.ts";
import { stepsOf } from "../../harness/steps.ts";

const bundle = (count: number, before = ""): Uint8Array => {
  const all = Array.from({ length: count }, (_, at) =>
    pem("CERTIFICATE", certificate({ serial: bytes(0x40, at >> 8, at & 255), extensions: [alternativeNames(dns(`host${at}.test`))] })),
  );
  return new TextEncoder().encode(before + all.join(""));
};

const knownFile = (path: string, content: Uint8Array, latest: LatestFiles): KnownFile =>
  new KnownFile(path, path, { kind: "bytes", bytes: content }, content, latest);

/** The last certificate of a bundle, after another file was read. */
function lastOf(content: Uint8Array): { readonly ask: () => Section | undefined; readonly count: number } {
  const latest = new LatestFiles();
  const known = knownFile("/w/bundle.pem", content, latest);
  const place = known.facts?.at(-1);
  assert.ok(place?.kind === "certificate");
  latest.own(knownFile("/w/other.pem", bundle(1), latest));
  return { ask: () => known.sectionAt(place), count: known.facts?.length ?? 0 };
}

const shown = (section: Section | undefined): unknown =>
  section && {
    kind: section.kind,
    label: section.label,
    span: section.span,
    boundary: section.boundary,
    der: Buffer.from(section.der ?? []).toString("hex"),
    fingerprint: section.parsed?.kind === "certificate" ? section.parsed.fingerprint : undefined,
    problems: section.problems,
    places: [0, 1, 47, 48, 100, 10_000].map((offset) => section.textSpan(offset, 5)),
  };

test("one certificate of a bundle is read without the others", async () => {
  const [few, many] = [lastOf(bundle(50)), lastOf(bundle(400))];
  assert.equal(many.count, 400);
  await stepsOf(async () => few.ask());
  const [less, more] = [await stepsOf(async () => lastOf(bundle(50)).count), await stepsOf(async () => many.ask())];
  assert.ok(more < less / 5, `${more} steps for one certificate, ${less} for fifty`);
});

test("it is what it is among the others, at its place in the file", () => {
  const content = bundle(5);
  assert.deepEqual(shown(lastOf(content).ask()), shown(readCertificateFile(content).sections[4]));
});

test("where there is other text, too, the file is read as a whole", () => {
  const content = bundle(5, "my certificates\n");
  assert.deepEqual(shown(lastOf(content).ask()), shown(readCertificateFile(content).sections[4]));
});
