/** Makes what a release has into a folder: both packages, the bill of materials, and the digests of all three. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { pack, stage } from "./package.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = resolve(process.argv[2] ?? join(root, "dist"));
const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "tlslint-release-"));
try {
  mkdirSync(out, { recursive: true });
  await stage(folder);
  const extension = `${name}-${version}.vsix`;
  await pack(folder, join(out, extension));
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", out], {
      cwd: folder,
      encoding: "utf8",
      shell: process.platform === "win32",
    }),
  );
  copyFileSync(join(folder, "sbom.cdx.json"), join(out, "sbom.cdx.json"));
  const sums = [extension, filename, "sbom.cdx.json"].map(
    (file) =>
      `${createHash("sha256")
        .update(readFileSync(join(out, file)))
        .digest("hex")}  ${file}\n`,
  );
  writeFileSync(join(out, "SHA256SUMS"), sums.join(""));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
