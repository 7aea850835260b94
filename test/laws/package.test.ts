/** What is shipped: exactly the files of a committed list, no private key, nothing that talks to a network, and not much of it. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import manifest from "../../package.json" with { type: "json" };
import { rulePages } from "../../server/src/service/rule-pages.ts";
import { ROOT } from "../harness/fixtures.ts";
import { unzip } from "./zip.ts";

/** Of the whole extension, in bytes: what grows beyond it is to be looked at. */
const LARGEST = 1325 * 1024;
const LISTS = join(ROOT, "test/laws/packages");

interface Packer {
  stage(folder: string): Promise<void>;
  pack(folder: string, file: string): Promise<string>;
}

let folder = "";
let archive = Buffer.alloc(0);
let extension: ReadonlyMap<string, Buffer> = new Map();

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "tlslint-package-"));
  const { stage, pack }: Packer = await import(pathToFileURL(join(ROOT, "scripts/package.mjs")).href);
  await stage(join(folder, "stage"));
  archive = readFileSync(await pack(join(folder, "stage"), join(folder, "tlslint.vsix")));
  const inside = [...unzip(archive)].filter(([name]) => name.startsWith("extension/"));
  extension = new Map(inside.map(([name, content]) => [name.slice("extension/".length), content]));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** One file a line, the pages of the rules as one; `UPDATE=1` writes what is there. */
function isListed(list: string, files: readonly string[]): void {
  const path = join(LISTS, list);
  const pages = [...rulePages().flatMap(({ url }) => /docs\/rules\/[a-z-]+\.md$/.exec(url)?.[0] ?? []), "docs/rules/README.md"];
  assert.ok(pages.length > 20);
  // Parts of a bundle have the hashes of their contents in their names.
  const others = new Set(files.map((it) => it.replace(/^(server\/out\/cli\/).+\.js$/, "$1*.js")));
  assert.deepEqual(
    pages.filter((page) => !others.delete(page)),
    [],
    "each rule has its page",
  );
  const text = `${[...others, "docs/rules/*.md"].toSorted().join("\n")}\n`;
  if (process.env["UPDATE"]) writeFileSync(path, text);
  assert.equal(text, readFileSync(path, "utf8"), `${list} differs: look, then UPDATE=1 node scripts/test.mjs laws/package`);
}

test("the extension holds what is listed", () => isListed("vsix.txt", [...extension.keys()]));

test("the npm package holds what is listed", () => {
  const shell = process.platform === "win32";
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: join(folder, "stage"),
    encoding: "utf8",
    shell,
  });
  const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(output);
  isListed(
    "npm.txt",
    files.map(({ path }) => path),
  );
});

test("the extension is small", (context) => {
  context.diagnostic(`the .vsix has ${(archive.length / 1024).toFixed(0)} KiB`);
  assert.ok(archive.length < LARGEST, `${archive.length} bytes`);
});

test("no private key is shipped", () => {
  const key = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{64,}/;
  for (const [name, content] of extension) assert.doesNotMatch(content.toString("latin1"), key, name);
});

test("the bundles need nothing but Node and VS Code, and nothing that talks HTTP, TLS or UDP", () => {
  for (const [name, content] of extension) {
    if (!name.endsWith(".js")) continue;
    const needed = new Set(
      [...content.toString("utf8").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, module = ""]) => module.replace(/^node:/, "")),
    );
    assert.ok(needed.size > 0);
    assert.deepEqual(
      [...needed].filter((it) => it !== "vscode" && !isBuiltin(it)),
      [],
      name,
    );
    assert.deepEqual(
      [...needed].filter((it) => ["http", "https", "http2", "tls", "dgram", "dns"].includes(it)),
      [],
      name,
    );
  }
});

test("what the manifest names is there", () => {
  const { icon, main, contributes } = manifest;
  const paths = [
    icon,
    main,
    ...contributes.grammars.map(({ path }) => path),
    ...contributes.languages.flatMap(({ configuration }) => configuration),
    ...contributes.viewsContainers.activitybar.map((it) => it.icon),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ media: { image } }) => Object.values(image))),
  ];
  assert.deepEqual(
    paths.filter((path) => !extension.has(posix.normalize(path))),
    [],
  );
});

test("the pictures of the walkthrough are few bytes", () => {
  const pictures = [...extension].filter(([name]) => /\.(?:webp|png|svg)$/.test(name));
  assert.ok(pictures.reduce((sum, [, content]) => sum + content.length, 0) <= 150 * 1024);
});

test("each command of the manifest is registered, and the other way round", () => {
  const names = readFileSync(join(ROOT, "client/src/command-names.ts"), "utf8");
  const sources = readdirSync(join(ROOT, "client/src"), { recursive: true, encoding: "utf8" }).filter((it) => it.endsWith(".ts"));
  const commands = sources.map((it) => readFileSync(join(ROOT, "client/src", it), "utf8")).join("\n");
  const registered = [...names.matchAll(/const (\w+) = "(tlslint\.\w+)"/g)].flatMap(([, name, command = ""]) =>
    commands.includes(`registerCommand(${name},`) ? [command] : [],
  );
  const internal = [
    "tlslint.copyText",
    "tlslint.copyValue",
    "tlslint.explainFinding",
    "tlslint.selectPlaceholder",
    "tlslint.showMore",
    "tlslint.showMoreOfTimeline",
    "tlslint.showUses",
  ];
  assert.deepEqual([...manifest.contributes.commands.map(({ command }) => command), ...internal].toSorted(), registered.toSorted());
});

test("it works before a folder is trusted", () => {
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
  assert.ok(
    manifest.activationEvents.every((it) => /^(onLanguage|workspaceContains):/.test(it)),
    "nothing runs where it is not needed",
  );
});
