/** What `tlslint check` was asked for, or what is wrong with it. */
import { err, ok, type Result } from "../../base/result.ts";
import type { Severity } from "../../service/api.ts";
import { type Format, showsFixes } from "../report/formats.ts";
import type { Shard } from "../shards.ts";
import type { Given } from "./given.ts";
import * as options from "./options.ts";

export interface CheckCommand {
  readonly name: "check";
  readonly paths: readonly string[];
  /** A file that lists more of them; `-` is standard input. */
  readonly filesFrom?: string;
  /** Only what differs from a commit. */
  readonly changed?: { readonly base?: string };
  readonly shard?: Shard;
  readonly baseline?: { readonly file: string; readonly update: boolean };
  readonly statistics: boolean;
  /** Say why something is, or is not, reported there, and do nothing else. */
  readonly explain?: { readonly file: string; readonly line: number };
  /** Print what is set for this file, and do nothing else. */
  readonly printConfig?: string;
  readonly format: Format;
  readonly output?: string;
  readonly configuration?: string;
  readonly now?: number;
  /** `safe`: apply what locks nobody out · `review`: everything that corrects a mistake. */
  readonly fix?: "safe" | "review";
  readonly diff: boolean;
  /** Lint standard input as if it stood at this path. */
  readonly stdinPath?: string;
  readonly failOn: Severity;
  /** What lies out of reach counts as not analysed. */
  readonly strict: boolean;
  /** A folder without anything to lint is in order. */
  readonly allowEmpty: boolean;
  /** Tell what bounds of the analysis were hit. */
  readonly trace: boolean;
  /** Again with every change. */
  readonly watch: boolean;
  /** How many workers lint the files. */
  readonly jobs: number;
  /** Whether what an earlier run found is used, and what this one finds kept. */
  readonly cache: boolean;
  /** Where, if not in the user's own cache folder. */
  readonly cacheDir?: string;
}

/** Whether somebody reads how findings are fixed: to make fixes is half of a run with very many of them. */
export const wantsFixes = ({ format, fix, diff }: CheckCommand): boolean => showsFixes(format) || fix !== undefined || diff;

export const CHECK_OPTIONS = [
  options.format,
  options.output,
  options.config,
  options.now,
  options.fix,
  options.fixReview,
  options.diff,
  options.stdin,
  options.stdinPath,
  options.failOn,
  options.strict,
  options.allowEmpty,
  options.filesFrom,
  options.changed,
  options.shard,
  options.baseline,
  options.updateBaseline,
  options.explain,
  options.statistics,
  options.printConfig,
  options.watch,
  options.jobs,
  options.cacheDir,
  options.noCache,
  options.trace,
];

export function readCheck(given: Given): Result<CheckCommand, string> {
  const misused = misusedInput(given) ?? misusedBaseline(given) ?? misusedWatch(given) ?? misusedCache(given);
  if (misused !== undefined) return err(misused);
  const filesFrom = given.value(options.filesFrom);
  const base = given.value(options.changed);
  const shard = given.value(options.shard);
  const baseline = given.value(options.baseline);
  const explain = given.value(options.explain);
  const printConfig = given.value(options.printConfig);
  const output = given.value(options.output);
  const configuration = given.value(options.config);
  const now = given.value(options.now);
  const stdinPath = given.value(options.stdinPath);
  const cacheDir = given.value(options.cacheDir);
  return ok({
    name: "check",
    paths: given.words,
    ...(filesFrom !== undefined && { filesFrom }),
    ...(given.has(options.changed) && { changed: base === undefined ? {} : { base } }),
    ...(shard !== undefined && { shard }),
    ...(baseline !== undefined && { baseline: { file: baseline, update: given.flag(options.updateBaseline) } }),
    format: given.valueOr(options.format),
    diff: given.flag(options.diff),
    failOn: given.valueOr(options.failOn),
    strict: given.flag(options.strict),
    allowEmpty: given.flag(options.allowEmpty),
    trace: given.flag(options.trace),
    watch: given.flag(options.watch),
    jobs: given.valueOr(options.jobs),
    cache: !given.flag(options.noCache),
    ...(cacheDir !== undefined && { cacheDir }),
    statistics: given.flag(options.statistics),
    ...(explain !== undefined && { explain }),
    ...(printConfig !== undefined && { printConfig }),
    ...(now !== undefined && { now }),
    ...(output !== undefined && { output }),
    ...(configuration !== undefined && { configuration }),
    ...(given.has(options.fixReview) ? { fix: "review" } : given.has(options.fix) ? { fix: "safe" } : {}),
    ...(stdinPath !== undefined && { stdinPath }),
  });
}

function misusedBaseline(given: Given): string | undefined {
  if (!given.has(options.updateBaseline)) return undefined;
  if (!given.has(options.baseline)) return "`--update-baseline` needs `--baseline FILE`";
  const other = [options.fix, options.fixReview, options.diff].find((it) => given.has(it));
  return other && `\`--update-baseline\` and \`--${other.name}\` cannot be combined`;
}

const misusedCache = (given: Given): string | undefined =>
  given.has(options.noCache) && given.has(options.cacheDir) ? "`--no-cache` and `--cache-dir` cannot be combined" : undefined;

/** What changes files would be its own reason to begin again, and what is asked once is answered once. */
const ONCE = [options.stdin, options.fix, options.fixReview, options.diff, options.updateBaseline, options.explain, options.printConfig];

function misusedWatch(given: Given): string | undefined {
  const once = given.has(options.watch) ? ONCE.find((it) => given.has(it)) : undefined;
  return once && `\`--watch\` and \`--${once.name}\` cannot be combined`;
}

/** What chooses among files that lie on the disk. */
const CHOOSING = [options.filesFrom, options.changed, options.shard];

function misusedInput(given: Given): string | undefined {
  const named = given.has(options.stdinPath);
  if (!given.has(options.stdin)) return named ? "`--stdin-path` requires `--stdin`" : undefined;
  if (!named) return "`--stdin` needs `--stdin-path PATH`, which says what kind of file it is";
  if (given.words.length > 0) return "`--stdin` and paths cannot be combined";
  const choosing = CHOOSING.find((it) => given.has(it));
  if (choosing !== undefined) return `\`--stdin\` and \`--${choosing.name}\` cannot be combined`;
  return given.has(options.fix) || given.has(options.fixReview) ? "`--stdin` cannot be fixed in place; use `--diff`" : undefined;
}
