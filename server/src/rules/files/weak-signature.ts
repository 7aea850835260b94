/** A certificate or revocation list that is signed over a broken hash. */
import { certificateRole, rangeSpan, type Section } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";

/** RFC 6151 (MD5), RFC 6149 (MD2), RFC 6150 (MD4), RFC 9155 (SHA-1): collisions can be made, so signatures can be moved. */
const BROKEN: ReadonlySet<string> = new Set(["MD2", "MD4", "MD5", "SHA-1"]);

export const weakSignature: FileRule = {
  id: "weak-signature",
  judges: "file",
  onlyIfReachable: true,
  issuedAgain: "alike",
  summary: "a certificate is signed with MD5 or SHA-1",
  severity: "error",
  since: "0.1.0",
  cwe: [327, 328],
  sources: [
    { title: "NIST SP 800-131A Rev. 2, section 9", url: "https://doi.org/10.6028/NIST.SP.800-131Ar2" },
    { title: "RFC 9155: deprecating MD5 and SHA-1 signature hashes", url: "https://www.rfc-editor.org/rfc/rfc9155" },
  ],
  rationale: `Two different certificates with the same SHA-1 or MD5 hash can be made on purpose, so a signature over one is valid for the
other. rustls knows no such algorithm (\`UnsupportedSignatureAlgorithm\`), OpenSSL 3 rejects it from security level 1 on; where a
stack still accepts it, an attacker forges certificates.

The signature that a root puts on itself proves nothing and is not verified, so it is information.`,
  byHand: "only its CA can sign it again",
  examples: [{ bad: "sha1-leaf", good: "server-leaf" }],
  judge: (file) => file.sections.flatMap(judge),
};

function judge(section: Section): readonly FileVerdict[] {
  const { parsed } = section;
  if (parsed?.kind !== "certificate" && parsed?.kind !== "revocation-list") return [];
  const { hash, name } = parsed.signature;
  if (hash === undefined || !BROKEN.has(hash)) return [];
  const span = rangeSpan(section, parsed.signature);
  if (parsed.kind === "certificate" && certificateRole(parsed) === "root") {
    return [
      {
        span,
        message: `root certificate is self-signed with ${name}; verifiers do not check it`,
        help: "keep it until its renewal; certificates that it issues must use SHA-256 or better",
        severity: "info",
      },
    ];
  }
  const what = parsed.kind === "certificate" ? "certificate" : "CRL";
  return [
    {
      span,
      message: `${what} is signed with ${name}, which can be forged: rustls and OpenSSL reject it`,
      help: "reissue it with SHA-256 or better",
      notes: ["OpenSSL rejects it from security level 1 on"],
    },
  ];
}
