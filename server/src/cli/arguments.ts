/** The command line as data: what was asked, or what is wrong with it. */
import { parseArgs } from "node:util";
import { err, ok, type Result } from "../base/result.ts";
import type { Severity } from "../service/api.ts";
import { isKnownStack, unknownStack } from "../service/certificates/known-stacks.ts";
import type { RevocationPolicy } from "../service/certificates/verify.ts";
import { SEVERITIES } from "./loud.ts";
import type { ReissueCommand } from "./reissue.ts";
import { FORMATS, type Format } from "./report/formats.ts";
import type { VerifyCommand } from "./verify.ts";

export interface CheckCommand {
  readonly name: "check";
  readonly paths: readonly string[];
  readonly format: Format;
  readonly output?: string;
  readonly configuration?: string;
  readonly now?: number;
  /** `safe`: apply what needs no look · `review`: everything. */
  readonly fix?: "safe" | "review";
  readonly diff: boolean;
  /** Lint standard input as if it stood at this path. */
  readonly stdinPath?: string;
  readonly failOn: Severity;
  /** What lies out of reach counts as not analysed. */
  readonly strict: boolean;
  /** A folder without anything to lint is in order. */
  readonly allowEmpty: boolean;
  /** Tell what bounds of the reading were hit. */
  readonly trace: boolean;
}
export interface InspectCommand {
  readonly name: "inspect";
  readonly files: readonly string[];
  readonly format: "pretty" | "json";
  readonly now?: number;
  /** Ask for the password of PKCS#12 files: a line of standard input. Never an argument, which every process could read. */
  readonly password: boolean;
}
export type Command =
  | CheckCommand
  | InspectCommand
  | VerifyCommand
  | ReissueCommand
  | { readonly name: "explain"; readonly rule: string }
  | { readonly name: "rules"; readonly format: "pretty" | "json" }
  | { readonly name: "lsp" }
  | { readonly name: "help"; readonly of?: string }
  | { readonly name: "version" };

const OPTIONS = {
  format: { type: "string" },
  output: { type: "string" },
  config: { type: "string" },
  now: { type: "string" },
  fix: { type: "boolean" },
  "fix-review": { type: "boolean" },
  diff: { type: "boolean" },
  stdin: { type: "boolean" },
  "stdin-path": { type: "string" },
  "fail-on": { type: "string" },
  strict: { type: "boolean" },
  "allow-empty": { type: "boolean" },
  trace: { type: "boolean" },
  roots: { type: "string" },
  intermediates: { type: "string" },
  crl: { type: "string", multiple: true },
  "crl-depth": { type: "string" },
  "crl-unknown": { type: "string" },
  "crl-expired": { type: "string" },
  "crl-extended": { type: "boolean" },
  "crl-deltas": { type: "boolean" },
  as: { type: "string" },
  host: { type: "string" },
  stack: { type: "string" },
  limbo: { type: "string" },
  "password-stdin": { type: "boolean" },
  tool: { type: "string" },
  stdio: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
} as const;

const LIST_OPTIONS = ["crl", "crl-depth", "crl-unknown", "crl-expired", "crl-extended", "crl-deltas"] as const;

/** Which options a command knows; another one is an error, not a silence. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  check: [
    "format",
    "output",
    "config",
    "now",
    "fix",
    "fix-review",
    "diff",
    "stdin",
    "stdin-path",
    "fail-on",
    "strict",
    "allow-empty",
    "trace",
  ],
  inspect: ["format", "now", "password-stdin"],
  verify: ["format", "now", "roots", "intermediates", ...LIST_OPTIONS, "as", "host", "stack", "limbo"],
  reissue: ["tool", "now"],
  explain: [],
  rules: ["format"],
  lsp: ["stdio"],
};

export function parseCommand(args: readonly string[]): Result<Command, string> {
  const parsed = parse(args);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [name, ...rest] = positionals;
  if (values.version) return ok({ name: "version" });
  if (values.help || name === undefined || name === "help") {
    const of = name === "help" ? rest[0] : name;
    return ok(of === undefined ? { name: "help" } : { name: "help", of });
  }
  const known = KNOWN[name];
  if (!known) return err(`unknown command \`${name}\`; there are ${Object.keys(KNOWN).join(", ")}`);
  const stranger = Object.keys(values).find((option) => !known.includes(option));
  if (stranger) return err(`\`tlslint ${name}\` has no option \`--${stranger}\``);

  const format = oneOf(values.format ?? "pretty", FORMATS);
  if (!format) return err(`unknown format \`${values.format}\`; there are ${FORMATS.join(", ")}`);
  const now = values.now === undefined ? ok(undefined) : parseTime(values.now);
  if (!now.ok) return now;
  const clock = now.value === undefined ? {} : { now: now.value };
  if (name === "check") return parseCheck(values, rest, { format, ...clock });
  if (name === "explain") return parseExplain(rest);
  if (name === "reissue") return parseReissue(values, rest, clock);
  if (name === "lsp") return values.stdio ? ok({ name: "lsp" }) : err("`tlslint lsp` speaks over `--stdio` only");
  if (format !== "pretty" && format !== "json") return err(`\`tlslint ${name}\` writes pretty or json`);
  if (name === "rules") return ok({ name: "rules", format });
  if (name === "verify") {
    const verified = parseVerify(values, rest);
    return verified.ok ? ok({ name: "verify", format, ...clock, ...verified.value }) : verified;
  }
  return rest.length === 0
    ? err("`tlslint inspect` needs a file")
    : ok({ name: "inspect", files: rest, format, password: values["password-stdin"] ?? false, ...clock });
}

type Clock = Pick<CheckCommand, "now">;

function parseCheck(values: Values, paths: readonly string[], shared: Clock & { readonly format: Format }): Result<CheckCommand, string> {
  const failOn = oneOf(values["fail-on"] ?? "warning", SEVERITIES);
  if (!failOn) return err(`unknown severity \`${values["fail-on"]}\`; there are ${SEVERITIES.join(", ")}`);
  const misused = misusedInput(values, paths);
  if (misused !== undefined) return err(misused);
  return ok({
    name: "check",
    paths: paths.length > 0 ? paths : ["."],
    diff: values.diff ?? false,
    failOn,
    strict: values.strict ?? false,
    allowEmpty: values["allow-empty"] ?? false,
    trace: values.trace ?? false,
    ...shared,
    ...(values.output === undefined ? {} : { output: values.output }),
    ...(values.config === undefined ? {} : { configuration: values.config }),
    ...(values["fix-review"] ? { fix: "review" as const } : values.fix ? { fix: "safe" as const } : {}),
    ...(values["stdin-path"] === undefined ? {} : { stdinPath: values["stdin-path"] }),
  });
}

function misusedInput(values: Values, paths: readonly string[]): string | undefined {
  const named = values["stdin-path"] !== undefined;
  if (!values.stdin) return named ? "`--stdin-path` goes with `--stdin`" : undefined;
  if (!named) return "`--stdin` needs `--stdin-path`, which tells what the text is";
  if (paths.length > 0) return "`--stdin` and paths exclude each other";
  return values.fix || values["fix-review"] ? "`--stdin` cannot be fixed in place; use `--diff`" : undefined;
}

function parseReissue(values: Values, files: readonly string[], clock: Clock): Result<Command, string> {
  const tool = oneOf(values.tool ?? "openssl", ["openssl", "step"]);
  if (tool === undefined) return err(`unknown tool \`${values.tool}\`; there are openssl, step`);
  const [file] = files;
  return files.length === 1 && file !== undefined ? ok({ name: "reissue", file, tool, ...clock }) : err("`tlslint reissue` needs one file");
}

const parseExplain = ([rule, ...others]: readonly string[]): Result<Command, string> =>
  rule !== undefined && others.length === 0
    ? ok({ name: "explain", rule })
    : err("`tlslint explain` needs the id of one rule; `tlslint rules` lists them");

type Values = Extract<ReturnType<typeof parse>, { readonly ok: true }>["value"]["values"];

function parseVerify(values: Values, files: readonly string[]): Result<Pick<VerifyCommand, "stack" | "what">, string> {
  const { stack = "rustls-webpki@0.103", limbo, roots, intermediates, host, as: role } = values;
  if (!isKnownStack(stack)) return err(unknownStack(stack));
  if (limbo !== undefined) {
    const other =
      files.length > 0 || [roots, intermediates, host, role, ...LIST_OPTIONS.map((it) => values[it])].some((it) => it !== undefined);
    return other ? err("`--limbo` goes with `--stack` and `--now` only: the cases say the rest") : ok({ stack, what: { limbo } });
  }
  const [chain] = files;
  if (files.length !== 1 || chain === undefined) return err("`tlslint verify` needs one file, a leaf or a chain");
  const as = oneOf(role ?? "", ["server", "client"]);
  if (roots === undefined || as === undefined) return err("`tlslint verify` needs `--roots FILE` and `--as server` or `--as client`");
  if (host !== undefined && as === "client") return err("`--host` goes with `--as server`: nobody checks the name of a client");
  const revocation = parseRevocation(values, stack);
  if (!revocation.ok) return revocation;
  const lists = values.crl === undefined ? {} : { lists: values.crl, revocation: revocation.value };
  const rest = { ...lists, ...(intermediates === undefined ? {} : { intermediates }), ...(host === undefined ? {} : { host }) };
  return ok({ stack, what: { chain, roots, as, ...rest } });
}

/** What a stack does not let one choose is an error, lest somebody believes that it was looked at. */
function parseRevocation(values: Values, stack: string): Result<RevocationPolicy, string> {
  const { "crl-depth": depth = "chain", "crl-unknown": unknown = "deny", "crl-expired": expired = "ignore" } = values;
  const given = LIST_OPTIONS.filter((it) => it !== "crl" && values[it] !== undefined);
  if (values.crl === undefined && given.length > 0) return err(`\`--${given[0]}\` goes with \`--crl\``);
  const ofRustls = given.find((it) => it === "crl-unknown" || it === "crl-expired");
  const ofOpenssl = given.find((it) => it === "crl-extended" || it === "crl-deltas");
  const openssl = stack.startsWith("openssl@");
  if (openssl && ofRustls) return err(`\`--${ofRustls}\` is for rustls: OpenSSL always refuses an unknown status and an expired list`);
  if (!openssl && ofOpenssl) return err(`\`--${ofOpenssl}\` is for OpenSSL: rustls supports neither indirect nor delta lists`);
  if (stack.startsWith("rustls-webpki@0.101") && given.length > 0)
    return err(`rustls-webpki 0.101 has no \`--${given[0]}\`: it checks the whole chain and takes an unknown status`);
  const policy = {
    depth: oneOf(depth, ["chain", "leaf"]),
    unknown: oneOf(unknown, ["deny", "allow"]),
    expired: oneOf(expired, ["ignore", "refuse"]),
  };
  if (!policy.depth) return err(`unknown depth \`${depth}\`; there are chain, leaf`);
  if (!policy.unknown) return err(`unknown policy \`${unknown}\`; there are deny, allow`);
  if (!policy.expired) return err(`unknown policy \`${expired}\`; there are ignore, refuse`);
  const { "crl-extended": extended = false, "crl-deltas": deltas = false } = values;
  return ok({ depth: policy.depth, unknown: policy.unknown, expired: policy.expired, extended, deltas });
}

function parse(args: readonly string[]) {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const known = Object.entries(OPTIONS).find(([name]) => name === token.name)?.[1];
    if (known === undefined) return err(`unknown option \`${token.rawName}\``);
    if (known.type === "string" && token.value === undefined) return err(`\`${token.rawName}\` needs a value`);
    if (known.type === "string" && !token.inlineValue && token.value?.startsWith("-") === true && token.value !== "-")
      return err(`\`${token.rawName}\` needs a value; one that begins with a dash is written \`${token.rawName}=${token.value}\``);
    if (known.type === "boolean" && token.value !== undefined) return err(`\`${token.rawName}\` takes no value`);
  }
  return ok(parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true }));
}

/** ISO 8601, a date alone, or seconds since 1970. */
function parseTime(text: string): Result<number, string> {
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(time) ? ok(time) : err(`\`--now ${text}\` is no time; write it as 2026-01-01T00:00:00Z`);
}

function oneOf<T extends string>(value: string, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}
