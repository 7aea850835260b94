/** Which releases of the stacks a certificate will meet: those that the lock file of the code around it names. */
import { compareWritten } from "../../base/version.ts";
import type { StackChoice } from "../../pki/stacks/index.ts";
import type { Packages } from "../../project/index.ts";
import type { FileUse } from "../code/unit-lint.ts";

/** Where no lock file tells. */
const NEWEST: readonly StackChoice[] = [
  { name: "rustls-webpki", version: "0.103" },
  { name: "openssl", version: "3" },
];
/** A build with more of them is between two updates. */
const MOST_RELEASES = 3;

/** `uses`: the code that reads the file; where none is known, the crates around the file count. */
export async function lockedStacks(packages: Packages, file: string, uses: readonly FileUse[]): Promise<readonly StackChoice[]> {
  const readers = new Set(uses.map((it) => it.place.file));
  const locked: StackChoice[] = [];
  for (const path of readers.size === 0 ? [file] : readers) locked.push(...(await stacksAround(packages, path)));
  const loaders = new Set(uses.map((it) => it.loader.stack));
  const [first] = loaders;
  // Where every reader is known, nobody else's verdict matters.
  const only =
    loaders.size !== 1
      ? undefined
      : first === "rustls"
        ? "rustls-webpki"
        : first === "openssl" || first === "native-tls"
          ? "openssl"
          : undefined;
  const wanted = (all: readonly StackChoice[]): readonly StackChoice[] => all.filter((it) => only === undefined || it.name === only);
  const found = distinct(wanted(locked));
  return found.length > 0 ? found : wanted(NEWEST);
}

/** The release of rustls-webpki that code uses, the newest of several; undefined where no lock file tells. */
export async function lockedWebpki(packages: Packages, file: string, uses: readonly FileUse[]): Promise<string | undefined> {
  const readers = uses.length === 0 ? [file] : uses.map((it) => it.place.file);
  const versions: string[] = [];
  for (const path of new Set(readers)) versions.push(...((await packages.cratesAround(path)).get("rustls-webpki") ?? []));
  return versions.toSorted(compareWritten).at(-1);
}

async function stacksAround(packages: Packages, path: string): Promise<readonly StackChoice[]> {
  const crates = await packages.cratesAround(path);
  // With both providers in the build, the stricter one is asked.
  const provider = crates.has("aws-lc-rs") && !crates.has("ring") ? { provider: "aws-lc-rs" as const } : {};
  const webpki = (crates.get("rustls-webpki") ?? []).map((version): StackChoice => ({ name: "rustls-webpki", version, ...provider }));
  // Which OpenSSL the machine has no lock file says.
  const openssl: readonly StackChoice[] = crates.has("openssl") || crates.has("native-tls") ? [{ name: "openssl", version: "3" }] : [];
  return [...webpki, ...openssl];
}

const distinct = (all: readonly StackChoice[]): readonly StackChoice[] =>
  [...new Map(all.map((it) => [`${it.name} ${it.version}`, it])).values()].slice(0, MOST_RELEASES);
