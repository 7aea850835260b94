/** Extended key usage that rules out the role a certificate plays. */
import { type Extension, rangeSpan, visible } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { chainOf, isAuthority } from "./chain.ts";
import { distinctOf, fileWords, nameOf, type PlacedCertificate } from "./context.ts";

export const wrongPurpose: FileRule = {
  id: "wrong-purpose",
  judges: "file",
  issuedAgain: "end-entity",
  summary: "the extended key usage excludes what the certificate is used for",
  severity: "error",
  since: "0.1.0",
  cwe: [295],
  sources: [
    { title: "RFC 5280, 4.2.1.12 Extended key usage", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12" },
    {
      title: "rustls-webpki: Error::RequiredEkuNotFound",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.RequiredEkuNotFoundContext",
    },
  ],
  rationale: `When a certificate lists purposes, it is good for these alone: a server's needs \`serverAuth\`, a client's \`clientAuth\`, and so
does every intermediate of its chain that lists purposes. rustls says \`RequiredEkuNotFound\`, OpenSSL \`unsuitable certificate
purpose\`. \`anyExtendedKeyUsage\` is neither of them for either stack. Without the extension every purpose is allowed.

Which role a certificate plays is taken from the file's name where nothing better is known, and then it is a warning.`,
  byHand: "the EKU is signed: reissue the certificate, or use another one",
  examples: [{ bad: "server-with-client-purpose", good: "server-leaf" }],
  judge(file, context) {
    const certificates = distinctOf(file);
    const chain = chainOf(file, context);
    return [
      ...certificates.flatMap((it) => generally(it)),
      ...(chain === undefined ? [] : [...byName(chain.leaf, context), ...withinChain(chain.leaf, chain.path)]),
    ];
  },
};

const TLS = ["serverAuth", "clientAuth"] as const;
const purposesExtension = ({ certificate }: PlacedCertificate): Extension | undefined =>
  certificate.extensions.find((it) => it.name === "extKeyUsage");

/** Good for nothing in TLS, and probably meant to be. */
function generally(it: PlacedCertificate): readonly FileVerdict[] {
  const purposes = it.certificate.values.purposes;
  const extension = purposesExtension(it);
  if (purposes === undefined || extension === undefined) return [];
  const span = rangeSpan(it.section, extension);
  if (purposes.length === 0) {
    return [{ span, message: "EKU is empty: rustls rejects the certificate (`EmptyEkuExtension`)", help: REISSUE }];
  }
  if (!purposes.every((one) => one === "anyExtendedKeyUsage")) return [];
  return [
    {
      span,
      message: "`anyExtendedKeyUsage` alone is rejected by rustls (`RequiredEkuNotFound`) and OpenSSL (`unsuitable certificate purpose`)",
      help: REISSUE,
    },
  ];
}

const REISSUE = "reissue it with `extendedKeyUsage = serverAuth` or `clientAuth`, or without the extension";

/** `server.pem`, `client-cert.pem`. */
function byName(leaf: PlacedCertificate, { path }: FileContext): readonly FileVerdict[] {
  const purposes = leaf.certificate.values.purposes;
  const extension = purposesExtension(leaf);
  if (purposes === undefined || extension === undefined || !purposes.some((it) => TLS.some((one) => one === it))) return [];
  const words = fileWords(path);
  const [server, client] = ["server", "client"].map((word) => words.some((it) => it === word || it === `${word}s`));
  const missing = server === client ? undefined : server ? "serverAuth" : "clientAuth";
  if (missing === undefined || purposes.includes(missing)) return [];
  const role = server ? "server" : "client";
  return [
    {
      span: rangeSpan(leaf.section, extension),
      message: `file is named after a ${role}, but the certificate's EKU is only ${list(purposes)}`,
      notes: [`as a ${role} certificate, rustls (\`RequiredEkuNotFound\`) and OpenSSL (\`unsuitable certificate purpose\`) reject it`],
      help: `reissue it with \`extendedKeyUsage = ${missing}\`, or rename the file`,
      severity: "warning",
    },
  ];
}

/** An intermediate that lists purposes limits what is below it. */
function withinChain(leaf: PlacedCertificate, path: readonly PlacedCertificate[]): readonly FileVerdict[] {
  const wanted = leaf.certificate.values.purposes?.filter((it) => TLS.some((one) => one === it)) ?? [];
  if (wanted.length === 0) return [];
  return path.slice(1).flatMap((issuer): readonly FileVerdict[] => {
    const purposes = issuer.certificate.values.purposes;
    const extension = purposesExtension(issuer);
    // A root is an anchor, whose purposes rustls does not read.
    if (purposes === undefined || extension === undefined || issuer.certificate.selfIssued || !isAuthority(issuer.certificate)) return [];
    const lacking = wanted.filter((it) => !purposes.includes(it));
    if (lacking.length === 0) return [];
    return [
      {
        span: rangeSpan(issuer.section, extension),
        message: `EKU of CA ${nameOf(issuer.certificate)} does not include ${list(lacking)}, which ${nameOf(leaf.certificate)} needs`,
        notes: ["rustls (`RequiredEkuNotFound`) and OpenSSL (`unsuitable certificate purpose`) reject the chain"],
        help: "have the leaf issued by a CA for this purpose",
        severity: lacking.length === wanted.length ? "error" : "warning",
      },
    ];
  });
}

const list = (purposes: readonly string[]): string => purposes.map((it) => `\`${visible(it)}\``).join(", ");
