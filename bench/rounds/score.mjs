/**
 * How well a build finds what readers have labelled in real repositories: `node bench/rounds/score.mjs LABELS TREES CLI [--list]`, where
 * TREES holds each repository of LABELS as OWNER/NAME at its commit. Nothing here passes or fails.
 *
 * A report hits the nearest label within two lines of its places, findings before decoys, also at another line of a finding where a comment
 * would be as right (`also`). One at warning or error that hits none is false if its own place lies in a labelled file, and no decoy that is
 * `guarded` or `cross-file`. Recall counts labels at warning or error, and apart from the others those that both readers gave by themselves
 * (`both`), where a round says which these are.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [labels, given, cli, ...flags] = process.argv.slice(2);
if (labels === undefined || given === undefined || cli === undefined) {
  console.error("usage: node bench/rounds/score.mjs LABELS TREES CLI [--list]");
  process.exit(2);
}
const trees = resolve(given);
const entries = readFileSync(labels, "utf8")
  .trim()
  .split("\n")
  .map((it) => JSON.parse(it));
const NEAR = 2;
const NEUTRAL = new Set(["guarded", "cross-file"]);

const isLoud = ({ level = "warning" }) => level === "warning" || level === "error";
const wanted = ({ severity }) => severity !== "info";

function distance({ line, span: [from, to] }, at) {
  if (at === line) return 0;
  return at >= from && at <= to ? 1 : 1 + Math.min(Math.abs(at - from), Math.abs(at - to));
}

/** Labels of a repository by file, those of other lines among them. */
function labelsOf(some) {
  const files = new Map(some.filter(({ path }) => path !== "").map(({ path }) => [path, []]));
  const add = (path, it) => {
    if (files.has(path)) files.get(path).push(it);
    else files.set(path, [it]);
  };
  for (const { path, findings, decoys } of some) {
    for (const of of findings) {
      add(path, { of, at: of, isDecoy: false });
      for (const it of of.also ?? []) add(it.path, { of, at: { line: it.line, span: [it.line, it.line] }, isDecoy: false });
    }
    for (const of of decoys) add(path, { of, at: of, isDecoy: true });
  }
  return files;
}

function nearest(labels, line) {
  const near = labels.map((it) => ({ ...it, away: distance(it.at, line) })).filter((it) => it.away <= NEAR + 1);
  return near.sort((a, b) => a.away - b.away || Number(a.isDecoy) - Number(b.isDecoy))[0];
}

/** What a build reports in a repository: undefined where it does not end with a report. */
function reportsOf(repo) {
  const { stdout } = spawnSync(process.execPath, [cli, "check", "--no-cache", "--format", "sarif", join(trees, repo)], {
    cwd: "/",
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (!stdout.startsWith("{")) return undefined;
  const [{ results = [], originalUriBaseIds = {} }] = JSON.parse(stdout).runs;
  const pathOf = ({ uri, uriBaseId }) => {
    const base = originalUriBaseIds[uriBaseId]?.uri ?? pathToFileURL("/").href;
    return relative(join(trees, repo), fileURLToPath(new URL(uri, base)));
  };
  return results.map(({ ruleId, level, locations, relatedLocations = [] }) => ({
    ruleId,
    level,
    places: [...locations.slice(0, 1), ...relatedLocations].flatMap(({ physicalLocation: at }) =>
      at?.region === undefined ? [] : [{ path: pathOf(at.artifactLocation), line: at.region.startLine }],
    ),
  }));
}

/** The score's interval at 95 % (Wilson 1927). */
function interval(hits, all) {
  if (all === 0) return "-";
  const z = 1.96;
  const share = hits / all;
  const middle = share + z ** 2 / (2 * all);
  const half = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  const bounds = [middle - half, middle + half].map((it) => (it / (1 + z ** 2 / all)).toFixed(2));
  return `${hits}/${all} = ${share.toFixed(2)} (${bounds.join(" to ")})`;
}

const loud = new Set();
const any = new Set();
const wrong = [];
const missing = [];
for (const repo of new Set(entries.map((it) => it.repo))) {
  const reports = existsSync(join(trees, repo)) ? reportsOf(repo) : undefined;
  if (reports === undefined) missing.push(repo);
  const files = labelsOf(entries.filter((it) => it.repo === repo));
  for (const { places, ...report } of reports ?? []) {
    const near = places.map(({ path, line }) => files.has(path) && nearest(files.get(path), line));
    const hits = near.flatMap((it) => (it && !it.isDecoy ? [it.of] : []));
    for (const it of hits) any.add(it);
    if (isLoud(report)) for (const it of hits) loud.add(it);
    const [own] = places;
    if (hits.length > 0 || !isLoud(report) || own === undefined || !files.has(own.path)) continue;
    if (!(near[0] && NEUTRAL.has(near[0].of.class))) wrong.push(`${repo}:${own.path}:${own.line} ${report.ruleId}`);
  }
}

const all = entries.flatMap(({ repo, path, findings }) => findings.filter(wanted).map((of) => ({ repo, path, of })));
const found = (set, some) => some.filter(({ of }) => set.has(of)).length;
console.log(`at warning or error: ${interval(found(loud, all), all.length)}; at any level: ${interval(found(any, all), all.length)}`);
const agreed = all.filter(({ of }) => of.both === true);
if (agreed.length > 0)
  console.log(
    `  of those that both readers gave: ${interval(found(loud, agreed), agreed.length)}; at any level: ${interval(found(any, agreed), agreed.length)}`,
  );
console.log(`precision at warning or error: ${interval(loud.size, loud.size + wrong.length)}`);
for (const family of [...new Set(all.map(({ of }) => of.family))].sort()) {
  const some = all.filter(({ of }) => of.family === family);
  console.log(`  ${family}: ${found(loud, some)}/${some.length}`);
}
if (missing.length > 0) console.log(`not there, or not ended: ${missing.join(", ")}`);
if (flags.includes("--list")) {
  for (const { repo, path, of } of all)
    if (!loud.has(of)) console.log(`${any.has(of) ? "quiet" : "missed"} ${repo}:${path}:${of.line} ${of.kind}`);
  for (const it of wrong) console.log(`false ${it}`);
}
