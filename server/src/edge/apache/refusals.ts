/** Which clients a server of Apache turns away by the verdict on their certificates, and whether anything looks at these (mod_ssl, mod_authz_core, mod_rewrite). */
import type { Level } from "../directives/levels.ts";
import type { Directive, Word } from "../directives/tree.ts";
import { allOf, levelsFor } from "./scopes.ts";

/** Those without a certificate that was verified, of all that ask for something under a path. */
export const refusesUnverified = (server: Level, path: string): boolean =>
  levelsFor(server, path).some((level) => requires(level) || ((level === server || level.kind !== "main") && rewrites(level)));

/** Of several `Require` in one section one is enough for a client, but for those in `<RequireAll>`. */
function requires(level: Level): boolean {
  const own = level.directives.filter(({ name }) => name.value === "require");
  const alone = own.length === 1 && !level.blocks.some(({ kind }) => kind.startsWith("require"));
  const all = level.blocks.filter(({ kind }) => kind === "requireall");
  const needed = level.directives.filter(({ name }) => name.value === "sslrequire");
  return (
    (alone && own.some(isOfVerified)) ||
    (own.length === 0 && all.some(({ directives }) => directives.some((it) => it.name.value === "require" && isOfVerified(it)))) ||
    needed.some(({ words }) => asksSuccess(words))
  );
}

const isOfVerified = ({ words: [provider, ...rest] }: Directive): boolean =>
  provider?.value.toLowerCase() === "ssl-verify-client" || (provider?.value.toLowerCase() === "expr" && asksSuccess(rest));

/** `%{SSL_CLIENT_VERIFY} == "SUCCESS"`, alone or with other conditions that must hold as well. */
function asksSuccess(words: readonly Word[]): boolean {
  const tokens = words.flatMap(({ value }) => value.replaceAll("(", " ").replaceAll(")", " ").split(/\s+/)).filter((it) => it !== "");
  if (tokens.includes("||") || tokens.includes("or")) return false;
  return tokens.some(
    (it, at) => it === "%{SSL_CLIENT_VERIFY}" && EQUAL.has(tokens[at + 1] ?? "") && unquoted(tokens[at + 2] ?? "") === "SUCCESS",
  );
}

const EQUAL: ReadonlySet<string> = new Set(["==", "=", "eq", "-eq"]);
const unquoted = (text: string): string => text.replaceAll('"', "").replaceAll("'", "");

/** `RewriteCond %{SSL:SSL_CLIENT_VERIFY} !=SUCCESS` before a rule that forbids whatever is asked for. Virtual hosts do not inherit rules. */
function rewrites({ directives }: Level): boolean {
  const isOn = directives.some(({ name, words }) => name.value === "rewriteengine" && words[0]?.value.toLowerCase() === "on");
  return isOn && directives.some((it, at) => isForbidding(it) && isOnCondition(directives, at));
}

function isForbidding({ name, words: [pattern, , flags] }: Directive): boolean {
  const all = flags?.value.slice(1, -1).split(",") ?? [];
  return (
    name.value === "rewriterule" && ANYTHING.has(pattern?.value ?? "") && all.some((it) => it.trim() === "F" || it.trim() === "forbidden")
  );
}

const ANYTHING: ReadonlySet<string> = new Set(["^", ".*", "^.*", "^.*$", "^(.*)$", "(.*)", "."]);

/** Of several conditions all must hold: only one that stands alone forbids all that it speaks of. */
function isOnCondition(directives: readonly Directive[], rule: number): boolean {
  const [before, condition] = directives.slice(Math.max(0, rule - 2), rule).map(isCondition);
  const [own] = directives.slice(rule - 1, rule);
  const isAlone = rule === 1 ? before === true : condition === true && before === false;
  return isAlone && own !== undefined && isWithoutSuccess(own);
}

const isCondition = ({ name }: Directive): boolean => name.value === "rewritecond";

const isWithoutSuccess = ({ words: [tested, pattern] }: Directive): boolean =>
  tested?.value === "%{SSL:SSL_CLIENT_VERIFY}" && ["!=SUCCESS", "!^SUCCESS$", "!^SUCCESS"].includes(pattern?.value ?? "");

/** Logs tell nobody who decides. */
const LOGS: ReadonlySet<string> = new Set("customlog logformat errorlogformat transferlog globallog".split(" "));

/** A condition, a header or a program is told of the certificate: somebody decides later. */
export const isLookedAt = (server: Level): boolean =>
  allOf(server).some(({ name, words }) => !LOGS.has(name.value) && words.some(({ value }) => mentionsPeer(value)));

const mentionsPeer = (value: string): boolean => value.includes("SSL_CLIENT_") || TOLD.has(value.toLowerCase());

/** `SSLOptions` that hand the certificate to programs or to the check of users, and the condition of mod_authz. */
const TOLD: ReadonlySet<string> = new Set(
  "+stdenvvars stdenvvars +exportcertdata exportcertdata +fakebasicauth fakebasicauth ssl-verify-client".split(" "),
);
