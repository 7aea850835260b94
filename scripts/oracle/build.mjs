/** The command line of a commit, built in a worktree that is gone afterwards; the bundles stay in the temporary folder for the next run. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });

export const commitOf = (name) => git("rev-parse", `${name}^{commit}`).trim();

/** A folder with the bundles of a commit. */
export function builtOf(commit) {
  return kept(`build-${commit}`, (folder) => {
    const checkout = join(folder, "checkout");
    try {
      git("worktree", "add", "--quiet", "--detach", "--force", checkout, commit);
      // With the same lock file the packages are the same, too.
      if (git("diff", "--name-only", "HEAD", commit, "--", "package-lock.json").trim() === "")
        symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"), "junction");
      else execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: checkout, stdio: "ignore" });
      execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: checkout, stdio: "inherit" });
      cpSync(join(checkout, "server/out"), join(folder, "server"), { recursive: true });
    } finally {
      git("worktree", "remove", "--force", checkout);
    }
  });
}

/** A folder with the fixtures and examples of a commit. */
export function textsOf(commit) {
  return kept(`texts-${commit}`, (folder) => {
    const archive = execFileSync("git", ["archive", commit, "test/fixtures", "examples"], { cwd: root, maxBuffer: 1 << 28 });
    execFileSync("tar", ["-x", "-C", folder], { input: archive });
  });
}

/** What `make` puts into a folder, unless that was done before; half of it is never kept. */
function kept(name, make) {
  const home = join(tmpdir(), "tlslint-oracle");
  const folder = join(home, name);
  if (existsSync(folder)) return folder;
  mkdirSync(home, { recursive: true });
  const made = mkdtempSync(join(home, "making-"));
  try {
    make(made);
    renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}
