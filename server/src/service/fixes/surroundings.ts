/** What the workspace offers to fixes: the file of the CA that signs clients, and a revocation list, where one fits and only one. */
import { readCertificateFile } from "../../pki/index.ts";
import { type Breath, bytesOf, extensionOf, type Files, nameOf, type Package, relativePath, resolvePath } from "../../project/index.ts";
import type { Surroundings } from "../../remedies/index.ts";
import type { Settings } from "../configuration/settings.ts";

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
    const authorities = bytes === undefined ? [] : authoritiesIn(bytes, offer.kind);
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

function authoritiesIn(bytes: Uint8Array, kind: Offer["kind"]): readonly string[] {
  return readCertificateFile(bytes).sections.flatMap(({ parsed }) => {
    if (kind === "crl") return parsed?.kind === "revocation-list" ? [parsed.issuer.text] : [];
    return parsed?.kind === "certificate" && parsed.values.basicConstraints?.ca === true ? [parsed.subject.text] : [];
  });
}

/** The paths as they should stand in the code of a package: the configuration's words, else those of the best file if it is alone. */
export function surroundingsOf(offers: readonly Offer[], owner: Package | undefined, top: string, settings: Settings): Surroundings {
  const bases = [...new Set([owner?.folder, owner?.workspaceFolder, top].filter((it) => it !== undefined))];
  const clientCa = settings["client-ca"] || best(offers, "client-ca", bases);
  const crlOf = (names: readonly string[], role: "server" | "client"): string | undefined => {
    if (settings.crl !== "") return settings.crl;
    const told = names.flatMap((it) => named(it, offers, bases) ?? []);
    // Where the code names no CA, only the workspace's own can be meant.
    const authorities = told.length > 0 || clientCa === undefined || role === "client" ? told : [named(clientCa, offers, bases)];
    const subjects = new Set(authorities.flatMap((it) => it?.authorities ?? []));
    return best(
      offers.filter((it) => it.authorities.some((name) => subjects.has(name))),
      "crl",
      bases,
    );
  };
  const lists = offers.flatMap((it) => (it.kind === "crl" ? bases.flatMap((base) => relativePath(base, it.path) ?? []) : []));
  return { ...(clientCa ? { clientCa } : {}), crlOf, lists, ...manifestOf(owner) };
}

const named = (file: string, offers: readonly Offer[], bases: readonly string[]): Offer | undefined => {
  const paths = bases.map((base) => resolvePath(base, file));
  return offers.find((it) => it.kind === "client-ca" && paths.includes(it.path));
};

function manifestOf(owner: Package | undefined): Pick<Surroundings, "manifest"> {
  const text = owner?.manifest.text;
  if (owner === undefined || text === undefined) return {};
  const workspace = owner.workspaceFolder === owner.folder ? undefined : owner.workspace?.text;
  return { manifest: { file: owner.manifestPath, text, ...(workspace === undefined ? {} : { workspace }) } };
}

function best(offers: readonly Offer[], kind: Offer["kind"], bases: readonly string[]): string | undefined {
  // Files of the same package come before those of others: a program is started where its files are.
  for (const base of bases) {
    const near = offers.flatMap((it) => {
      const path = it.kind === kind && it.rank > 0 ? relativePath(base, it.path) : undefined;
      return path === undefined ? [] : [{ path, rank: it.rank }];
    });
    const rank = Math.max(0, ...near.map((it) => it.rank));
    const [first, second] = near.filter((it) => it.rank === rank);
    if (first) return second ? undefined : first.path;
  }
  return undefined;
}
