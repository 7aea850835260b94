/**
 * Which files differ from a commit, as git says. It is asked by plumbing that compares no contents, and with everything off by which a
 * repository could have programs started: monitors, hooks, external diffs, text conversion, filters, pagers.
 */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { err, ok, type Result } from "../base/result.ts";

const NOTHING_RUNS = [
  "--no-pager",
  "--no-optional-locks",
  ...["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.untrackedCache=false", "diff.external=", "submodule.recurse=false"].flatMap(
    (it) => ["-c", it],
  ),
];

/** Absolute paths of the repository that holds `path`: changed, new, deleted. Without a base, since the last commit. */
export function changedFiles(path: string, base: string | undefined): Result<readonly string[], string> {
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
  const git = (...args: readonly string[]): Result<string, string> => run(folder, args);
  const top = git("rev-parse", "--show-toplevel");
  if (!top.ok) return isInRepository(folder) ? top : err(`${folder} is not in a git repository`);
  const root = top.value.replace(/\r?\n$/, "");
  const since = base === undefined ? git("rev-parse", "--verify", "--quiet", "HEAD") : git("merge-base", "--", base, "HEAD");
  // A repository without a commit has only new files.
  if (!since.ok && base !== undefined) return err(withoutAncestor(base, git));
  const committed = since.ok ? since.value.trim() : undefined;
  const compared = ["--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--no-renames", "--name-only", "-z"];
  const lists = [
    ...(committed === undefined
      ? [git("ls-files", "-z", "--full-name", "--", root)]
      : [git("diff-index", "--cached", ...compared, committed, "--")]),
    git("diff-files", ...compared, "--"),
    run(root, ["ls-files", "-z", "--others", "--exclude-standard"]),
  ];
  const names = new Set<string>();
  for (const list of lists) {
    if (!list.ok) return list;
    for (const name of list.value.split("\0")) if (name !== "") names.add(name);
  }
  return ok([...names].map((it) => join(root, it).replaceAll("\\", "/")));
}

function run(folder: string, args: readonly string[]): Result<string, string> {
  const { GIT_EXTERNAL_DIFF: _, ...env } = process.env;
  const { status, stdout, error } = spawnSync("git", [...NOTHING_RUNS, ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (error !== undefined) return err("git cannot be started");
  return status === 0 ? ok(stdout) : err(`\`git ${args[0]}\` failed in ${folder}; \`git status\` says why there`);
}

function isInRepository(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return true;
    if (dirname(folder) === folder) return false;
  }
}

/** A job's clone often has one commit and one branch. */
function withoutAncestor(base: string, git: (...args: readonly string[]) => Result<string, string>): string {
  const isKnown = !base.startsWith("-") && git("rev-parse", "--verify", "--quiet", `${base}^{commit}`).ok;
  const reason = isKnown ? `\`${base}\` and HEAD have no common ancestor` : `git knows no branch, tag or commit \`${base}\``;
  const shallow = git("rev-parse", "--is-shallow-repository");
  return shallow.ok && shallow.value.trim() === "true"
    ? `${reason}; this clone is shallow: fetch its history first (\`git fetch --unshallow\`, or \`fetch-depth: 0\` of actions/checkout)`
    : reason;
}
