/**
 * Damaged PEM files against the real readers of rustls and OpenSSL: where one of them loses, refuses or misreads a section that was
 * meant, something is found; and each is read as the readers' ports have it. `PEM_MUTATIONS=100000 PEM_SEED=7 npm test test/oracle/pem` is the long run of docs/verdicts.md.
 */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type CertificateFile, readCertificateFile } from "../../../server/src/pki/index.ts";
import { OPENSSL_LABELS } from "../../../server/src/pki/pem/loader-openssl.ts";
import { type Mutated, mutated } from "./mutations.ts";
import { opensslReader, rustlsReader } from "./readers.ts";
import { lossOf } from "./silence.ts";
import { transported } from "./transports.ts";

const COUNT = Number(process.env["PEM_MUTATIONS"] ?? 2000);
const SEED = Number(process.env["PEM_SEED"] ?? 1);
const BATCH = 5000;

/** What a loader made of a file as the programs print it, without the contents; undefined: the file is not taken for PEM, and that is told. */
function outcomes({ loadings, unread }: CertificateFile, stack: string): string | undefined {
  const loading = loadings.find((it) => it.stack === stack);
  if (loading === undefined && unread !== undefined) return undefined;
  return (loading?.sections ?? []).flatMap((it) => (it.outcome === "loaded" ? ["+"] : it.outcome === "refused" ? ["!"] : [])).join("");
}
/** OpenSSL's reader goes on after an error and prints sections of every label; programs do neither. */
const printed = (answer: string, stack: string): string => {
  const all = answer.split(" ").flatMap((it) => {
    const known = stack === "rustls" || OPENSSL_LABELS.includes((it.split(":")[0] ?? "").replaceAll("_", " "));
    return it === "" ? [] : it === "!" ? ["!"] : known ? ["+"] : [];
  });
  const end = stack === "rustls" ? -1 : all.indexOf("!");
  return (end < 0 ? all : all.slice(0, end + 1)).join("");
};

test(`${COUNT} damaged files, seed ${SEED}`, (t) => compare(t, mutated));
test(`${COUNT} files that other programs passed on, seed ${SEED}`, (t) => compare(t, transported));

function compare(t: TestContext, made: (seed: number, number: number) => Mutated): void {
  const openssl = opensslReader();
  if (typeof openssl === "string") {
    t.skip(openssl);
    return;
  }
  const rustls = rustlsReader();
  let lossy = 0;
  const astray: (Mutated & { readonly answers: readonly string[] })[] = [];
  const silent: Mutated[] = [];
  for (let from = 0; from < COUNT; from += BATCH) {
    const all = Array.from({ length: Math.min(BATCH, COUNT - from) }, (_, at) => made(SEED, from + at));
    const files = all.map((it) => it.file);
    const [byRustls, byOpenssl] = [rustls(files), openssl(files)];
    for (const [at, it] of all.entries()) {
      const answers = { rustls: byRustls[at] ?? "", OpenSSL: byOpenssl[at] ?? "" };
      const read = readCertificateFile(it.file);
      const asWritten = it.changes.every((one) => !/utf-16|ascii/.test(one));
      for (const [stack, answer] of asWritten ? Object.entries(answers) : []) {
        const ours = outcomes(read, stack);
        if (ours !== undefined && ours !== printed(answer, stack)) astray.push({ ...it, answers: [stack, answer, ours] });
      }
      const loss = lossOf(it, read, answers);
      if (loss === undefined) continue;
      lossy++;
      if (loss.found.length === 0) silent.push(it);
    }
  }
  t.diagnostic(
    `${lossy} of ${COUNT} files lose a section, ${silent.length} of them without a finding; ${astray.length} are read otherwise than predicted`,
  );
  assert.ok(lossy > COUNT / 2, "the changes damage what they should");
  assert.deepEqual(
    astray.map((it) => ({ changes: it.changes, answers: it.answers, text: it.text })),
    [],
  );
  assert.deepEqual(
    silent.map((it) => ({ changes: it.changes, text: it.text })),
    [],
  );
}
