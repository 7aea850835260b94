/** The loader emulations against what the real loaders did with the same texts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Loaded, readCertificateFile } from "../../../server/src/pki/index.ts";
import { loaderCaseBytes, loaderCases } from "../../certificates/loader-cases.ts";
import measured from "../../certificates/loader-measurements.json";

/** As the measurements have it: the label of what was loaded, or the error. */
const inWords = ({ outcome, label, error }: Loaded): string[] =>
  outcome === "loaded" ? [label] : outcome === "refused" ? [`error ${error}`] : [];

const cases: Readonly<Record<string, { readonly rustls: readonly string[]; readonly openssl: readonly string[] }>> = measured.cases;

test("every case was measured", () => {
  assert.deepEqual(Object.keys(measured.cases).sort(), Object.keys(loaderCases).sort());
  assert.ok(Object.keys(loaderCases).length >= 42);
});

for (const [name, { rustls, openssl }] of Object.entries(cases)) {
  test(`rustls and OpenSSL: ${name}`, () => {
    const { loadings } = readCertificateFile(loaderCaseBytes(name));
    const of = (stack: string): string[] => loadings.find((it) => it.stack === stack)?.sections.flatMap(inWords) ?? [];
    assert.deepEqual(of("rustls"), rustls, "rustls");
    // The measured reader does not know labels: what no loader takes is not compared.
    assert.deepEqual(
      of("OpenSSL"),
      openssl.filter((it) => it !== "PKCS7"),
      "OpenSSL",
    );
  });
}
