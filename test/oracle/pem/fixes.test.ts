/**
 * What fixes make of damaged files: then both loaders read every certificate that was meant, byte for byte and in the order of the chain, or
 * the file says what is wrong with it. Fixes come to an end and never cost a reader a section. `docs/pem-fixes.md` is the table.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { folder, tlslint } from "../../cli/cli.ts";
import { ROOT } from "../../harness/fixtures.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { startEditor } from "../../lsp/editor.ts";
import { serverBundle } from "../../lsp/server-bundle.ts";
import { HOST, NOW } from "../chain.ts";
import { askWebpki } from "../real.ts";
import { CHAIN, type Damaged, damagedFiles } from "./damages.ts";
import { opensslReader, type Reader, rustlsReader } from "./readers.ts";
import { printOf, RULES } from "./silence.ts";

const PATH = "/project/chain.pem";
const PAGE = join(ROOT, "docs/pem-fixes.md");
const server = serverBundle();

interface Outcome {
  readonly file: Uint8Array;
  /** Rules of what is found in it about how it is read. */
  readonly told: readonly string[];
  readonly again: number;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function fixed({ file }: Damaged, allowed: "safe" | "review"): Promise<Outcome> {
  const plan = async (content: Uint8Array) => {
    const service = await createLintService(memoryHost({ [PATH]: content }, NOW * 1000), { roots: ["/project"] });
    const { groups, left } = await service.planFixes([PATH], { allowed });
    const after = groups.flat().find((it) => it.file === PATH)?.after;
    return { after, told: left.flatMap((it) => it.findings.map(({ rule }) => rule)).filter((it) => RULES.has(it)) };
  };
  const { after, told } = await plan(file);
  const result = after === undefined ? file : utf8(after);
  return { file: result, told, again: (await plan(result)).after === undefined ? 0 : 1 };
}

/** Of what a reader printed: the sections without their labels, and without the error that ended it. */
const sectionsIn = (answer: string): readonly string[] =>
  answer.split(" ").flatMap((it) => (it === "" || it === "!" ? [] : [it.slice(it.indexOf(":") + 1)]));

/** In the order of the chain, but for the key, which may stand anywhere. */
const WANTED = CHAIN.map(printOf);
const KEY = WANTED.at(-1);
/** A fix may move the key to a file of its own, and take the root out, which whoever trusts it has. */
const OPTIONAL = new Set([KEY, WANTED.at(-2)]);

function readWhole(answer: string, { meant }: Damaged): boolean {
  const needed = WANTED.filter((it) => meant.some((one) => printOf(one) === it));
  const read = sectionsIn(answer);
  const kept = needed.filter((it) => read.includes(it) || !OPTIONAL.has(it));
  return read.length === kept.length && certificatesIn(answer).join(" ") === kept.filter((it) => it !== KEY).join(" ");
}

const certificatesIn = (answer: string): readonly string[] => sectionsIn(answer).filter((it) => it !== KEY);

const lost = (before: string, after: string): boolean =>
  sectionsIn(before).some((it) => !OPTIONAL.has(it) && !sectionsIn(after).includes(it));

interface Readers {
  readonly rustls: Reader;
  readonly OpenSSL: Reader;
}
function readers(): Readers | string {
  const OpenSSL = opensslReader();
  return typeof OpenSSL === "string" ? OpenSSL : { rustls: rustlsReader(), OpenSSL };
}

const nameOf = ({ damage, shape, order }: Damaged): string => `${damage}, ${shape}, ${order}`;

test("fixes end in what both loaders read, or the file says what is wrong", async (t) => {
  const both = readers();
  if (typeof both === "string") return t.skip(both);
  const all = damagedFiles();
  const rows = new Map<string, string[]>();
  const before = [both.rustls(all.map((it) => it.file)), both.OpenSSL(all.map((it) => it.file))];
  const verdicts = new Set<string>();
  for (const allowed of ["safe", "review"] as const) {
    const outcomes: Outcome[] = [];
    for (const it of all) outcomes.push(await fixed(it, allowed));
    const files = outcomes.map((it) => it.file);
    const after = [both.rustls(files), both.OpenSSL(files)];
    const counts = new Map<string, { read: number; told: number }>();
    for (const [at, it] of all.entries()) {
      const name = `${allowed}: ${nameOf(it)}`;
      const { told, again } = outcomes[at] ?? { told: [], again: 1 };
      assert.equal(again, 0, `${name}: fixes come to an end`);
      for (const one of [0, 1]) assert.ok(!lost(before[one]?.[at] ?? "", after[one]?.[at] ?? ""), `${name}: nothing is lost`);
      const isRead = after.every((answers) => readWhole(answers[at] ?? "", it));
      assert.ok(isRead || told.length > 0, `${name}: read, or told: ${after.map((answers) => answers[at]).join(" | ")}`);
      const count = counts.get(it.damage) ?? { read: 0, told: 0 };
      count[isRead ? "read" : "told"]++;
      counts.set(it.damage, count);
      if (isRead) verdicts.add(certificatesIn(after[0]?.[at] ?? "").join(" "));
    }
    for (const [damage, { read, told }] of counts)
      rows.set(damage, [...(rows.get(damage) ?? []), told === 0 ? `${read}` : read === 0 ? `told, ${told}` : `${read}; told, ${told}`]);
  }
  assertAccepted(verdicts);
  const table = [...rows].map(([damage, cells]) => `| ${[damage, ...cells].join(" | ")} |`).join("\n");
  const page = readFileSync(PAGE, "utf8");
  const made = page.replace(/(\| --- \| --- \| --- \|\n)[\s\S]*$/, `$1${table}\n`);
  if (process.env["UPDATE"]) writeFileSync(PAGE, made);
  assert.equal(made, page, "docs/pem-fixes.md is current: UPDATE=1 makes it anew");
});

/** Each list of sections that was read, as the chain that a server sends: one with the intermediate is accepted. */
function assertAccepted(read: ReadonlySet<string>): void {
  const byPrint = new Map(CHAIN.map((der) => [printOf(der), der]));
  const root = CHAIN.at(-2) ?? new Uint8Array();
  const lists = [...read].map((it) => it.split(" ").flatMap((one) => byPrint.get(one) ?? [])).filter((it) => it.length > 1);
  assert.ok(lists.length > 2);
  const questions = lists.map(([leaf = new Uint8Array(), ...intermediates]) => ({
    scenario: { id: "fixed", leaf, intermediates, roots: [root], host: HOST, now: NOW },
    role: "server" as const,
  }));
  for (const [stack, answers] of askWebpki(join(ROOT, "test/oracle/Cargo.toml"), questions))
    assert.deepEqual(
      answers.map((it) => it.accepted),
      lists.map(() => true),
      stack,
    );
}

const ALL = damagedFiles();

test("the command line writes what the service plans", async (context) => {
  const cwd = folder(context, Object.fromEntries(ALL.map((it, at) => [`${at}/chain.pem`, it.file])));
  tlslint(cwd, ["check", "--fix-review"]);
  // Files beside each other are compared: one may have what another lacks.
  const files = Object.fromEntries(ALL.map((it, at) => [`/project/${at}/chain.pem`, it.file]));
  const service = await createLintService(memoryHost(files, NOW * 1000), { roots: ["/project"] });
  const { groups } = await service.planFixes(Object.keys(files), { allowed: "review" });
  const planned = new Map(groups.flat().map((it) => [it.file, it.after]));
  for (const [at, it] of ALL.entries()) {
    const after = planned.get(`/project/${at}/chain.pem`);
    const written = Uint8Array.from(readFileSync(join(cwd, `${at}/chain.pem`)));
    assert.deepEqual(written, after === undefined ? it.file : utf8(after), nameOf(it));
  }
});

test("an editor's quick fixes end there, too", async (context) => {
  const both = readers();
  if (typeof both === "string") return context.skip(both);
  const editor = await startEditor(context, { server: server() });
  // An editor has no document of UTF-16.
  const cases = ALL.filter(({ damage }) => !damage.startsWith("UTF-16"));
  const results: Uint8Array[] = [];
  const told = new Set<number>();
  for (const [at, it] of cases.entries()) {
    const uri = await editor.open(`${at}/chain.pem`, new TextDecoder("utf-8", { ignoreBOM: true }).decode(it.file), "pem");
    for (let round = 0; ; round++) {
      assert.ok(round < 10, `${nameOf(it)}: fixes come to an end`);
      const [diagnostic] = (await editor.diagnostics(uri)).filter((one) => RULES.has(String(one.code)));
      if (diagnostic === undefined) break;
      const actions = await editor.codeActions(uri, diagnostic.range, ["quickfix"], [diagnostic]);
      const [first] = actions.filter(({ title }) => !title.startsWith("Suppress "));
      const fix = first && (await editor.resolve(first));
      if (fix?.edit === undefined) {
        told.add(at);
        break;
      }
      const text = editor.applied(uri, fix);
      await editor.change(uri, [{ text }], text);
    }
    results.push(utf8(editor.text(uri)));
  }
  const answers = [both.rustls(results), both.OpenSSL(results)];
  // Which of them stand first is another rule's matter, and what lies in the other files may be put in.
  const reads = (answer: string, { meant }: Damaged): boolean =>
    !answer.includes("!") && meant.map(printOf).every((it) => OPTIONAL.has(it) || sectionsIn(answer).includes(it));
  const unread = cases.filter((it, at) => !told.has(at) && !answers.every((one) => reads(one[at] ?? "", it)));
  context.diagnostic(`${cases.length} files, ${told.size} of them told to be damaged`);
  assert.deepEqual(unread.map(nameOf), []);
});
