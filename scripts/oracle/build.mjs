/** The command line of a commit, built in a worktree that is gone afterwards; the bundles stay in the temporary folder. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });

export const commitOf = (name) => git("rev-parse", `${name}^{commit}`).trim();

/** Calls `use` with a temporary folder: `cli.js` of `commit` in `build`, the fixtures and examples of `texts` in `texts`. */
export function withBuild(commit, texts, use) {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-oracle-"));
  const checkout = join(folder, "checkout");
  try {
    git("worktree", "add", "--quiet", "--detach", "--force", checkout, commit);
    // With the same lock file the packages are the same, too.
    if (git("diff", "--name-only", "HEAD", commit, "--", "package-lock.json").trim() === "")
      symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"), "junction");
    else execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: checkout, stdio: "ignore" });
    execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: checkout, stdio: "inherit" });
    cpSync(join(checkout, "server/out"), join(folder, "build"), { recursive: true });
    mkdirSync(join(folder, "texts"));
    const archive = execFileSync("git", ["archive", texts, "test/fixtures", "examples"], { cwd: root, maxBuffer: 1 << 28 });
    execFileSync("tar", ["-x", "-C", join(folder, "texts")], { input: archive });
    use(folder);
  } finally {
    git("worktree", "remove", "--force", checkout);
    rmSync(folder, { recursive: true, force: true });
  }
}
