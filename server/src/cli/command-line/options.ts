/** The options, each said once: parsing, help, completions and the manual follow from them. */
import { knownStacks } from "../../service/certificates/known-stacks.ts";
import { SEVERITIES } from "../loud.ts";
import { FORMATS, REPORT_FORMATS } from "../report/formats.ts";
import { parseShard, type Shard } from "../shards.ts";
import { choice, count, days, demandedChoice, file, flag, lineOfFile, type Preset, text, time, type Valued } from "./option.ts";

/** Each has a memory of its own. */
const MOST_JOBS = 64;

export const help = flag("help", "print this", "h");
export const version = flag("version", "print the version", "V");

export const now = time("now", "judge validity as of TIME, such as 2026-01-01T00:00:00Z");
export const plainFormat = choice("format", ["pretty", "json"], "pretty", "how to write the answer");

export const format = choice("format", FORMATS, "pretty", "how to report");
export const reportFormat = choice("format", REPORT_FORMATS, "json", "how to report");
export const output = file("output", "write the report there");
export const config = file("config", "use this tlslint.toml and no other");
export const fix = flag("fix", "apply the fixes that need no look");
export const fixReview = flag("fix-review", "apply those that need one, too");
export const diff = flag("diff", "print the fixes as a patch; change nothing");
export const stdin = flag("stdin", "lint standard input; goes with --stdin-path");
export const stdinPath = text("stdin-path", "PATH", "where standard input is taken to stand", { completes: "files" });
export const failOn = choice("fail-on", SEVERITIES, "warning", "exit with 1 from this severity on");
export const strict = flag("strict", "exit with 2 for what lies out of reach, too");
export const allowEmpty = flag("allow-empty", "a folder in which nothing is linted is in order");
export const filesFrom = file(
  "files-from",
  "lint the files and folders that FILE lists, by lines or divided by zeros; - is standard input",
);
export const changed = text(
  "changed",
  "BASE",
  "only files that git says differ from BASE, or from the last commit, and what depends on them",
  {
    optional: true,
  },
);
export const shard: Valued<Shard> = { ...text("shard", "I/N", "only the I-th of N parts of the files"), parse: parseShard };
export const baseline = file("baseline", "report no finding that FILE lists; entries that nothing matches are told");
export const updateBaseline = flag("update-baseline", "write what is found to the file of --baseline");
export const explain = lineOfFile("explain", "say why something is, or is not, reported on a line; report nothing else");
export const statistics = flag("statistics", "say on standard error how often each rule fired, and how long it took");
export const printConfig = file("print-config", "print the settings that hold for FILE, and where they come from; lint nothing");
export const watch = flag("watch", "lint again with every change, until Ctrl+C");
export const cacheDir = text("cache-dir", "DIR", "where what is found is kept for later runs, in place of the user's cache folder", {
  completes: "files",
});
export const jobs: Preset<number> = { ...count("jobs", "divide the files among N workers", MOST_JOBS), otherwise: 1, preset: "1" };
export const noCache = flag("no-cache", "neither use nor keep what an earlier run found");
export const trace = flag("trace", "say on standard error where the analysis stopped before the end, and why");

export const passwordStdin = flag(
  "password-stdin",
  "open PKCS#12 files with the first line of standard input; on a terminal it is asked for",
);

export const previous = file("previous", "an earlier report, to tell what is new and what is gone");
export const expiry = file("expiry", "what `tlslint expiry --format json` wrote, to list certificates by their end");
export const policy = file("policy", "which exceptions an organisation allows, and who answers for what");
export const within = days("within", "tell only what ends within this time, such as 30d or 4w, and exit with 1 if there is any");
export const expiryFormat = choice("format", ["pretty", "json", "ics"], "pretty", "how to write the answer");

export const roots = file("roots", "the certificates that are trusted");
export const intermediates = file("intermediates", "certificates beside those that follow the leaf");
export const crl = file("crl", "revocation lists; without one revocation is not checked", { many: true });
export const crlDepth = choice("crl-depth", ["chain", "leaf"], "chain", "check the whole path, or the leaf only");
export const crlUnknown = choice("crl-unknown", ["deny", "allow"], "deny", "rustls: what no list speaks for");
export const crlExpired = choice("crl-expired", ["ignore", "refuse"], "ignore", "rustls: lists past their next update");
export const crlExtended = flag("crl-extended", "OpenSSL: X509_V_FLAG_EXTENDED_CRL_SUPPORT");
export const crlDeltas = flag("crl-deltas", "OpenSSL: X509_V_FLAG_USE_DELTAS");
export const as = demandedChoice("as", ["server", "client"], "whose certificate it is");
export const host = text("host", "NAME", "the name or address that a client asks for");
export const stack = text("stack", "STACK", `whose verdict: ${knownStacks.join(", ")}, or a release (rustls-webpki@0.103)`);
export const limbo = file("limbo", "answer each case of an x509-limbo file with a line of JSON; goes with --stack");

export const tool = choice("tool", ["openssl", "step"], "openssl", "which program the command is for");
export const stdio = flag("stdio", "speak over standard input and output");
