/** What the workspace offers to fixes: the file of the CA that signs clients, and a revocation list, where one fits and only one. */
import { type Package, relativePath, resolvePath } from "../../project/index.ts";
import type { Surroundings } from "../../remedies/index.ts";
import type { Settings } from "../configuration/settings.ts";
import type { Offer } from "./offers.ts";

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
  const serverCa = settings["server-ca"];
  return { ...(clientCa ? { clientCa } : {}), ...(serverCa ? { serverCa } : {}), crlOf, lists, ...manifestOf(owner) };
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
