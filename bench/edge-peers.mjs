/**
 * What other tools find of TLS between an edge and its services: the fixtures of proxies and deployments, and the example, without marks,
 * through tlslint and through each of gixy, gixy-next, Checkov and Trivy that is installed, in one run. Which of their rules are about what is
 * written down here; their other rules are counted as others.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildAll } from "../scripts/build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const CLI = join(root, "server/out/cli.js");

/** Questions, with the rules of each tool that answer them. */
const QUESTIONS = [
  [
    "who gets through without a certificate of a known CA",
    ["optional-client-auth", "no-client-auth", "accept-any-client", "unenforced-client-ca", "unchecked-crl"],
    [],
  ],
  ["who the service takes its client for", ["unverified-forwarded-identity", "spoofable-identity-header", "trusted-proxy-header"], []],
  ["whether the service is verified", ["disabled-verification", "disabled-hostname-verification"], []],
  ["plaintext behind client certificates", ["plaintext-upstream"], []],
  ["a way round the proxy", ["bypassable-proxy"], ["CKV_K8S_26", "KSV-0024", "KSV024", "AVD-KSV-0024"]],
  ["versions, suites, early data", ["obsolete-protocol", "weak-cipher", "early-data"], ["weak_ssl_tls"]],
];

const FOLDERS = ["nginx", "apache", "haproxy", "caddy", "envoy", "traefik", "kubernetes"];

/** Marks are comments of lines of their own. */
const bare = (text) => text.replaceAll(/^[ \t]*(?:#|\/\/)[ \t]*(?:\^+|<-) (?:error|warning|info|hint) .*\n/gm, "");

function writtenTo(folder) {
  for (const product of FOLDERS) {
    const from = join(root, "test/fixtures/settings", product);
    for (const name of readdirSync(from).filter((it) => !it.includes(".fixed."))) {
      const text = readFileSync(join(from, name), "utf8");
      const [, file = name] = /^#@ file: (.*)$/m.exec(text) ?? [];
      const to = join(folder, `${product}-${name.replaceAll(".", "-")}`, file);
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, bare(text));
    }
  }
  for (const name of readdirSync(join(root, "test/fixtures/edges")))
    cpSync(join(root, "test/fixtures/edges", name), join(folder, name), { recursive: true });
  cpSync(join(root, "examples/actix-behind-nginx"), join(folder, "actix-behind-nginx"), { recursive: true });
  for (const it of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (it.isFile()) writeFileSync(join(it.parentPath, it.name), bare(readFileSync(join(it.parentPath, it.name), "utf8")));
}

const run = (program, args, options = {}) => spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
const isThere = (program) => run(program, ["--version"]).error === undefined;
const jsonIn = (text, empty) => {
  try {
    return JSON.parse(text);
  } catch {
    return empty;
  }
};

const listOf = (value) => (Array.isArray(value) ? value : [value]);

/** By tool: the rules of what it finds in a folder of projects. */
const TOOLS = {
  tlslint: (folder) =>
    readdirSync(folder).flatMap((name) => {
      const { stdout } = run(process.execPath, [CLI, "check", join(folder, name), "--format", "json", "--fail-on", "error"]);
      return (jsonIn(stdout, {}).files ?? []).flatMap(({ findings }) =>
        findings.filter((it) => it.suppressed === undefined).map(({ rule }) => rule),
      );
    }),
  ...Object.fromEntries(
    ["gixy", "gixy-next"].map((program) => [
      program,
      (folder) =>
        readdirSync(folder, { recursive: true })
          .filter((it) => it.endsWith(".conf") && it.includes("nginx"))
          .flatMap((it) => listOf(jsonIn(run(program, ["-f", "json", join(folder, it)]).stdout, [])).map(({ plugin }) => plugin)),
    ]),
  ),
  checkov: (folder) =>
    listOf(jsonIn(run("checkov", ["-d", folder, "--framework", "kubernetes", "--quiet", "--compact", "-o", "json"]).stdout, [])).flatMap(
      (it) => (it.results?.failed_checks ?? []).map(({ check_id }) => check_id),
    ),
  trivy: (folder) =>
    (jsonIn(run("trivy", ["config", "--quiet", "--skip-check-update", "--format", "json", folder]).stdout, {}).Results ?? []).flatMap(
      (it) => (it.Misconfigurations ?? []).map(({ ID, AVDID }) => ID ?? AVDID),
    ),
};

await buildAll();
const folder = mkdtempSync(join(tmpdir(), "edge-peers-"));
try {
  writtenTo(folder);
  const found = Object.entries(TOOLS)
    .filter(([name]) => name === "tlslint" || isThere(name))
    .map(([name, rulesIn]) => [name, rulesIn(folder)]);
  const row = (cells) => console.log(`| ${cells.join(" | ")} |`);
  row(["", ...found.map(([name]) => name)]);
  row(["---", ...found.map(() => "---:")]);
  const counted = new Set(QUESTIONS.flatMap(([, own, others]) => [...own, ...others]));
  for (const [question, own, others] of QUESTIONS)
    row([question, ...found.map(([, rules]) => rules.filter((it) => own.includes(it) || others.includes(it)).length)]);
  row(["other rules", ...found.map(([, rules]) => rules.filter((it) => !counted.has(it)).length)]);
  for (const [name, rules] of found) {
    const others = [...new Set(rules.filter((it) => !counted.has(it)))].sort();
    console.log(`${name}, others: ${others.join(" ")}`);
  }
  console.log(
    `files: ${readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile()).length} in ${relative(tmpdir(), folder)}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
