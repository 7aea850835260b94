/**
 * Damaged PEM files against the real readers of rustls and OpenSSL: where one of them loses, refuses or misreads a section that was
 * meant, something is found. `PEM_MUTATIONS=100000 PEM_SEED=7 npm test test/oracle/pem` is the long run of docs/verdicts.md.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCertificateFile } from "../../../server/src/pki/index.ts";
import { type Mutated, mutated } from "./mutations.ts";
import { opensslReader, rustlsReader } from "./readers.ts";
import { lossOf } from "./silence.ts";

const COUNT = Number(process.env["PEM_MUTATIONS"] ?? 2000);
const SEED = Number(process.env["PEM_SEED"] ?? 1);
const BATCH = 5000;

/** What a loader made of a file as the programs print it, without the contents. */
const outcomes = (file: Uint8Array, stack: string): string =>
  (readCertificateFile(file).loadings.find((it) => it.stack === stack)?.sections ?? [])
    .flatMap((it) => (it.outcome === "loaded" ? ["+"] : it.outcome === "refused" ? ["!"] : []))
    .join("");
const printed = (answer: string): string =>
  answer
    .split(" ")
    .map((it) => (it === "" ? "" : it === "!" ? "!" : "+"))
    .join("");

test(`${COUNT} damaged files, seed ${SEED}`, (t) => {
  const openssl = opensslReader();
  if (typeof openssl === "string") return t.skip(openssl);
  const rustls = rustlsReader();
  let lossy = 0;
  let astray = 0;
  const silent: Mutated[] = [];
  for (let from = 0; from < COUNT; from += BATCH) {
    const all = Array.from({ length: Math.min(BATCH, COUNT - from) }, (_, at) => mutated(SEED, from + at));
    const files = all.map((it) => it.file);
    const [byRustls, byOpenssl] = [rustls(files), openssl(files)];
    for (const [at, it] of all.entries()) {
      const answers = { rustls: byRustls[at] ?? "", OpenSSL: byOpenssl[at] ?? "" };
      if (it.changes.every((one) => !/utf-16|ascii/.test(one)) && outcomes(it.file, "rustls") !== printed(answers.rustls)) astray++;
      const loss = lossOf(it, answers);
      if (loss === undefined) continue;
      lossy++;
      if (loss.found.length === 0) silent.push(it);
    }
  }
  t.diagnostic(
    `${lossy} of ${COUNT} files lose a section, ${silent.length} of them without a finding; ${astray} are read otherwise than predicted`,
  );
  assert.ok(lossy > COUNT / 2, "the changes damage what they should");
  assert.deepEqual(
    silent.map((it) => ({ changes: it.changes, text: it.text })),
    [],
  );
});
