/**
 * Certificates a second: reading alone, and reading with every file rule, for kinds of certificate apart. Signatures are not checked and
 * nothing is described. Certificates are made on the spot, all with different numbers, so that no answer comes from memory.
 */
import { randomBytes, X509Certificate } from "node:crypto";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { common } from "../scripts/build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outfile = join(root, "test/out/bench-certificates.cjs");
await build({ ...common, entryPoints: [join(root, "bench/certificates-entry.ts")], outfile });
const { makeCertificates, readCertificateFile, fileRules, policy } = (await import(pathToFileURL(outfile).href)).default;

const COUNT = 4000;
const rate = (work, all) => {
  let best = 0;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    for (const it of all) work(it);
    best = Math.max(best, (all.length / (performance.now() - start)) * 1000);
  }
  return Math.round(best);
};

console.log("kind of certificate        read/s   read and lint/s   node:crypto read/s");
for (const kind of ["EC leaf", "EC authority", "RSA 2048 leaf"]) {
  const ders = makeCertificates(kind, COUNT, randomBytes);
  const lint = (der) => {
    const file = readCertificateFile(der);
    for (const rule of fileRules) rule.judge(file, { policy, usedAs: [] });
  };
  // The first rounds pay for compiling the code.
  for (const der of ders.slice(0, 500)) lint(der);
  const fresh = makeCertificates(kind, COUNT, randomBytes);
  const columns = [
    rate(readCertificateFile, ders),
    // RSA moduli are remembered: the first time counts.
    (() => {
      const start = performance.now();
      for (const der of fresh) lint(der);
      return Math.round((fresh.length / (performance.now() - start)) * 1000);
    })(),
    rate((der) => new X509Certificate(der), ders),
  ];
  console.log(kind.padEnd(22) + columns.map((it) => it.toLocaleString("en").padStart(12)).join("    "));
}
