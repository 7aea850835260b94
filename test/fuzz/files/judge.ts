/**
 * Whether the product is what it promises to be on one changed file: it answers whatever it is asked, within its work, without an error
 * of its own, at places that exist, as a fresh service does, and costs no other file its findings.
 */
import { createLintService, type FileReport, type LintService } from "../../../server/src/service/index.ts";
import { type MemoryHost, memoryHost } from "../../harness/memory-host.ts";
import { Dice } from "../dice.ts";
import type { Subject } from "../subject.ts";
import { mutated } from "./mutate.ts";
import { mutatedCode } from "./mutate-code.ts";
import { codeSeeds, KEPT, type Seed, seeds } from "./seeds.ts";

export interface FileInput {
  readonly number: number;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Texts that an editor shows one after the other, before the file is read from the disk. */
  readonly edits: readonly string[];
  /** Other files of the workspace. */
  readonly beside: Readonly<Record<string, string>>;
}

export const mutatedFiles = async (): Promise<Subject<FileInput>> => subjectOf("files", await seeds(), mutated);
/** Each fix is made on the parsed text as a whole, and forty copies of a mistake have as many fixes, each made twice. */
export const mutatedRust = async (): Promise<Subject<FileInput>> => ({ ...subjectOf("rust", codeSeeds(), mutatedCode), seconds: 10 });

type Change = (original: Uint8Array, other: Uint8Array, dice: Dice) => Uint8Array;

const subjectOf = (name: string, all: readonly Seed[], change: Change): Subject<FileInput> => ({
  name,
  input: (seed, number) => inputOf(all, change, new Dice(seed, number), number),
  judge,
  size: ({ bytes, edits }) => bytes.length + edits.length,
  without: ({ bytes, edits, ...rest }, start, count) => ({
    ...rest,
    edits: edits.filter((_, at) => at < start || at >= start + count),
    bytes: bytes.filter((_, at) => at + edits.length < start || at + edits.length >= start + count),
  }),
  files: ({ path, bytes, edits, beside }) => ({
    [`input-${path.slice(path.lastIndexOf("/") + 1)}`]: bytes,
    "around.json": JSON.stringify({ path, edits, beside }, undefined, 1),
  }),
});

function inputOf(all: readonly Seed[], change: Change, dice: Dice, number: number): FileInput {
  const { path, bytes, beside = {} } = dice.one(all);
  const once = (): Uint8Array => change(bytes, dice.one(all).bytes, dice);
  const last = once();
  const edits = dice.below(10) === 0 ? Array.from({ length: 1 + dice.below(4) }, () => new TextDecoder().decode(once())) : [];
  return { number, path, bytes: last, edits, beside };
}

async function judge(input: FileInput): Promise<string | undefined> {
  const kept = input.path.endsWith(".rs") ? KEPT.code : KEPT.settings;
  const host = memoryHost({ ...kept.files, ...input.beside, [input.path]: input.bytes });
  const service = await createLintService(host, { roots: ["/w"] });
  try {
    return (await ask(service, host, input)) ?? (await isLost(service, kept)) ?? failedInside(host);
  } finally {
    service.dispose();
  }
}

async function ask(service: LintService, host: MemoryHost, { number, path, edits }: FileInput): Promise<string | undefined> {
  for (const text of edits) {
    service.open(path, text);
    await service.lint(path);
  }
  if (edits.length > 0) service.close(path);
  const report = await service.lint(path);
  const text = (await service.text(path)) ?? "";
  for (const { place, message } of report.findings) {
    if (place.span.start < 0 || place.span.end < place.span.start || (text !== "" && place.span.end > text.length))
      return `"${message}" stands at ${place.span.start} to ${place.span.end} of ${text.length}`;
  }
  // Each input is asked one of the other questions: most time goes into reading it again.
  const questions = [
    () => service.hover(path, (number * 7) % (text.length + 1)),
    () => service.inspect(path),
    () => service.reissue(path),
    () => service.planFixes([path], { allowed: "choice" }),
  ];
  await questions[number % questions.length]?.();
  for (const finding of report.findings.slice(0, 2)) await service.suppressions(path, finding);
  return edits.length === 0 ? undefined : asAFreshOne(report, path, host);
}

async function isLost(service: LintService, { path, rule }: { readonly path: string; readonly rule: string }): Promise<string | undefined> {
  const { findings } = await service.lint(path);
  return findings.some((it) => it.rule === rule) ? undefined : `${path} lost its finding`;
}

function failedInside({ lines }: MemoryHost): string | undefined {
  const failed = lines.find(({ level }) => level === "error");
  return failed && `failed inside: ${failed.message.split("\n").slice(0, 4).join("\n")}`;
}

/** A service that lived through edits says what a new one says. */
async function asAFreshOne(report: FileReport, path: string, host: MemoryHost): Promise<string | undefined> {
  const fresh = await createLintService(host, { roots: ["/w"] });
  const same = JSON.stringify(await fresh.lint(path)) === JSON.stringify(report);
  fresh.dispose();
  return same ? undefined : "edits left something behind";
}
