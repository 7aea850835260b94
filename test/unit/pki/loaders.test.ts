/** The loader emulations against what the real loaders did with the same texts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Loaded, readCertificateFile } from "../../../server/src/pki/index.ts";
import { loadWithOpenssl } from "../../../server/src/pki/pem/loader-openssl.ts";
import { loadWithRustls } from "../../../server/src/pki/pem/loader-rustls.ts";
import { certificatePem, text } from "../../certificates/build.ts";
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

test("a byte order mark is a part of the first piece in which OpenSSL reads a long line", () => {
  const after = (count: number) => loadWithOpenssl(`\ufeff${"x".repeat(count)}${certificatePem({})}`).flatMap(inWords);
  assert.deepEqual([250, 251, 252].map(after), [[], ["CERTIFICATE"], []]);
});

test("blanks may stand behind the name of a cipher", () => {
  const header = (cipher: string) => `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher},0123456789ABCDEF0123456789ABCDEF\n\n`;
  const under = (cipher: string) => loadWithOpenssl(certificatePem({}).replace("\n", `\n${header(cipher)}`)).flatMap(inWords);
  assert.deepEqual(["AES-256-CBC", "AES-256-CBC \t", "AES-256-CBC x"].map(under), [
    ["CERTIFICATE"],
    ["CERTIFICATE"],
    ["error missing dek iv"],
  ]);
});

test("what is written strictly is known to be loaded as the readers load it, and nothing else is", () => {
  const section = certificatePem({});
  const lineEnds = [...section.matchAll(/\n/g)].map(({ index }) => index);
  const mostly = (usual: string, ...others: readonly string[]) =>
    fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
  const written = fc.array(
    fc.record({
      label: mostly("CERTIFICATE", "X509 CRL", "PRIVATE KEY", "TRUSTED CERTIFICATE", "ECHCONFIG", "DSA PRIVATE KEY"),
      at: fc.oneof(fc.nat(section.length), fc.constantFrom(...lineEnds)),
      cut: fc.nat(2),
      put: mostly("", "\r", "\n", "\r\n", " ", "-", "=", "A", ":", "#", "\0", "\ufeff", "-----BEGIN CERTIFICATE-----\n"),
      between: mostly("", "\n", "\r", "# text\n"),
    }),
    { minLength: 1, maxLength: 3 },
  );
  let strict = 0;
  fc.assert(
    fc.property(written, (parts) => {
      const content = parts
        .map(({ label, at, cut, put, between }) => {
          const whole = section.replaceAll("CERTIFICATE", label);
          return (put === "" ? whole : whole.slice(0, at) + put + whole.slice(at + cut)) + between;
        })
        .join("");
      const { loadings } = readCertificateFile(text(content));
      const [rustls, openssl] = [loadWithRustls(content), loadWithOpenssl(content)];
      if (loadings.length > 0)
        assert.deepEqual(
          loadings.map((it) => it.sections),
          [rustls, openssl],
        );
      if (loadings[0] !== undefined && loadings[0].sections === loadings[1]?.sections) strict++;
    }),
    { seed: 19, numRuns: 3000 },
  );
  assert.ok(strict > 300, `${strict} were strict`);
});
