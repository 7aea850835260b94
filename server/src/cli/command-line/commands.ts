/** The commands: what each is for, what it takes, an example, and how what was written becomes what was asked. */
import { closest } from "../../base/closest.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Reissue, Severity } from "../../service/api.ts";
import type { ReportFormat } from "../report/formats.ts";
import { CHECK_OPTIONS, type CheckCommand, readCheck } from "./check-command.ts";
import type { Given } from "./given.ts";
import { listed, type Option } from "./option.ts";
import * as options from "./options.ts";
import { readVerify, VERIFY_OPTIONS, type VerifyCommand } from "./verify-command.ts";

export interface InspectCommand {
  readonly name: "inspect";
  readonly files: readonly string[];
  readonly format: "pretty" | "json";
  readonly now?: number;
  /** Ask for the password of PKCS#12 files: a line of standard input. Never an argument, which every process could read. */
  readonly password: boolean;
}
export interface ReissueCommand {
  readonly name: "reissue";
  readonly file: string;
  readonly tool: keyof Reissue;
  readonly now?: number;
}

export interface MergeCommand {
  readonly name: "merge";
  /** Reports, `NAME=FILE` where they are of several repositories. */
  readonly files: readonly string[];
  readonly format: ReportFormat;
  readonly policy?: string;
  readonly output?: string;
  readonly failOn: Severity;
  readonly strict: boolean;
  readonly now?: number;
}
export interface ExpiryCommand {
  readonly name: "expiry";
  readonly paths: readonly string[];
  /** In days. */
  readonly within?: number;
  readonly format: "pretty" | "json" | "ics";
  readonly output?: string;
  readonly now?: number;
}
export interface ReportCommand {
  readonly name: "report";
  readonly files: readonly string[];
  /** `NAME=FILE` as reports have it. */
  readonly previous: readonly string[];
  readonly expiry: readonly string[];
  readonly policy?: string;
  readonly output?: string;
  readonly now?: number;
}
export type Command =
  | CheckCommand
  | InspectCommand
  | VerifyCommand
  | ReissueCommand
  | MergeCommand
  | ExpiryCommand
  | ReportCommand
  | { readonly name: "explain"; readonly rule: string }
  | { readonly name: "rules"; readonly format: "pretty" | "json" }
  | { readonly name: "init" }
  | { readonly name: "doctor" }
  | { readonly name: "lsp" }
  | { readonly name: "completions"; readonly shell: Shell }
  | { readonly name: "man" }
  | { readonly name: "help"; readonly of?: CommandName };

export type CommandName = Command["name"];

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

export interface CommandEntry {
  readonly summary: string;
  /** What stands behind the command beside options. */
  readonly words: string;
  /** What such a word is, for completions. */
  readonly completes?: "files" | "commands" | "rules" | readonly string[];
  readonly options: readonly Option[];
  readonly example: { readonly call: string; readonly means: string };
  read(given: Given): Result<Command, string>;
}

const clock = (given: Given): { readonly now?: number } => {
  const now = given.value(options.now);
  return now === undefined ? {} : { now };
};

export const COMMANDS: Readonly<Record<CommandName, CommandEntry>> = {
  check: {
    summary: "lint files and folders (default: the current folder)",
    words: "[PATH…]",
    completes: "files",
    options: CHECK_OPTIONS,
    example: {
      call: "tlslint check --format sarif --output tlslint.sarif",
      means: "lint this folder and write a report for code scanning",
    },
    read: readCheck,
  },
  inspect: {
    summary: "show the contents of certificate and key files",
    words: "FILE…",
    completes: "files",
    options: [options.plainFormat, options.now, options.passwordStdin],
    example: { call: "tlslint inspect certs/client-ca.pem", means: "show the certificates in a bundle" },
    read: (given) =>
      given.words.length === 0
        ? err("`tlslint inspect` needs a file")
        : ok({
            name: "inspect",
            files: given.words,
            format: given.valueOr(options.plainFormat),
            password: given.flag(options.passwordStdin),
            ...clock(given),
          }),
  },
  verify: {
    summary: "predict whether a TLS stack accepts a leaf or chain, and say why not",
    words: "CHAIN",
    completes: "files",
    options: VERIFY_OPTIONS,
    example: {
      call: "tlslint verify chain.pem --roots ca.pem --as server --host api.example",
      means: "predict whether a rustls client accepts a server's chain",
    },
    read: readVerify,
  },
  expiry: {
    summary: "list certificates and CRLs by expiry, soonest first",
    words: "[PATH…]",
    completes: "files",
    options: [options.within, options.expiryFormat, options.output, options.now],
    example: { call: "tlslint expiry certs --within 30d", means: "fail if anything expires within 30 days" },
    read(given) {
      const within = given.value(options.within);
      const output = given.value(options.output);
      return ok({
        name: "expiry",
        paths: given.words.length > 0 ? given.words : ["."],
        format: given.valueOr(options.expiryFormat),
        ...(within !== undefined && { within }),
        ...(output !== undefined && { output }),
        ...clock(given),
      });
    },
  },
  reissue: {
    summary: "print the command that reissues a certificate, without running it",
    words: "FILE",
    completes: "files",
    options: [options.tool, options.now],
    example: { call: "tlslint reissue certs/server.pem --tool step", means: "print the command for `step`" },
    read(given) {
      const [file] = given.words;
      return given.words.length === 1 && file !== undefined
        ? ok({ name: "reissue", file, tool: given.valueOr(options.tool), ...clock(given) })
        : err("`tlslint reissue` needs one file");
    },
  },
  merge: {
    summary: "merge reports of shards or repositories into one",
    words: "[NAME=]FILE…",
    completes: "files",
    options: [options.reportFormat, options.policy, options.output, options.failOn, options.strict, options.now],
    example: { call: "tlslint merge shard-1.json shard-2.json --format sarif --output all.sarif", means: "merge two shards into one" },
    read(given) {
      const policy = given.value(options.policy);
      const output = given.value(options.output);
      return given.words.length === 0
        ? err("`tlslint merge` needs reports written by `tlslint check --format json`")
        : ok({
            name: "merge",
            files: given.words,
            format: given.valueOr(options.reportFormat),
            failOn: given.valueOr(options.failOn),
            strict: given.flag(options.strict),
            ...(policy !== undefined && { policy }),
            ...(output !== undefined && { output }),
            ...clock(given),
          });
    },
  },
  report: {
    summary: "make an HTML page of reports: by repository, rule and expiry, and what changed",
    words: "[NAME=]FILE…",
    completes: "files",
    options: [options.previous, options.expiry, options.policy, options.output, options.now],
    example: { call: "tlslint report all.json --previous last-week.json --output report.html", means: "one HTML file that loads nothing" },
    read(given) {
      const policy = given.value(options.policy);
      const output = given.value(options.output);
      return given.words.length === 0
        ? err("`tlslint report` needs reports written by `tlslint check --format json`")
        : ok({
            name: "report",
            files: given.words,
            previous: given.all(options.previous),
            expiry: given.all(options.expiry),
            ...(policy !== undefined && { policy }),
            ...(output !== undefined && { output }),
            ...clock(given),
          });
    },
  },
  explain: {
    summary: "explain a rule, with an example and sources",
    words: "RULE",
    completes: "rules",
    options: [],
    example: { call: "tlslint explain optional-client-auth", means: "print the rule's page" },
    read: ({ words: [rule, ...others] }) =>
      rule !== undefined && others.length === 0
        ? ok({ name: "explain", rule })
        : err("`tlslint explain` needs the id of one rule; `tlslint rules` lists them"),
  },
  rules: {
    summary: "list all rules",
    words: "",
    options: [options.plainFormat],
    example: { call: "tlslint rules --format json", means: "list them with severity, CWE and sources" },
    read: (given) => withoutWords("rules", given, { name: "rules", format: given.valueOr(options.plainFormat) }),
  },
  init: {
    summary: "write a commented tlslint.toml for this folder",
    words: "",
    options: [],
    example: { call: "tlslint init", means: "write tlslint.toml unless it exists" },
    read: (given) => withoutWords("init", given, { name: "init" }),
  },
  doctor: {
    summary: "show what tlslint uses in this folder, and any problems",
    words: "",
    options: [],
    example: { call: "tlslint doctor", means: "find out why nothing is reported" },
    read: (given) => withoutWords("doctor", given, { name: "doctor" }),
  },
  lsp: {
    summary: "run the language server",
    words: "",
    options: [options.stdio],
    example: { call: "tlslint lsp --stdio", means: "the command that an editor runs" },
    read: (given) =>
      given.flag(options.stdio) ? withoutWords("lsp", given, { name: "lsp" }) : err("`tlslint lsp` needs `--stdio`, the only transport"),
  },
  completions: {
    summary: "print a completion script for a shell",
    words: SHELLS.join("|"),
    completes: SHELLS,
    options: [],
    example: { call: "tlslint completions bash > ~/.local/share/bash-completion/completions/tlslint", means: "complete in bash" },
    read({ words }) {
      const [first] = words;
      const shell = SHELLS.find((it) => it === first);
      if (words.length > 1) return err(`\`tlslint completions\` takes one shell; expected ${listed(SHELLS)}`);
      return shell !== undefined
        ? ok({ name: "completions", shell })
        : err(`${first === undefined ? "`tlslint completions` needs a shell" : `unknown shell \`${first}\``}; expected ${listed(SHELLS)}`);
    },
  },
  man: {
    summary: "print the manual page",
    words: "",
    options: [],
    example: { call: "tlslint man > /usr/local/share/man/man1/tlslint.1", means: "install the manual page" },
    read: (given) => withoutWords("man", given, { name: "man" }),
  },
  help: {
    summary: "print help for tlslint or for a command",
    words: "[COMMAND]",
    completes: "commands",
    options: [],
    example: { call: "tlslint help check", means: "print the options of check" },
    read({ words: [of, more] }) {
      if (more !== undefined) return err("`tlslint help` takes one command, such as `tlslint help check`");
      if (of === undefined) return ok({ name: "help" });
      return isCommandName(of) ? ok({ name: "help", of }) : err(unknownCommand(of));
    },
  },
};

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

export const unknownCommand = (name: string): string => {
  const near = closest(name, Object.keys(COMMANDS));
  return `unknown command \`${name}\`; ${near === undefined ? `expected ${listed(Object.keys(COMMANDS))}` : `did you mean \`${near}\`?`}`;
};

const withoutWords = (name: string, { words: [first] }: Given, command: Command): Result<Command, string> =>
  first === undefined ? ok(command) : err(`\`tlslint ${name}\` takes no argument \`${first}\``);
