/**
 * Certificates a second of processor time, in one process: a bare walk over the DER, which decides nothing, our strict reading, reading
 * with every file rule, @peculiar/x509 and node:crypto; and the same of what lies on this machine or is large. Signatures are not checked
 * and nothing is described. Certificates are made on the spot, all with different numbers, so that no answer comes from memory.
 */
import { randomBytes, X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { common } from "../scripts/build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outfile = join(root, "test/out/bench-certificates.cjs");
await build({ ...common, entryPoints: [join(root, "bench/certificates-entry.ts")], outfile });
const bundle = (await import(pathToFileURL(outfile).href)).default;
const { makeCertificates, makeList, readCertificateFile, fileRules, policy } = bundle;

/** Tags, lengths and nesting, and nothing else: what any reader does at least. */
function walk(bytes, from = 0, to = bytes.length) {
  let elements = 0;
  for (let at = from; at < to; elements++) {
    const tag = bytes[at];
    let length = bytes[at + 1];
    let content = at + 2;
    if (length > 0x80) {
      const count = length & 0x7f;
      length = 0;
      for (let index = 0; index < count; index++) length = length * 256 + bytes[content++];
    }
    if ((tag & 0x20) !== 0) elements += walk(bytes, content, content + length);
    at = content + length;
  }
  return elements;
}
function lint(bytes) {
  const file = readCertificateFile(bytes);
  for (const rule of fileRules) rule.judge(file, { policy, usedAs: [] });
}
const decoded = (text, work) => () => {
  for (const der of decodePem(text)) work(der);
};
const decodePem = (text) =>
  [...text.matchAll(/-----BEGIN [^-]+-----([^-]+)-----END/g)].map(([, digits]) => Uint8Array.from(Buffer.from(digits, "base64")));

/** Of processor time: other processes may be busy, too. The best of some rounds, the first of which pay for compiling. */
function secondsOf(work, all, rounds) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    for (const it of all) work(it);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1_000_000);
  }
  return best;
}
const COLUMNS = ["walk", "read", "read and lint", "@peculiar/x509", "node:crypto"];
/** `count`: how many things one pass is over, where it is more than one a file. */
function row(name, all, work, count = all.length, rounds = 5) {
  const rates = COLUMNS.map((column) => {
    const it = work[column];
    if (it === undefined) return undefined;
    // Libraries are slow: a tenth tells.
    const part = column.startsWith("@") && all.length > 1 ? all.slice(0, Math.ceil(all.length / 10)) : all;
    return ((count / all.length) * part.length) / secondsOf(it, part, rounds);
  });
  const [walked] = rates;
  const cells = rates.map((rate) =>
    rate === undefined ? "–" : `${Math.round(rate).toLocaleString("en")} (${(walked / rate).toFixed(walked / rate < 10 ? 1 : 0)})`,
  );
  console.log(name.padEnd(26) + cells.map((it) => it.padStart(18)).join(""));
}

console.log(
  `a second, and in brackets how many times slower than the walk\n${"".padEnd(26)}${COLUMNS.map((it) => it.padStart(18)).join("")}`,
);
const works = {
  walk,
  read: readCertificateFile,
  "read and lint": lint,
  "@peculiar/x509": (der) => new bundle.X509Certificate(der),
  "node:crypto": (der) => new X509Certificate(der),
};
for (const kind of ["EC leaf", "EC authority", "RSA 2048 leaf", "RSA 2048, random modulus"])
  row(kind, makeCertificates(kind, 4000, randomBytes), works);

const system = "/etc/ssl/certs/ca-certificates.crt";
if (existsSync(system)) {
  const pem = readFileSync(system);
  const text = pem.toString("latin1");
  const whole = {
    walk: decoded(text, walk),
    read: readCertificateFile,
    "read and lint": lint,
    "@peculiar/x509": decoded(text, works["@peculiar/x509"]),
    "node:crypto": decoded(text, works["node:crypto"]),
  };
  row(`${decodePem(text).length} roots of this system`, [pem], whole, decodePem(text).length, 15);
}

const entries = 100_000;
const list = makeList(entries, randomBytes);
row(
  "entries of a large list",
  [list],
  // @peculiar/x509 refuses as many elements.
  { walk, read: readCertificateFile, "read and lint": lint },
  entries,
);
