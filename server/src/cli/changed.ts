/**
 * Which files differ from a commit, as git says. It is asked by plumbing that compares no contents, and with everything off by which a
 * repository could have programs started: monitors, hooks, external diffs, text conversion, filters, pagers.
 */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
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
  if (!top.ok) return top;
  const root = top.value.replace(/\r?\n$/, "");
  const since = base === undefined ? git("rev-parse", "--verify", "--quiet", "HEAD") : git("merge-base", "--", base, "HEAD");
  // A repository without a commit has only new files.
  if (!since.ok && base !== undefined) return err(`there is no common ancestor of \`${base}\` and HEAD`);
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
  if (error !== undefined) return err("it cannot be started");
  return status === 0 ? ok(stdout) : err(`\`git ${args[0]}\` ended with ${status ?? "a signal"} in ${folder}`);
}
