/** Runs one build over all subjects, each in a process of its own, and writes down what it finds and takes. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtOf, commitOf, root, textsOf } from "./build.mjs";

/** Certificates are valid or not by the clock. */
const NOW = "2026-11-01T00:00:00Z";

export function record({ commit: name, out, texts: textsName, repositories, cpu, seconds, names }) {
  const [commit, texts] = [commitOf(name), commitOf(textsName)];
  mkdirSync(out, { recursive: true });
  const head = join(out, "record.json");
  const about = { commit, texts };
  if (!existsSync(head)) writeFileSync(head, `${JSON.stringify(about)}\n`);
  else if (JSON.stringify(JSON.parse(readFileSync(head, "utf8"))) !== JSON.stringify(about))
    throw new Error(`${head} is of another commit`);
  const end = Date.now() + seconds * 1000;
  const cli = join(builtOf(commit), "server/cli.js");
  for (const subject of subjects(textsOf(texts), repositories)) {
    const file = join(out, `${subject.name.replaceAll("/", "+")}.json`);
    if (existsSync(file) || (names.length > 0 && !names.some((it) => subject.name.includes(it)))) continue;
    if (Date.now() > end) return;
    const run = check(cli, subject.path, cpu);
    writeFileSync(file, `${JSON.stringify({ name: subject.name, ...run })}\n`);
    const { excluded, findings, milliseconds, megabytes } = run;
    console.log(`${subject.name}: ${excluded ?? `${findings.length} findings, ${milliseconds} ms, ${megabytes} MB`}`);
  }
}

function subjects(texts, repositories) {
  const below = (folder, kind) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((it) => it.isDirectory())
      .map((it) => ({ name: `${kind}/${it.name}`, path: join(folder, it.name) }));
  return [
    ...below(join(texts, "test/fixtures/rust"), "fixtures"),
    { name: "fixtures/settings", path: join(texts, "test/fixtures/settings") },
    ...below(join(texts, "test/fixtures/workspaces"), "workspaces"),
    ...below(join(texts, "examples"), "examples"),
    ...(repositories === undefined ? [] : below(repositories, "repositories")),
  ];
}

/** The shell's limit ends a process that takes more CPU; it is stopped by the clock, too, should it sleep. */
function check(cli, path, cpu) {
  const run = spawnSync(
    "/bin/sh",
    ["-c", `ulimit -t ${cpu}; exec "$0" "$@"`, process.execPath, cli, "check", "--format", "json", "--now", NOW, "--fail-on", "error", "."],
    {
      cwd: path,
      maxBuffer: 1 << 30,
      timeout: cpu * 10_000,
      // No build answers from what another kept: there is no such folder.
      env: { ...process.env, XDG_CACHE_HOME: "/dev/null", NODE_OPTIONS: `--require ${join(root, "bench/peak-memory.cjs")}` },
      encoding: "utf8",
    },
  );
  const taken = /peak (\d+) MB, cpu (\d+) ms/.exec(run.stderr);
  if (run.status === null || taken === null) return { excluded: run.signal === null ? "it failed" : `more than ${cpu} s of CPU` };
  const report = JSON.parse(run.stdout);
  const findings = report.files.flatMap(({ path: file, findings: all }) =>
    all.map(({ rule, severity, range: { start, end }, message }) => ({
      place: `${file}:${start.line}:${start.column}-${end.line}:${end.column}`,
      rule,
      severity,
      message,
    })),
  );
  return {
    milliseconds: Number(taken[2]),
    megabytes: Number(taken[1]),
    status: run.status,
    notAnalysed: report.notAnalysed.map(({ path: file, reason }) => ({ path: file, reason })),
    findings,
  };
}
