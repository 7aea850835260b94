/** Files below the workspace's folders that a fix could name: certificates of CAs and revocation lists. */
import { type Breath, bytesOf, extensionOf, type Files, nameOf } from "../../project/index.ts";

/** Files read in search of a CA; a project with more of them needs the setting. */
const MAXIMUM_CANDIDATES = 64;
/** Folders searched, and how deep: certificates lie near the top. They are often ignored by git, so ignore files do not count. */
const MAXIMUM_FOLDERS = 256;
const MAXIMUM_DEPTH = 3;
const SKIPPED: ReadonlySet<string> = new Set(["target", "node_modules", "src"]);

export interface Offer {
  readonly path: string;
  /** How well the name says "CA of the clients". */
  readonly rank: number;
  readonly kind: "client-ca" | "crl";
  /** The names of the authorities in the file, or of those that issued its lists. */
  readonly authorities: readonly string[];
}

/** The files below some folders that could be meant, judged by name and content. */
export async function searchOffers(folders: readonly string[], files: Files, breath: Breath): Promise<readonly Offer[]> {
  const paths = new Set<string>();
  let visited = 0;
  const visit = async (folder: string, depth: number): Promise<void> => {
    if (++visited > MAXIMUM_FOLDERS) return;
    await breath.take();
    for (const { name, folder: inner, link } of (await files.readFolder(folder)) ?? []) {
      const path = `${folder === "/" ? "" : folder}/${name}`;
      if (!inner) paths.add(path);
      else if (depth < MAXIMUM_DEPTH && !link && !name.startsWith(".") && !SKIPPED.has(name)) await visit(path, depth + 1);
    }
  };
  for (const folder of new Set(folders)) await visit(folder, 0);
  return offersAmong([...paths].sort(), files, breath);
}

async function offersAmong(paths: readonly string[], files: Files, breath: Breath): Promise<readonly Offer[]> {
  const named = paths.flatMap((path): readonly Omit<Offer, "authorities">[] => {
    const words = nameOf(path)
      .toLowerCase()
      .split(/[^a-z0-9]+/);
    const extension = extensionOf(path);
    if (extension === "crl" || words.includes("crl")) return [{ path, rank: 1, kind: "crl" as const }];
    const rank = caRank(words);
    return ["pem", "crt", "cer", "cert", ...(rank > 0 ? [""] : [])].includes(extension) ? [{ path, rank, kind: "client-ca" as const }] : [];
  });
  const offers: Offer[] = [];
  // What no name speaks for is read last: code may name it as the CA of its clients.
  for (const offer of [...named.filter((it) => it.rank > 0), ...named.filter((it) => it.rank === 0)].slice(0, MAXIMUM_CANDIDATES)) {
    await breath.take();
    const bytes = bytesOf(await files.readKept(offer.path));
    const authorities = bytes === undefined ? [] : await authoritiesIn(bytes, offer.kind);
    if (authorities.length > 0) offers.push({ ...offer, authorities });
  }
  return offers;
}

/** `client-ca.pem` is better than `ca.pem`, and a server's CA is none. */
function caRank(words: readonly string[]): number {
  const has = (...these: readonly string[]): boolean => these.some((it) => words.includes(it));
  const authority = has("ca", "cas", "root", "roots", "cacert", "cacerts", "clientca");
  const client = has("client", "clients", "clientca", "mtls");
  if (has("server", "upstream", "system") && !client) return 0;
  return authority && client ? 3 : authority ? 1 : client ? 2 : 0;
}

async function authoritiesIn(bytes: Uint8Array, kind: Offer["kind"]): Promise<readonly string[]> {
  const { readCertificateFile } = await import("../../pki/index.ts");
  return readCertificateFile(bytes).sections.flatMap(({ parsed }) => {
    if (kind === "crl") return parsed?.kind === "revocation-list" ? [parsed.issuer.text] : [];
    return parsed?.kind === "certificate" && parsed.values.basicConstraints?.ca === true ? [parsed.subject.text] : [];
  });
}
