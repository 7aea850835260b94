/** Packs the extension into `tlslint-<version>.vsix`, or into the file named on the command line. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createVSIX } from "@vscode/vsce";
import { buildAll } from "./build.mjs";
import { billOfMaterials, licenceText, thirdParty } from "./supply-chain.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What stands in the packages beside the bundles; the ignore files say which package has which. */
const SHIPPED = [
  "package.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  ".vscodeignore",
  ".npmignore",
  "client/icon.png",
  "client/views.svg",
  "client/walkthrough",
  "examples",
  "docs/configuration.md",
  "docs/rules",
  "server/schema",
  "server/types",
  "syntaxes",
];

/** Builds into a folder of its own, so that what is packed or tested never depends on what lies about in the working tree. */
export async function stage(folder) {
  const built = await buildAll({ folder });
  for (const name of SHIPPED.filter((it) => existsSync(join(root, it)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const read = (name) => JSON.parse(readFileSync(join(root, name), "utf8"));
  const others = thirdParty(
    root,
    built.map((it) => it.metafile),
  );
  writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), licenceText(others));
  writeFileSync(join(folder, "sbom.cdx.json"), billOfMaterials(read("package.json"), others, read("package-lock.json")));
}

/** The date of every file in the package, so that the same files make the same package: any will do. */
const PACKED_AT = String(Date.UTC(2020, 0, 1) / 1000);

/** The bundles hold everything, so no dependency is packed. */
export async function pack(folder, packagePath) {
  process.env.SOURCE_DATE_EPOCH ??= PACKED_AT;
  await createVSIX({ cwd: folder, packagePath, dependencies: false });
  return packagePath;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "tlslint-package-"));
  try {
    await stage(folder);
    const file = await pack(folder, resolve(process.argv[2] ?? join(root, `${name}-${version}.vsix`)));
    console.log(`${file}: ${(statSync(file).size / 1024).toFixed(0)} KiB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
