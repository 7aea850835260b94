/** Which files a command reads and writes: those of the workspace where they are there, else names to put the right ones in place of. */
import { type Certificate, type CertificateFile, certificateRole, type Section } from "../../../pki/index.ts";
import { folderOf, nameOf, pathFrom } from "../../../project/index.ts";
import type { FileContext, Neighbour } from "../../../rules/rule.ts";

export interface FilesOfIssue {
  /** The certificate's own file, as a comment may name it. */
  readonly file: string;
  /** What the new files are called, without what follows the dot. */
  readonly stem: string;
  /** From the certificate's folder; `known: false` for a name that the user has to replace. */
  readonly issuer: FileToRead;
  readonly issuerKey: FileToRead;
  readonly ownKey: FileToRead;
  /** When the issuer's certificate ends, where it is known. */
  readonly issuerEnds: number | undefined;
}
export interface FileToRead {
  readonly path: string;
  readonly known: boolean;
}

export function filesOf(
  file: CertificateFile,
  section: Section,
  certificate: Certificate,
  signer: "issuer" | "itself",
  context: FileContext,
): FilesOfIssue {
  const { path = "", neighbours } = context;
  const folder = folderOf(path);
  const from = (other: string | undefined, otherwise: string): FileToRead => {
    const found = other === undefined ? undefined : pathFrom(folder, other);
    // Nobody can see what a name with hidden characters is.
    return found === undefined || /[\p{C}\p{Z}]/u.test(found.replaceAll(" ", ""))
      ? { path: otherwise, known: false }
      : { path: found, known: true };
  };
  const issuer = signer === "itself" ? undefined : issuerOf(certificate, context);
  const { own, certificates } = sectionsOf(file);
  const beside = own?.parsed?.kind === "private-key" && own.parsed.pin === certificate.key.pin ? path : keyFile(neighbours, certificate);
  const name = nameOf(path);
  const plain = /^\.?[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name) ? name : undefined;
  const place = certificates.size > 1 ? `-${(certificates.get(section) ?? -1) + 1}` : "";
  const stem = `${plain?.replace(/\.[^.]*$/, "") || "certificate"}${place}-new`;
  return {
    file: plain ?? "this file",
    stem,
    issuer: from(issuer?.path, "ca.pem"),
    issuerKey: from(issuer && keyFile(neighbours, issuer.parsed), "ca.key"),
    ownKey: from(beside, `${stem.replace(/-new$/, "")}.key`),
    issuerEnds: issuer?.parsed.notAfter.milliseconds,
  };
}

interface Sections {
  /** The first key. */
  readonly own: Section | undefined;
  /** Which of the file's certificates each is, from 0. */
  readonly certificates: ReadonlyMap<Section, number>;
}

/** Every certificate of a file may be issued anew. */
const known = new WeakMap<CertificateFile, Sections>();

function sectionsOf(file: CertificateFile): Sections {
  const before = known.get(file);
  if (before !== undefined) return before;
  const certificates = file.sections.filter((it) => it.parsed?.kind === "certificate");
  const own = file.sections.find((it) => it.kind === "private-key");
  const found = { own, certificates: new Map(certificates.map((it, at) => [it, at])) };
  known.set(file, found);
  return found;
}

/** OpenSSL takes the first certificate of the file that it is given. */
function issuerOf({ issuer, fingerprint }: Certificate, { neighbours, policy }: FileContext): Neighbour<Certificate> | undefined {
  const candidates = (neighbours?.named(issuer.text) ?? []).filter(({ section, file, parsed }) => {
    const first = file.sections.find((it) => it.kind === "certificate");
    const role = certificateRole(parsed);
    return file.format === "pem" && first === section && section.container === undefined && (role === "root" || role === "intermediate");
  });
  const good = candidates.filter((it) => neighbours?.signature({ fingerprint }, it.parsed.key) !== "invalid");
  return good.find((it) => (it.parsed.notAfter.milliseconds ?? 0) > policy.now);
}

/** Likewise the first key. */
function keyFile(neighbours: FileContext["neighbours"], { key }: Certificate): string | undefined {
  return neighbours
    ?.keys(key.pin)
    .find((it) => it.file.format === "pem" && it.file.sections.find((one) => one.kind === "private-key") === it.section)?.path;
}
