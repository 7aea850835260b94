/** An unencrypted private key in a file that others are meant to have. */
import { type CertificateFile, certificateRole, type Section } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict, Repair, Severity } from "../rule.ts";
import { certificatesOf, fileName, isOpenKey, isTrust, type PlacedCertificate } from "./context.ts";
import { removal } from "./repairs.ts";

export const exposedPrivateKey: FileRule = {
  id: "exposed-private-key",
  judges: "file",
  onlyIfReachable: true,
  summary: "an unencrypted private key is in a file that is shared",
  severity: "error",
  since: "0.1.0",
  cwe: [321, 522],
  sources: [
    { title: "RFC 5280, 8 Security considerations", url: "https://www.rfc-editor.org/rfc/rfc5280#section-8" },
    {
      title: "OWASP: key management cheat sheet, storage",
      url: "https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html#storage",
    },
  ],
  rationale: `A CA bundle or a chain is copied to every client, into images and repositories. A private key in it is copied along: an attacker
who reads the file impersonates the server, or issues certificates.

A key that is written into code, JSON or YAML goes along with every copy of the repository and every program built from it.

A key in a file of its own, and a key beside the certificate it belongs to in a file with an inconspicuous name (the way of
HAProxy), are how keys are kept, and are not reported.`,
  byHand: "where else the key was copied, and whether it must be replaced, only its owner knows",
  examples: [{ bad: "ca-bundle-with-key", good: "server-identity" }],
  judge(file, context) {
    const keys = file.sections.filter(isOpenKey);
    if (keys.length === 0) return [];
    if (context.embedded) return keys.map(({ boundary }) => ({ ...EMBEDDED, span: boundary }));
    const surroundings = surroundingsOf(certificatesOf(file), context);
    return keys.flatMap((section) => judge(section, surroundings).map((it) => ({ ...it, ...split(file, section, surroundings) })));
  },
};

const EMBEDDED = {
  message: "unencrypted private key is embedded in this text",
  help: "load the key at run time from a file or store that only the server can read, and replace this key",
} as const;

/** What decides about every key of the file. */
interface Surroundings {
  readonly certificates: readonly PlacedCertificate[];
  readonly byPin: ReadonlyMap<string, PlacedCertificate>;
  readonly authorities: boolean;
  readonly trusted: boolean;
  readonly isPublic: boolean;
  readonly path: string | undefined;
  /** A file lies there. */
  isTaken(path: string): boolean;
}
const surroundingsOf = (certificates: readonly PlacedCertificate[], { path, usedAs, neighbours }: FileContext): Surroundings => ({
  certificates,
  byPin: new Map(certificates.toReversed().map((it) => [it.certificate.key.pin, it])),
  authorities: certificates.every(isAuthority),
  trusted: usedAs.some((it) => isTrust(it.role)),
  isPublic: soundsPublic(path),
  path,
  isTaken: (other) => neighbours?.holds(other) === true,
});

function judge(section: Section, surroundings: Surroundings): readonly FileVerdict[] {
  const found = reason(section, surroundings);
  if (found === undefined) return [];
  const [message, severity] = found;
  const help = "move the key to its own file, readable only by the server; replace key and certificate if the file was shared";
  return [{ span: section.boundary, message, help, severity }];
}

/** Only the owner of a key file reads it. */
const OWNER_ONLY = 0o600;

/** The key into a file of its own: the certificates stay where they are, byte for byte. */
function split(
  file: CertificateFile,
  section: Section,
  { certificates, path, isTaken }: Surroundings,
): { readonly repairs?: readonly Repair[] } {
  if (path === undefined || file.format !== "pem" || section.container !== undefined || certificates.length === 0) return {};
  const stem = path.replace(/\.[^./\\]*$/, "");
  const target = [".key", "-2.key", "-3.key"].map((it) => `${stem}${it}`).find((it) => it !== path && !isTaken(it));
  if (target === undefined) return {};
  const text = file.text.slice(section.span.start, section.span.end);
  return {
    repairs: [
      {
        title: `Move private key to \`${target.replace(/^.*[/\\]/, "")}\`, readable only by its owner`,
        applicability: "review",
        edits: removal(file, [section]),
        creates: { path: target, text: /[\r\n]$/.test(text) ? text : `${text}\n`, mode: OWNER_ONLY },
      },
    ],
  };
}

function reason(
  section: Section,
  { certificates, byPin, authorities, trusted, isPublic }: Surroundings,
): readonly [string, Severity] | undefined {
  const pin = section.parsed?.kind === "private-key" ? section.parsed.pin : undefined;
  const own = pin === undefined ? undefined : byPin.get(pin);
  if (trusted) return ["unencrypted private key is in the file that the program loads as trust anchors", "error"];
  if (certificates.length === 0) {
    return isPublic ? ["unencrypted private key is in a file named like a certificate file", "warning"] : undefined;
  }
  if (own !== undefined && isAuthority(own)) {
    return ["unencrypted CA private key is in the same file as its certificate", isPublic ? "error" : "warning"];
  }
  if (authorities) return ["unencrypted private key is in a file of CA certificates, which are public", isPublic ? "error" : "warning"];
  return isPublic ? ["unencrypted private key is in a file named like a certificate file", "warning"] : undefined;
}

const isAuthority = ({ certificate }: PlacedCertificate): boolean => ["root", "intermediate"].includes(certificateRole(certificate));

/** `ca.pem`, `fullchain.pem`, `ca-bundle.crt`; not `ca-key.pem`, nor `ca-key2.pem`: a number behind a word changes nothing. */
function soundsPublic(path: string | undefined): boolean {
  const words = fileName(path).split(/[^a-z]+/);
  if (words.some((it) => /^(key|keys|private|priv|identity|combined)$|key$/.test(it))) return false;
  return words.some((it) =>
    /^(ca|cas|cacert|cacerts|root|roots|rootca|chain|fullchain|bundle|trust|trusted|truststore|anchors?|public|pub|crt|cer|jwks)$/.test(it),
  );
}
