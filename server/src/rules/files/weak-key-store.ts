/** A key store that is protected by methods of the nineties. */
import type { Span } from "../../base/span.ts";
import { type KeyStore, MOST_ROUNDS, rangeSpan } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";

/** OpenSSL's own default; NIST SP 800-132 §5.2 calls a thousand the least. */
const FEWEST_ITERATIONS = 2048;

export const weakKeyStore: FileRule = {
  id: "weak-key-store",
  judges: "file",
  onlyIfReachable: true,
  summary: "a key store is weakly protected",
  severity: "warning",
  since: "0.1.0",
  cwe: [326, 916],
  sources: [
    { title: "RFC 9579: use of PBMAC1 in PKCS#12", url: "https://www.rfc-editor.org/rfc/rfc9579" },
    { title: "RFC 7292: PKCS#12", url: "https://www.rfc-editor.org/rfc/rfc7292" },
    { title: "OpenSSL: legacy provider", url: "https://docs.openssl.org/3.0/man7/OSSL_PROVIDER-legacy/" },
    { title: "NIST SP 800-132: password-based key derivation", url: "https://doi.org/10.6028/NIST.SP.800-132" },
  ],
  rationale: `Older tools encrypt PKCS#12 with RC2 of 40 bits or 3DES and derive keys with SHA-1 in few rounds. Forty bits are tried in an
hour, and OpenSSL 3 reads them with its legacy provider only. A short derivation makes every password weak; an absurdly long one
blocks its readers.

Java's own stores (JKS, JCEKS) encrypt keys by ciphers of their own over one pass of SHA-1 or by MD5 and 3DES, which password
crackers try by the billion; those that hold certificates alone are no fault.

What stands outside is read without the password. What is inside is judged with the password: \`tlslint inspect
--password-stdin\`, or the command "Open PKCS#12 with its Password" in VS Code.`,
  byHand: "the store must be exported again with its password",
  examples: [{ bad: "key-store-of-the-nineties", good: "key-store-of-today" }],
  judge: (file) =>
    file.sections.flatMap((section): readonly FileVerdict[] => {
      const { parsed, boundary } = section;
      if (parsed?.kind !== "key-store") return [];
      if (parsed.format !== "PKCS#12") return javaStore(parsed, boundary);
      const { encryptions, iterations, integrity, iterationsPlace } = parsed;
      const help = "export it again with OpenSSL 3: `openssl pkcs12 -export -macalg sha256 -iter 100000`";
      const old = encryptions.filter((it) => /RC2|RC4|3DES/.test(it));
      const found: string[] = [];
      if (old.length > 0) found.push(`encrypted with ${old.join(" and ")}, which OpenSSL 3 reads only with its legacy provider`);
      if (integrity === undefined) found.push("no integrity protection");
      else if (integrity.hash === "SHA-1" || integrity.hash === "MD5") found.push(`integrity protected by HMAC with ${integrity.hash}`);
      const rounds = Math.max(iterations ?? 0, integrity?.iterations ?? 0);
      const fewest = Math.min(iterations ?? Number.POSITIVE_INFINITY, integrity?.iterations ?? Number.POSITIVE_INFINITY);
      const absurd = rounds > MOST_ROUNDS && iterationsPlace !== undefined;
      // Tens of seconds to open: readers give up, or let themselves be kept busy.
      if (absurd)
        found.push(
          `opening it takes ${rounds} rounds of key derivation (byte ${iterationsPlace.start}), and tlslint runs at most ${MOST_ROUNDS}`,
        );
      else if (fewest < FEWEST_ITERATIONS) found.push(`keys derived in ${fewest} rounds, fewer than ${FEWEST_ITERATIONS}`);
      const span = absurd ? rangeSpan(section, iterationsPlace) : boundary;
      return found.length === 0 ? [] : [{ span, message: "PKCS#12 file is weakly protected", help, notes: found }];
    }),
};

/** One that holds certificates alone has nothing to hide. */
const javaStore = ({ format, encryptions }: KeyStore, span: Span): readonly FileVerdict[] =>
  encryptions.length === 0
    ? []
    : [
        {
          span,
          message: `${format} key store is weakly protected: private keys are encrypted with ${encryptions.join(" and ")}`,
          help: "convert it with `keytool -importkeystore -srckeystore old.jks -destkeystore new.p12 -deststoretype pkcs12`",
        },
      ];
