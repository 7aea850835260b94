/** A private key beside a certificate that is another key's. */
import type { Certificate, PrivateKey, Section } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict, NeighbourFile } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { certificatesOf, nameOf, type PlacedCertificate, stemOf } from "./context.ts";

export const keyMismatch: FileRule = {
  id: "key-mismatch",
  judges: "file",
  summary: "a private key does not match the certificate beside it",
  severity: "error",
  since: "0.1.0",
  cwe: [1391],
  sources: [
    {
      title: "rustls: Error::InconsistentKeys",
      url: "https://docs.rs/rustls/latest/rustls/enum.Error.html#variant.InconsistentKeys",
    },
    { title: "OpenSSL: X509_check_private_key", url: "https://docs.openssl.org/3.0/man3/X509_check_private_key/" },
  ],
  rationale: `A certificate works with one key only. rustls rejects the pair when the configuration is built (\`KeyMismatch\`), OpenSSL when the
key is loaded; older versions of rustls notice nothing and fail in the first handshake. Mostly one of the two was renewed and
the other was not copied along.

Keys and certificates are compared by the SHA-256 of the public key. Those of one file belong together; those of two files where
the code loads them together, or where their names do (\`server.pem\` and \`server.key\`), and then it is a warning. A public key
that is not in the file, as that of most keys of Ed25519, is computed. Encrypted keys are left alone; in PKCS#12 without its
password, keys and certificates are matched by their identifiers, where these are legible.`,
  byHand: "the files do not show which of the two is the right one, the certificate or the key",
  examples: [{ bad: "foreign-key", good: "server-identity" }],
  judge(file, context) {
    const stores = file.sections.flatMap(inKeyStore);
    if (stores.length > 0) return stores;
    const certificates = certificatesOf(file);
    const keys = file.sections.flatMap((section) => (section.parsed?.kind === "private-key" ? [{ section, key: section.parsed }] : []));
    const pins = new Set(keys.length === 0 ? [] : certificates.map((it) => it.certificate.key.pin));
    return keys.flatMap(({ section, key }): readonly FileVerdict[] => {
      // Whose a key is that contradicts itself cannot be told.
      if (key.pin === undefined || key.fault !== undefined || pins.has(key.pin)) return [];
      if (certificates.length > 0) return inOneFile(section, key, certificates, context);
      return keys.length === 1 ? besides(section, key, context) : [];
    });
  },
};

/** Until it is opened, only by what its parts say of each other. */
function inKeyStore({ boundary, parsed }: Section): readonly FileVerdict[] {
  if (parsed?.kind !== "key-store" || parsed.contents === "open" || !parsed.keyWithoutCertificate) return [];
  return [
    {
      span: boundary,
      message: "no certificate in this PKCS#12 file matches its key by `localKeyID`",
      help: "export it again with its certificate: `openssl pkcs12 -export -inkey server.key -in server.pem`",
      severity: "warning",
    },
  ];
}

function inOneFile(
  section: Section,
  key: PrivateKey,
  certificates: readonly PlacedCertificate[],
  context: FileContext,
): readonly FileVerdict[] {
  const leaves = certificates.filter((it) => !isAuthority(it.certificate));
  // A key among authorities only is exposed there, whosever it is.
  if (leaves.length === 0) return [];
  const [first] = leaves;
  const names = leaves.length === 1 && first !== undefined ? nameOf(first.certificate) : `any of the ${leaves.length} certificates`;
  return [
    {
      span: section.boundary,
      message: `private key does not match ${names} of the same file`,
      ...owner(key, context),
    },
  ];
}

/** `server.key` beside `server.pem`. */
function besides(section: Section, key: PrivateKey, context: FileContext): readonly FileVerdict[] {
  const stem = stemOf(context.path);
  // Code that loads the key says itself with which certificate.
  if (stem === undefined || context.usedAs.some((it) => it.role === "own-key")) return [];
  const partners = (context.neighbours?.called(stem) ?? []).flatMap(leafOf);
  const [partner] = partners;
  // With several of the name it cannot be told which one is meant; one that fits settles it.
  if (partner === undefined || partners.length > 1 || partner.certificate.key.pin === key.pin) return [];
  const { certificate, place } = partner;
  // The certificate's own key is there, under another name.
  if ((context.neighbours?.keys(certificate.key.pin).length ?? 0) > 0) return [];
  return [
    {
      span: section.boundary,
      message: `private key does not match ${nameOf(certificate)} in \`${place.shown}\``,
      severity: "warning",
      ...owner(key, context),
      related: [{ file: place.path, span: partner.section.boundary, message: "the certificate of the same name" }],
    },
  ];
}

interface Partner {
  readonly certificate: Certificate;
  readonly section: Section;
  readonly place: NeighbourFile;
}

/** The certificate that a file is about: its first, when that is no authority. */
function leafOf(place: NeighbourFile): readonly Partner[] {
  const [first] = certificatesOf(place.file);
  return first === undefined || isAuthority(first.certificate) ? [] : [{ ...first, place }];
}

/** Where the right certificate lies. */
function owner(key: PrivateKey, { neighbours }: FileContext): { readonly help: string } {
  const [found] = neighbours?.withKey(key.pin ?? "") ?? [];
  return found === undefined
    ? { help: "use the key that the certificate was issued for, or have a certificate issued for this key" }
    : { help: `use its certificate ${nameOf(found.parsed)} from \`${found.shown}\`, or the other key` };
}
