/**
 * The new engine side by side with the present one, over all Rust fixtures and workspaces: what either finds and the other does not stands in
 * `test/fixtures/analysis-differences.txt`, so that nothing changes unseen. `UPDATE=1` writes it.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { LineIndex } from "../server/src/base/line-index.ts";
import type { Finding } from "../server/src/service/api.ts";
import { createLintService } from "../server/src/service/index.ts";
import { type Fixture, fixtures, ROOT, setFiles, settingsOf } from "./harness/fixtures.ts";
import { memoryHost } from "./harness/memory-host.ts";
import { workspaces } from "./harness/workspaces.ts";

const RECORD = join(ROOT, "test/fixtures/analysis-differences.txt");

interface Compared {
  readonly equal: number;
  readonly lines: readonly string[];
}

async function fixtureCompared(fixture: Fixture): Promise<Compared> {
  const [set] = fixture.sets;
  const { manifest, lock } = set === undefined ? { manifest: undefined, lock: undefined } : setFiles(set);
  const settings = settingsOf(fixture);
  return compared(fixture.name, {
    [`/project/${fixture.headers.get("file") ?? "src/main.rs"}`]: fixture.text,
    ...(manifest !== undefined && { "/project/Cargo.toml": manifest }),
    ...(lock !== undefined && { "/project/Cargo.lock": lock }),
    ...(settings !== undefined && { "/project/tlslint.toml": settings }),
  });
}

async function compared(name: string, files: Readonly<Record<string, string>>): Promise<Compared> {
  const [before, after] = [await found(files, {}), await found(files, { engine: "analysis" })];
  const lines = [
    ...before.filter((it) => !after.includes(it)).map((it) => `  - ${it}`),
    ...after.filter((it) => !before.includes(it)).map((it) => `  + ${it}`),
  ];
  return { equal: before.filter((it) => after.includes(it)).length, lines: lines.length === 0 ? [] : [name, ...lines] };
}

/** In all of its Rust files. */
async function found(files: Readonly<Record<string, string>>, options: { readonly engine?: "analysis" }): Promise<readonly string[]> {
  const host = memoryHost(files);
  const service = await createLintService(host, { roots: ["/project"], ...options });
  const all: string[] = [];
  const rust = Object.entries(files).filter(([path]) => path.endsWith(".rs"));
  for (const [path, text] of rust) {
    const { findings } = await service.lint(path);
    all.push(...findings.map((it) => `${rust.length > 1 ? `${path.slice("/project/".length)} ` : ""}${textOf(it, text)}`));
  }
  service.dispose();
  assert.deepEqual(
    host.lines.filter(({ level }) => level === "error"),
    [],
  );
  return all.toSorted();
}

function textOf({ severity, rule, place }: Finding, text: string): string {
  const { line, character } = new LineIndex(text).position(place.span.start);
  return `${line + 1}:${character + 1} ${severity} ${rule}`;
}

test("what the two engines find in fixtures and workspaces differs where the record says so", async () => {
  const all: Compared[] = [];
  for (const fixture of fixtures()) all.push(await fixtureCompared(fixture));
  for (const { name, files } of workspaces()) {
    const texts = [...files].map(([path, { text }]) => [`/project/${path}`, text]);
    all.push(await compared(`workspaces/${name}`, Object.fromEntries(texts)));
  }
  const equal = all.reduce((sum, it) => sum + it.equal, 0);
  const lines = all.flatMap((it) => it.lines);
  const differing = lines.filter((it) => it.startsWith("  ")).length;
  const text = `${equal} findings are the same, ${differing} lines differ: - found by the present engine alone, + by the new one alone.\n\n${lines.join("\n")}\n`;
  if (process.env["UPDATE"] === "1") writeFileSync(RECORD, text);
  else assert.equal(text, readFileSync(RECORD, "utf8"));
  assert.ok(equal > differing, "most findings are the same");
});
