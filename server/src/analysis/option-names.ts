/** Whether the name of an option says that insecurity is chosen with it, or security. */
import { words } from "./lexicon.ts";

/** Parts of names that say "insecurity is chosen here". Compared with whole words of an identifier (`skip_verify` → `skip`, `verify`). */
const INSECURE_WORDS: ReadonlySet<string> = new Set([
  "insecure",
  "insecurely",
  "unsecure",
  "unsafe",
  "unverified",
  "untrusted",
  "unchecked",
  "danger",
  "dangerous",
  "dangerously",
  "skip",
  "skips",
  "skipped",
  "ignore",
  "ignores",
  "bypass",
  "disable",
  "disabled",
  "disables",
  "no",
  "without",
  "noverify",
  "nocheck",
  "novalidate",
  "allow",
  "allows",
  "allowed",
  "accept",
  "accepts",
  "invalid",
  "trust",
  "permissive",
  "lax",
  "debug",
  "dev",
  "development",
  "test",
  "tests",
  "testing",
  "local",
  "selfsigned",
  "blindly",
  "optional",
  "optionally",
  "anonymous",
  "unauthenticated",
  "off",
]);

/** Parts of names that say "security is chosen here"; negated they choose insecurity. */
const SECURE_WORDS: ReadonlySet<string> = new Set([
  "verify",
  "verifies",
  "verified",
  "verification",
  "verifying",
  "validate",
  "validated",
  "validation",
  "secure",
  "strict",
  "strictly",
  "check",
  "checks",
  "checked",
  "enforce",
  "enforced",
  "require",
  "required",
  "requires",
  "mandatory",
  "reject",
  "rejects",
  "prod",
  "production",
  "release",
]);

/** Pairs that read as one insecure word although no part is: `self_signed`. */
const INSECURE_PAIRS: readonly (readonly [string, string])[] = [
  ["self", "signed"],
  ["trust", "all"],
  ["accept", "all"],
  ["accept", "any"],
];

/** Insecure words that mean it only beside another word about certificates: `allow`, `trust` and `no` alone say little. */
const WEAK_WORDS: ReadonlySet<string> = new Set(["allow", "allows", "allowed", "accept", "accepts", "trust", "no", "without", "local"]);
const CONTEXT_WORDS: ReadonlySet<string> = new Set([
  "all",
  "any",
  "invalid",
  "self",
  "signed",
  "verify",
  "verification",
  "validate",
  "validation",
  "check",
  "checks",
  "cert",
  "certs",
  "certificate",
  "certificates",
  "hostname",
  "hostnames",
  "tls",
  "ssl",
  "security",
  "auth",
  "anonymous",
  "unauthenticated",
  "unverified",
  "untrusted",
  "unknown",
  "insecure",
  "expired",
  "dev",
  "localhost",
]);

const isKnownWord = (word: string): boolean => INSECURE_WORDS.has(word) || SECURE_WORDS.has(word) || CONTEXT_WORDS.has(word);

/** Words that are written as one: `ignoressl`, `sslverify`. Itself, where it is not made of such alone. */
function parted(word: string): readonly string[] {
  if (isKnownWord(word)) return [word];
  for (let at = word.length - 2; at >= 2; at--) {
    const rest = isKnownWord(word.slice(0, at)) ? parted(word.slice(at)) : [];
    if (rest.length > 0 && rest.every(isKnownWord)) return [word.slice(0, at), ...rest];
  }
  return [word];
}

/** A program asks about a few hundred names, and about each of them for every condition of every call. */
const judged = new Map<string, -1 | 0 | 1>();

/** +1: the name says that insecurity is chosen · -1: that security is · 0: neither. */
export function polarityOfName(name: string): -1 | 0 | 1 {
  const known = judged.get(name) ?? judge(name);
  judged.set(name, known);
  return known;
}

function judge(name: string): -1 | 0 | 1 {
  const parts = words(name).flatMap(parted);
  const has = (word: string): boolean => parts.includes(word);
  if (INSECURE_PAIRS.some(([first, second]) => parts.some((it, index) => it === first && parts[index + 1] === second))) return 1;
  const insecure = parts.filter((it) => INSECURE_WORDS.has(it));
  const strong = insecure.some((it) => !WEAK_WORDS.has(it));
  const weak = insecure.length > 0 && parts.some((it) => CONTEXT_WORDS.has(it) && !insecure.includes(it)) && !has("only");
  // Alone, a weak word says it all: `allow: bool` beside the verifier that it loosens.
  const alone = parts.length === 1 && insecure.length === 1;
  if (strong || weak || alone) return 1;
  return parts.some((it) => SECURE_WORDS.has(it)) ? -1 : 0;
}
