/** That findings stay while somebody types, and that next to none flash: many programs, lines of each typed again. `PROGRAMS=120 LINES=2` tries more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding, LintService } from "../../server/src/service/api.ts";
import { createLintService } from "../../server/src/service/index.ts";
import { forTyping } from "../../server/src/service/typing/typing-service.ts";
import { type Fixture, fixtures, setFiles } from "../harness/fixtures.ts";
import { memoryHost } from "../harness/memory-host.ts";
import { type Calm, replayed, retyped } from "./replay.ts";

const FILE = "/project/src/main.rs";
const PROGRAMS = Number(process.env["PROGRAMS"] ?? 40);
const LINES = Number(process.env["LINES"] ?? 1);

/** Every so many of those that say something aloud. */
function chosen(): readonly Fixture[] {
  const all = fixtures().filter(
    (it) => it.sets.length > 0 && it.headers.get("file") === undefined && /\^ (?:error|warning) /.test(it.text),
  );
  const step = Math.max(1, Math.floor(all.length / PROGRAMS));
  return all.filter((_, at) => at % step === 0).slice(0, PROGRAMS);
}

function serviceOf({ sets: [set = ""] }: Fixture, text: string): Promise<LintService> {
  const { manifest, lock } = setFiles(set);
  const files = { [FILE]: text, "/project/Cargo.toml": manifest, ...(lock === undefined ? {} : { "/project/Cargo.lock": lock }) };
  return createLintService(memoryHost(files), { roots: ["/project"] });
}

async function fresh(fixture: Fixture, text: string): Promise<readonly Finding[]> {
  const service = await serviceOf(fixture, text);
  const { findings } = await service.lint(FILE);
  service.dispose();
  return findings;
}

/** Lines that are more than a bracket, some of all that there are. */
function linesOf(text: string): readonly number[] {
  const all = text.split("\n").flatMap((it, at) => (/^\s+[^/\s].*\w.*[^,{]$/.test(it) ? [at] : []));
  return Array.from({ length: LINES }, (_, at) => all[Math.floor(((at + 0.5) * all.length) / LINES)] ?? 0);
}

test("findings stay while a line is typed, and what is not yet meant is not judged", {
  timeout: 600_000,
}, async (context) => {
  const calms: Calm[] = [];
  for (const fixture of chosen()) {
    const service = forTyping(await serviceOf(fixture, fixture.text));
    service.open(FILE, fixture.text);
    for (const line of linesOf(fixture.text))
      for (const closes of [true, false])
        calms.push(await replayed(service, FILE, retyped(fixture.text, line, closes), (text) => fresh(fixture, text)));
    service.dispose();
  }
  const missing = calms.flatMap((it) => it.missing);
  const wrong = calms.flatMap((it) => it.wrong);
  const [expected, shown] = [calms.reduce((sum, it) => sum + it.expected, 0), calms.reduce((sum, it) => sum + it.shown, 0)];
  context.diagnostic(`${missing.length} of ${expected} missing, ${wrong.length} of ${shown} wrong`);
  assert.ok(calms.every((it) => it.settles));
  assert.ok(expected > 1000, `${expected}`);
  assert.ok(missing.length <= 0.005 * expected, missing.slice(0, 20).join("\n"));
  assert.ok(wrong.length <= 0.005 * shown, wrong.slice(0, 20).join("\n"));
});
