/**
 * Whether the product is what it promises to be on one input: it answers whatever it is asked, within its work, without an error of its
 * own, at places that exist, the same twice, and costs no other file its findings.
 */
import { createLintService, type FileReport, type LintService } from "../../server/src/service/index.ts";
import { type MemoryHost, memoryHost } from "../harness/memory-host.ts";
import { Dice } from "./dice.ts";
import { mutated } from "./mutate.ts";
import { KEPT, type Seed } from "./seeds.ts";

/** Of the processor's time. Inputs have some kilobytes: what takes longer is not linear. */
const SECONDS = 2;

export interface Input {
  readonly number: number;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Texts that an editor shows one after the other, before the file is read from the disk. */
  readonly edits: readonly string[];
}

export function inputOf(all: readonly Seed[], seed: number, number: number): Input {
  const dice = new Dice(seed, number);
  const { path, bytes } = dice.one(all);
  const change = (it: Uint8Array): Uint8Array => mutated(it, dice.one(all).bytes, dice);
  const last = change(bytes);
  const edits = dice.below(10) === 0 ? Array.from({ length: 1 + dice.below(4) }, () => new TextDecoder().decode(change(bytes))) : [];
  return { number, path, bytes: last, edits };
}

/** What is wrong, in a few words; undefined where nothing is. */
export async function judge(input: Input): Promise<string | undefined> {
  const before = process.cpuUsage();
  const host = memoryHost({ [KEPT.path]: KEPT.bytes, [input.path]: input.bytes });
  const service = await createLintService(host, { roots: ["/w"] });
  try {
    const wrong = await ask(service, host, input);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    return wrong ?? (seconds > SECONDS ? `took ${seconds.toFixed(1)} s` : undefined);
  } catch (error) {
    return `threw ${error instanceof Error ? firstLines(error) : String(error)}`;
  } finally {
    service.dispose();
  }
}

const firstLines = (error: Error): string => (error.stack ?? error.message).split("\n").slice(0, 4).join("\n");

async function ask(service: LintService, host: MemoryHost, { number, path, edits }: Input): Promise<string | undefined> {
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
    () => service.planFixes([path], { allowed: "review" }),
  ];
  await questions[number % questions.length]?.();
  for (const finding of report.findings.slice(0, 2)) await service.suppression(path, finding);
  const kept = await service.lint(KEPT.path);
  if (!kept.findings.some(({ rule }) => rule === "unverified-database-tls")) return `${KEPT.path} lost its finding`;
  const failed = host.lines.find(({ level }) => level === "error");
  if (failed !== undefined) return `failed inside: ${failed.message.split("\n").slice(0, 4).join("\n")}`;
  return edits.length === 0 ? undefined : asAFreshOne(report, path, host);
}

/** A service that lived through edits says what a new one says. */
async function asAFreshOne(report: FileReport, path: string, host: MemoryHost): Promise<string | undefined> {
  const fresh = await createLintService(host, { roots: ["/w"] });
  const same = JSON.stringify(await fresh.lint(path)) === JSON.stringify(report);
  fresh.dispose();
  return same ? undefined : "edits left something behind";
}

/** A smaller input that fails alike: pieces are left out as long as it does. */
export async function minimised(input: Input, wrong: string, most = 400): Promise<Input> {
  const kind = (it: string | undefined): string => it?.replace(/\d+(?:\.\d+)?/g, "0").split("\n")[0] ?? "";
  let smallest = { ...input };
  if (input.edits.length > 0 && kind(await judge({ ...input, edits: [] })) === kind(wrong)) smallest = { ...input, edits: [] };
  let tries = 0;
  for (let size = smallest.bytes.length >> 1; size > 0 && tries < most; ) {
    let shrunk = false;
    for (let at = 0; at < smallest.bytes.length && tries < most; tries++) {
      const bytes = Uint8Array.from([...smallest.bytes.subarray(0, at), ...smallest.bytes.subarray(at + size)]);
      if (kind(await judge({ ...smallest, bytes })) === kind(wrong)) {
        smallest = { ...smallest, bytes };
        shrunk = true;
      } else at += size;
    }
    if (!shrunk || size > smallest.bytes.length) size >>= 1;
  }
  return smallest;
}
