/** Which releases of the stacks a certificate will meet: those that the lock file of the code around it names, else those that its dependencies bring. */
import { compareWritten } from "../../base/version.ts";
import type { StackChoice } from "../../pki/stacks/index.ts";
import type { Packages } from "../../project/index.ts";
import type { FileUse } from "../code/unit-lint.ts";

const WEBPKI = "rustls-webpki";
/** Where nothing tells. */
const NEWEST_WEBPKI: StackChoice = { name: WEBPKI, version: "0.103" };
const OPENSSL: StackChoice = { name: "openssl", version: "3" };
/** A build with more of them is between two updates. */
const MOST_RELEASES = 3;

/** `uses`: the code that reads the file; where none is known, the crates around the file count. */
export async function lockedStacks(packages: Packages, file: string, uses: readonly FileUse[]): Promise<readonly StackChoice[]> {
  const locked: StackChoice[] = [];
  for (const path of readersOf(file, uses)) locked.push(...(await stacksAround(packages, path)));
  const loaders = new Set(uses.map((it) => it.loader.stack));
  const [first] = loaders;
  // Where every reader is known, nobody else's verdict matters.
  const only =
    loaders.size !== 1 ? undefined : first === "rustls" ? WEBPKI : first === "openssl" || first === "native-tls" ? "openssl" : undefined;
  const wanted = (all: readonly StackChoice[]): readonly StackChoice[] => all.filter((it) => only === undefined || it.name === only);
  const found = distinct(wanted(locked));
  if (found.length > 0) return found;
  const brought = (await broughtWebpki(packages, file, uses)).map((version): StackChoice => ({ name: WEBPKI, version }));
  return wanted([...(brought.length > 0 ? distinct(brought) : [NEWEST_WEBPKI]), OPENSSL]);
}

/** The release of rustls-webpki that code uses, the newest of several; undefined where nothing tells. */
export async function lockedWebpki(packages: Packages, file: string, uses: readonly FileUse[]): Promise<string | undefined> {
  const locked: string[] = [];
  for (const path of readersOf(file, uses)) locked.push(...((await packages.cratesAround(path)).get(WEBPKI) ?? []));
  const versions = locked.length > 0 ? locked : await broughtWebpki(packages, file, uses);
  return versions.toSorted(compareWritten).at(-1);
}

/** The code that reads the file; where none is known, the file's own place. */
const readersOf = (file: string, uses: readonly FileUse[]): ReadonlySet<string> =>
  new Set(uses.length === 0 ? [file] : uses.map((it) => it.place.file));

async function broughtWebpki(packages: Packages, file: string, uses: readonly FileUse[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of readersOf(file, uses)) found.push(...(await packages.broughtAround(path, WEBPKI)));
  return found;
}

async function stacksAround(packages: Packages, path: string): Promise<readonly StackChoice[]> {
  const crates = await packages.cratesAround(path);
  // With both providers in the build, the stricter one is asked.
  const provider = crates.has("aws-lc-rs") && !crates.has("ring") ? { provider: "aws-lc-rs" as const } : {};
  const webpki = (crates.get(WEBPKI) ?? []).map((version): StackChoice => ({ name: WEBPKI, version, ...provider }));
  // Which OpenSSL the machine has no lock file says.
  const openssl: readonly StackChoice[] = crates.has("openssl") || crates.has("native-tls") ? [OPENSSL] : [];
  return [...webpki, ...openssl];
}

const distinct = (all: readonly StackChoice[]): readonly StackChoice[] =>
  [...new Map(all.map((it) => [`${it.name} ${it.version}`, it])).values()].slice(0, MOST_RELEASES);
