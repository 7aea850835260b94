/** A key whose private half anybody can have: it can be computed from the public one, or is published. */
import { type CertificateFile, listedAs, looksFactorable, publishedAt, publishedPin, rangeSpan } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { certificatesOf, type PlacedCertificate } from "./context.ts";

export const recoverableKey: FileRule = {
  id: "recoverable-key",
  judges: "file",
  issuedAgain: "new-key",
  summary: "anybody can have the private key: it can be computed, or is published",
  severity: "error",
  since: "0.1.0",
  cwe: [326, 338],
  sources: [
    { title: "CVE-2017-15361: ROCA", url: "https://nvd.nist.gov/vuln/detail/CVE-2017-15361" },
    { title: "CVE-2008-0166: Debian's OpenSSL", url: "https://nvd.nist.gov/vuln/detail/CVE-2008-0166" },
    { title: "Fermat factorization in the wild", url: "https://eprint.iacr.org/2023/026" },
    {
      title: "CA/Browser Forum Baseline Requirements, 6.1.1.3",
      url: "https://cabforum.org/working-groups/server/baseline-requirements/requirements/",
    },
  ],
  rationale: `RSA is as strong as its modulus is hard to factor, and some libraries and devices made moduli that are not: two primes so close
that Fermat's method of 1643 finds them in a moment, a prime small enough to be tried, or, on chips with Infineon's library until 2017,
primes of a form that gives them away (ROCA). Whoever has the certificate has the key.

So has everybody where the key was copied from an example. Those that come with the examples of five frameworks for servers, and some of
test suites and standards, are known here. Whoever trusts an authority with such a key trusts every certificate that anybody makes with it.

Debian's OpenSSL made, from September 2006 to May 2008, no other keys than one for each process number (CVE-2008-0166): a few hundred thousand
in all. Their list has megabytes and does not come along; the setting \`weak-key-lists\` names the files of Debian's package
\`openssl-blacklist\`, or others of that form, and each RSA key is looked up in them.

The size is no help: keys of 4096 bit are among them. Tried are the primes up to 751, a hundred rounds of Fermat's method, and the
fingerprint of ROCA over the primes from 3 to 167. A sound key bears that fingerprint by accident once in two hundred million.`,
  byHand: "a new key has to be made and certified, and the old certificate revoked",
  examples: [{ bad: "rsa-of-close-primes", good: "root" }],
  judge: (file, context) =>
    [...certificatesOf(file).flatMap((it) => ofCertificate(it, context)), ...ofPrivateKeys(file)].sort(
      (a, b) => a.span.start - b.span.start,
    ),
};

const NEW_KEY = "make a new key, have a certificate issued for it, and have this one revoked";

function ofCertificate({ section, certificate }: PlacedCertificate, { listedKeys }: FileContext): readonly FileVerdict[] {
  if (section.der === undefined) return [];
  const where = publishedAt(section.der, certificate.key);
  if (where !== undefined)
    return [
      {
        span: rangeSpan(section, certificate.key),
        message: `the private key of this certificate is published ${where}: everybody has it`,
        help: NEW_KEY,
      },
    ];
  const listed = listedKeys && listedAs(section.der, certificate.key);
  if (listed !== undefined && listedKeys?.has(listed))
    return [
      {
        span: rangeSpan(section, certificate.key),
        message: `this key is in a list of weak keys (as \`${listed}\`), such as those that Debian's OpenSSL made in 2006 to 2008: everybody has the private key`,
        help: NEW_KEY,
      },
    ];
  const found = looksFactorable(section.der, certificate.key);
  if (found === undefined) return [];
  return [
    {
      span: rangeSpan(section, certificate.key),
      message: `${REASONS[found]}: everybody can compute the private key from this certificate`,
      help: "make a new key with another library or device, have a certificate issued for it, and have this one revoked",
    },
  ];
}

/** One beside its certificate is the same fault. */
function ofPrivateKeys(file: CertificateFile): readonly FileVerdict[] {
  return file.sections.flatMap(({ parsed, boundary }): readonly FileVerdict[] => {
    const where = parsed?.kind === "private-key" ? publishedPin(parsed.pin) : undefined;
    const told =
      where !== undefined &&
      certificatesOf(file).some(({ section: { der }, certificate }) => der && publishedAt(der, certificate.key) === where);
    return where === undefined || told
      ? []
      : [{ span: boundary, message: `this private key is published ${where}: everybody has it`, help: NEW_KEY }];
  });
}

const REASONS = {
  "close primes": "the two primes of this RSA key lie next to each other",
  "small prime": "the modulus of this RSA key has a small prime in it",
  ROCA: "this RSA key has the form that Infineon's faulty library gives (ROCA, CVE-2017-15361)",
} as const;
