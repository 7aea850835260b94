/**
 * Whether the server, after whatever an editor did, says what a fresh service says of the same texts, and the command line of the same
 * tree; whether nothing failed inside, and no operation took more than its share of the processor.
 */
import { readManifest } from "../../../server/src/cargo/index.ts";
import { kindByName } from "../../../server/src/project/index.ts";
import { parses } from "../../../server/src/rust/index.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { MANIFEST } from "../../lsp/programs.ts";
import { Dice } from "../dice.ts";
import { leftOut, type Subject } from "../subject.ts";
import { busyService } from "./busy-service.ts";
import { asCommandLine, asFresh, asWorkspace } from "./compare.ts";
import { diskOf } from "./disk.ts";
import { type ClientKind, SequenceEditor } from "./editor.ts";
import { hurryTimers } from "./hurried-timers.ts";
import { type Operation, operationsOf } from "./operations.ts";
import { perform } from "./perform.ts";
import { type Files, worlds } from "./worlds.ts";

export interface Sequence {
  readonly files: Files;
  readonly client: ClientKind;
  readonly operations: readonly Operation[];
  /** At the end all is saved, and the command line is asked, too. */
  readonly saved: boolean;
}

/** Of the processor's time for one operation. */
const SECONDS = 2;
/** One of so many is compared with the command line. */
const SAVED = 10;

export interface Sequences extends Subject<Sequence> {
  /** The methods that were sent so far. */
  readonly sent: ReadonlySet<string>;
}

export async function sequences(): Promise<Sequences> {
  const { one, texts } = await worlds();
  const sent = new Set<string>();
  return {
    name: "sequences",
    sent,
    input(seed, number) {
      const dice = new Dice(seed, number);
      const client: ClientKind = {
        unit: dice.one(["utf-8", "utf-16", "utf-32"]),
        pull: dice.below(4) > 0,
        plain: dice.below(4) === 0,
        obliging: dice.below(4) > 0,
      };
      return { files: one(dice), client, operations: operationsOf(dice, texts), saved: number % SAVED === 0 };
    },
    judge: (input) => judge(input, sent),
    size: ({ operations, files }) => operations.length + Object.keys(files).length,
    without: ({ operations, files, ...rest }, start, count) => ({
      ...rest,
      operations: leftOut(operations, start, count),
      files: Object.fromEntries(
        Object.entries(files).filter((_, at) => at + operations.length < start || at + operations.length >= start + count),
      ),
    }),
    files: (input) => ({ "sequence.json": JSON.stringify(input, asText, 1) }),
  };
}

const asText = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value;

async function judge({ files, client, operations, saved }: Sequence, sent: Set<string>): Promise<string | undefined> {
  const timers = hurryTimers();
  const disk = diskOf(files);
  const service = await createLintService(disk, { roots: [] });
  const editor = new SequenceEditor(busyService(service), disk, client, timers);
  try {
    await editor.start();
    const late: Promise<void>[] = [];
    for (const [at, operation] of operations.entries()) {
      const before = process.cpuUsage();
      await perform(editor, operation, late);
      const { user, system } = process.cpuUsage(before);
      if (user + system > SECONDS * 1e6) editor.complain(`operation ${at} took ${(user + system) / 1e6} s`);
      if (editor.wrong !== undefined) return `${editor.wrong}; in operation ${at}`;
    }
    await Promise.all(late);
    repairToml(editor);
    openAgain(editor);
    if (saved) saveAll(editor);
    await editor.idle();
    const failed = disk.lines.find(({ level }) => level === "error");
    if (failed) editor.complain(`failed inside: ${failed.message}`);
    return (
      editor.wrong ?? (await asFresh(editor, service)) ?? (await asWorkspace(editor)) ?? (saved ? await asCommandLine(editor) : undefined)
    );
  } finally {
    for (const method of editor.channel.sent) sent.add(method);
    await editor.channel.request("shutdown", null).answer;
    // What still goes on would speak into the void.
    await editor.idle();
    editor.channel.dispose();
    timers.restore();
  }
}

/** What stands in for a file that cannot be read is its last readable state, on purpose: whoever is new to it knows nothing of that. */
function repairToml(editor: SequenceEditor): void {
  const repaired = (path: string, text: string | undefined): string | undefined => {
    const whole = path.endsWith("/Cargo.toml") ? MANIFEST : path.endsWith("/tlslint.toml") ? "" : undefined;
    return text === undefined || readManifest(text).ok ? undefined : whole;
  };
  for (const document of [...editor.documents.values()]) {
    const whole = repaired(document.path, document.text);
    if (whole !== undefined) editor.change(document, whole);
  }
  for (const path of editor.disk.contents.keys()) {
    const whole = repaired(path, editor.textOnDisk(path));
    if (whole === undefined) continue;
    editor.disk.contents.set(path, whole);
    editor.watched([path]);
  }
}

/** What stands in for code that does not parse is its last text that did: whoever is new to it knows nothing of that, either. */
function openAgain(editor: SequenceEditor): void {
  for (const document of [...editor.documents.values()]) {
    if (kindByName(document.path) !== "rust" || parses(document.text)) continue;
    editor.close(document);
    editor.open(document.uri, "rust", document.text);
  }
}

/** The command line knows nothing of an editor's settings, nor of texts that are in no file. */
function saveAll(editor: SequenceEditor): void {
  editor.configure({});
  for (const document of [...editor.documents.values()]) {
    if (document.uri.startsWith("file:")) editor.save(document);
    else editor.close(document);
  }
}
