/** The options, each said once: parsing, help, completions and the manual follow from them. */
import { knownStacks } from "../../service/certificates/known-stacks.ts";
import { SEVERITIES } from "../loud.ts";
import { FORMATS, REPORT_FORMATS } from "../report/formats.ts";
import { parseShard, type Shard } from "../shards.ts";
import { choice, count, days, demandedChoice, file, flag, lineOfFile, type Preset, text, time, type Valued } from "./option.ts";

/** Each has a memory of its own. */
const MOST_JOBS = 64;

export const help = flag("help", "print help", "h");
export const version = flag("version", "print the version", "V");

export const now = time("now", "check validity at TIME instead of now, such as 2026-01-01T00:00:00Z");
export const plainFormat = choice("format", ["pretty", "json"], "pretty", "output format");

export const format = choice("format", FORMATS, "pretty", "output format");
export const reportFormat = choice("format", REPORT_FORMATS, "json", "output format");
export const output = file("output", "write the report to FILE instead of standard output");
export const config = file("config", "use FILE as the configuration, and ignore every tlslint.toml");
export const fix = flag("fix", "apply the fixes that need no review: they lock out nobody who can connect today");
export const fixReview = flag("fix-review", "apply all fixes, including those that need review, such as verification of the server");
export const diff = flag("diff", "print the fixes as a patch and change nothing");
export const stdin = flag("stdin", "lint standard input; requires --stdin-path");
export const stdinPath = text("stdin-path", "PATH", "lint standard input as if it were this file", { completes: "files" });
export const failOn = choice("fail-on", SEVERITIES, "warning", "exit with 1 for findings of this severity or above");
export const strict = flag("strict", "exit with 2 also for what is out of reach, such as generated code");
export const allowEmpty = flag("allow-empty", "accept a folder that contains nothing to lint");
export const filesFrom = file(
  "files-from",
  "lint the files and folders listed in FILE, one per line or separated by NUL; - reads standard input",
);
export const changed = text(
  "changed",
  "BASE",
  "lint only files that differ in git from BASE (default: the last commit), and what depends on them",
  {
    optional: true,
  },
);
export const shard: Valued<Shard> = { ...text("shard", "I/N", "lint only part I of N"), parse: parseShard };
export const baseline = file("baseline", "ignore the findings listed in FILE, and name its entries that no longer match");
export const updateBaseline = flag("update-baseline", "write the current findings to the --baseline file");
export const explain = lineOfFile("explain", "explain why a line is or is not reported, and report nothing else");
export const statistics = flag("statistics", "print to standard error how often each rule fired and how long the run took");
export const printConfig = file("print-config", "print the settings that apply to FILE and where they are set, and lint nothing");
export const watch = flag("watch", "lint again after every change, until Ctrl+C");
export const cacheDir = text("cache-dir", "DIR", "keep results for later runs in DIR instead of the user's cache folder", {
  completes: "files",
});
export const jobs: Preset<number> = {
  ...count("jobs", "lint with N workers; the files of one workspace stay together", MOST_JOBS),
  otherwise: 1,
  preset: "1",
};
export const noCache = flag("no-cache", "neither use nor keep results of earlier runs");
export const trace = flag("trace", "print to standard error where the analysis stopped early, and why");

export const passwordStdin = flag(
  "password-stdin",
  "read the password of PKCS#12 files from the first line of standard input, or prompt on a terminal",
);

export const previous: Valued<string> = {
  ...file("previous", "an earlier report, to show what is new and what is gone", { many: true }),
  placeholder: "[NAME=]FILE",
};
export const expiry: Valued<string> = {
  ...file("expiry", "output of `tlslint expiry --format json`, to list certificates by expiry", { many: true }),
  placeholder: "[NAME=]FILE",
};
export const policy = file("policy", "the organisation's policy: allowed exceptions, and owners");
export const within = days("within", "list only what expires within this time, such as 30d or 4w, and exit with 1 if anything does");
export const expiryFormat = choice("format", ["pretty", "json", "ics"], "pretty", "output format");

export const roots = file("roots", "trusted root certificates");
export const intermediates = file("intermediates", "intermediates in addition to those in CHAIN");
export const crl = file("crl", "certificate revocation list; without one, revocation is not checked", { many: true });
export const crlDepth = choice("crl-depth", ["chain", "leaf"], "chain", "check revocation of the whole path or of the leaf only");
export const crlUnknown = choice("crl-unknown", ["deny", "allow"], "deny", "rustls: certificates of unknown revocation status");
export const crlExpired = choice("crl-expired", ["ignore", "refuse"], "ignore", "rustls: CRLs past their next update");
export const crlExtended = flag("crl-extended", "OpenSSL: set X509_V_FLAG_EXTENDED_CRL_SUPPORT");
export const crlDeltas = flag("crl-deltas", "OpenSSL: set X509_V_FLAG_USE_DELTAS");
export const as = demandedChoice("as", ["server", "client"], "who presents CHAIN");
export const host = text("host", "NAME", "the hostname or IP address that the client connects to; without it, names are not checked");
export const stack = text("stack", "STACK", `the TLS stack to predict: ${knownStacks.join(", ")}, or a release (rustls-webpki@0.103)`);
export const limbo = file("limbo", "print a line of JSON with the verdict on each case of an x509-limbo file; use with --stack");

export const tool = choice("tool", ["openssl", "step"], "openssl", "tool to print the command for");
export const stdio = flag("stdio", "communicate over standard input and output");
