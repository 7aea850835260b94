/** What is shipped of others is named with its licence and in a bill of materials, and the same sources make the same bytes. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { build, stop } from "esbuild";
import manifest from "../../package.json" with { type: "json" };
import lock from "../../package-lock.json" with { type: "json" };
import { MISTAKEN } from "../cli/cli.ts";
import { ROOT } from "../harness/fixtures.ts";

interface Packer {
  stage(folder: string): Promise<void>;
  pack(folder: string, file: string): Promise<string>;
}

const folder = mkdtempSync(join(tmpdir(), "tlslint-supply-"));
after(() => rmSync(folder, { recursive: true, force: true }));
after(stop);
const staged = join(folder, "stage");
let bill: Bill = { components: [], dependencies: [] };
let licences = "";

interface Component {
  readonly name: string;
  readonly group?: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly content: string }[];
}
interface Bill {
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

before(async () => {
  const { stage }: Packer = await import(pathToFileURL(join(ROOT, "scripts/package.mjs")).href);
  await stage(staged);
  bill = JSON.parse(readFileSync(join(staged, "sbom.cdx.json"), "utf8"));
  licences = readFileSync(join(staged, "THIRD-PARTY-LICENSES.txt"), "utf8");
});

const nameOf = ({ group, name }: Component): string => (group === undefined ? name : `${group}/${name}`);

/** Asked of the bundler once more, and not by the script that is tested: every package of which a byte is in a bundle. */
async function bundled(): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const entry of ["client/src/extension.ts", "server/src/main-lsp.ts", "server/src/main-cli.ts"]) {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      external: ["vscode"],
      conditions: ["browser"],
      minify: true,
      metafile: true,
      write: false,
      outfile: "out.js",
      logLevel: "error",
    });
    for (const { inputs } of Object.values(metafile.outputs))
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const found = path.split("node_modules/").at(-1)?.split("/") ?? [];
        if (path.includes("node_modules/") && bytesInOutput > 0) names.add(found.slice(0, found[0]?.startsWith("@") ? 2 : 1).join("/"));
      }
  }
  return names;
}

test("the bill of materials names every package that is in a bundle, and no other", async () => {
  const expected = new Set(await bundled());
  assert.ok(expected.size > 10);
  assert.deepEqual([...new Set(bill.components.map(nameOf))].sort(), [...expected].sort());
  assert.deepEqual(
    bill.dependencies[0]?.dependsOn,
    bill.components.map(({ purl }) => purl),
  );
});

test("each has its version and the digest of the lock file", () => {
  for (const component of bill.components) {
    const found = Object.entries(lock.packages).flatMap(([path, it]) =>
      path.endsWith(`node_modules/${nameOf(component)}`) && "integrity" in it && it.version === component.version ? [it.integrity] : [],
    );
    const [digest = ""] = found;
    assert.equal(component.hashes?.[0]?.content, Buffer.from(digest.slice("sha512-".length), "base64").toString("hex"), nameOf(component));
  }
});

test("the bill of materials is one by the schema of CycloneDX", () => {
  const schemas = join(createRequire(join(ROOT, "package.json")).resolve("@cyclonedx/cyclonedx-library"), "../../res/schema");
  const read = (name: string): object => JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), "utf8"));
  const ajv = new Ajv({ strict: false, validateFormats: true });
  addFormats(ajv);
  ajv.addFormat("iri-reference", true);
  ajv.addFormat("idn-email", true);
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"])
    ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  const validate = ajv.compile(read("bom-1.6"));
  assert.equal(validate(bill), true, JSON.stringify(validate.errors));
  assert.equal(validate({ ...bill, components: [{ type: "library" }] }), false, "the schema asks for something");
});

test("each package has its licence, as its own text, and one that allows to ship it", () => {
  for (const component of bill.components) {
    const name = nameOf(component);
    const home = join(ROOT, "node_modules", name);
    const { license } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    assert.match(String(license), /^(?:MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|BlueOak-1\.0\.0|Unicode-3\.0)$/, name);
    assert.ok(licences.includes(`\n${name} ${component.version}, ${license}\n`), name);
    const texts = readdirSync(home).filter((it) => /^licen[cs]e/i.test(it));
    assert.ok(texts.length > 0, `${name} brings no licence`);
    for (const file of texts)
      assert.ok(licences.includes(readFileSync(join(home, file), "utf8").replaceAll("\r\n", "\n").trim()), `${name}: ${file}`);
  }
});

/** Every file with its digest. */
function digests(at: string, inside = ""): readonly string[] {
  return readdirSync(join(at, inside), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(inside, entry.name);
      return entry.isDirectory()
        ? digests(at, path)
        : [
            `${path} ${createHash("sha256")
              .update(readFileSync(join(at, path)))
              .digest("hex")}`,
          ];
    });
}

test("`npx tlslint` runs the npm package in a clean folder, without a registry and without scripts", () => {
  const home = join(folder, "home");
  const crate = join(home, "crate");
  mkdirSync(join(crate, "src"), { recursive: true });
  for (const [name, text] of Object.entries(MISTAKEN)) writeFileSync(join(crate, name), text);
  const npm = (command: string, args: readonly string[], cwd: string) =>
    spawnSync(command, args, {
      cwd,
      encoding: "utf8",
      shell: process.platform === "win32",
      env: { PATH: process.env["PATH"], HOME: home, npm_config_cache: join(home, "npm"), npm_config_offline: "true", NO_COLOR: "1" },
    });
  const packed: readonly { readonly filename: string }[] = JSON.parse(
    npm("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", home], staged).stdout,
  );
  const from = ["--yes", "--ignore-scripts", `--package=${join(home, packed[0]?.filename ?? "")}`];
  const { status, stdout, stderr } = npm("npx", [...from, "tlslint", "check", "--format", "concise"], crate);
  assert.deepEqual([status, stderr], [1, ""]);
  assert.match(stdout, /^src\/main\.rs:5:38: error\[disabled-verification\]/);
  assert.equal(npm("npx", [...from, "cargo-tlslint", "tlslint", "--version"], crate).stdout, `tlslint ${manifest.version}\n`);
});

test("built again in another folder, at another time, both packages have the same bytes", async () => {
  const elsewhere = join(folder, "elsewhere", "deeper");
  for (const name of [...new Set(readdirSync(ROOT))].filter((it) => !["node_modules", ".git", "test", "tools", "bench"].includes(it)))
    cpSync(join(ROOT, name), join(elsewhere, name), { recursive: true, filter: (it) => !/[\\/](?:out|target)$/.test(it) });
  symlinkSync(join(ROOT, "node_modules"), join(elsewhere, "node_modules"));
  const again = join(folder, "again");
  const script = `import { stage, pack } from "./scripts/package.mjs"; await stage(${JSON.stringify(again)}); await pack(${JSON.stringify(again)}, ${JSON.stringify(join(folder, "again.vsix"))});`;
  execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: elsewhere, stdio: ["ignore", "ignore", "inherit"] });
  assert.deepEqual(digests(again), digests(staged));
  const { pack }: Packer = await import(pathToFileURL(join(ROOT, "scripts/package.mjs")).href);
  await pack(staged, join(folder, "first.vsix"));
  assert.ok(readFileSync(join(folder, "first.vsix")).equals(readFileSync(join(folder, "again.vsix"))), "the .vsix");
  const packed = [staged, again].map((cwd) => {
    const [{ filename }]: [{ filename: string }] = JSON.parse(
      execFileSync("npm", ["pack", "--json", "--ignore-scripts"], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
    return readFileSync(join(cwd, filename));
  });
  assert.ok(packed[0]?.equals(packed[1] ?? Buffer.alloc(0)), "the npm package");
  assert.ok(manifest.version.length > 0);
});
