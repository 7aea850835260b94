/**
 * The new engine side by side with the present one, over all Rust fixtures: what either finds and the other does not stands in
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

const RECORD = join(ROOT, "test/fixtures/analysis-differences.txt");

interface Compared {
  readonly equal: number;
  readonly lines: readonly string[];
}

async function compared(fixture: Fixture): Promise<Compared> {
  const [set] = fixture.sets;
  const { manifest, lock } = set === undefined ? { manifest: undefined, lock: undefined } : setFiles(set);
  const file = `/project/${fixture.headers.get("file") ?? "src/main.rs"}`;
  const settings = settingsOf(fixture);
  const files = {
    [file]: fixture.text,
    ...(manifest !== undefined && { "/project/Cargo.toml": manifest }),
    ...(lock !== undefined && { "/project/Cargo.lock": lock }),
    ...(settings !== undefined && { "/project/tlslint.toml": settings }),
  };
  const [now, next] = [await found(files, file, {}), await found(files, file, { engine: "analysis" })];
  const texts = (findings: readonly Finding[]): readonly string[] => findings.map((it) => textOf(it, fixture.text)).toSorted();
  const [before, after] = [texts(now), texts(next)];
  const lines = [
    ...before.filter((it) => !after.includes(it)).map((it) => `  - ${it}`),
    ...after.filter((it) => !before.includes(it)).map((it) => `  + ${it}`),
  ];
  return { equal: before.filter((it) => after.includes(it)).length, lines: lines.length === 0 ? [] : [fixture.name, ...lines] };
}

async function found(
  files: Readonly<Record<string, string>>,
  file: string,
  options: { readonly engine?: "analysis" },
): Promise<readonly Finding[]> {
  const host = memoryHost(files);
  const service = await createLintService(host, { roots: ["/project"], ...options });
  const { findings } = await service.lint(file);
  service.dispose();
  assert.deepEqual(
    host.lines.filter(({ level }) => level === "error"),
    [],
  );
  return findings;
}

function textOf({ severity, rule, place }: Finding, text: string): string {
  const { line, character } = new LineIndex(text).position(place.span.start);
  return `${line + 1}:${character + 1} ${severity} ${rule}`;
}

test("what the two engines find in the fixtures differs where the record says so", async () => {
  const all: Compared[] = [];
  for (const fixture of fixtures()) all.push(await compared(fixture));
  const equal = all.reduce((sum, it) => sum + it.equal, 0);
  const lines = all.flatMap((it) => it.lines);
  const differing = lines.filter((it) => it.startsWith("  ")).length;
  const text = `${equal} findings are the same, ${differing} lines differ: - found by the present engine alone, + by the new one alone.\n\n${lines.join("\n")}\n`;
  if (process.env["UPDATE"] === "1") writeFileSync(RECORD, text);
  else assert.equal(text, readFileSync(RECORD, "utf8"));
  assert.ok(equal > differing, "most findings are the same");
});
