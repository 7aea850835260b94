/**
 * Signs that mutual TLS is meant: names, a client CA on a server, a client that must or may show a certificate. And signs that
 * revocation is: a list that is loaded, names that speak of one.
 */
import type { Span } from "../base/span.ts";
import type { Endpoint, Guard, IntentSign } from "../tls/facts.ts";
import { isGift } from "./endpoints.ts";
import { isAside, isAsideGuard } from "./guards.ts";
import type { ReadingInput } from "./index.ts";
import { INTENT, REVOCATION } from "./lexicon.ts";
import type { Machine } from "./machine.ts";

const MAX_SIGNS = 16;

const mutual = (place: IntentSign["place"], reason: string): IntentSign => ({ place, reason, of: "mutual-tls" });
const revoking = (place: IntentSign["place"], reason: string): IntentSign => ({ place, reason, of: "revocation" });

export function intentSigns(machine: Machine, input: ReadingInput, endpoints: readonly Endpoint[]): IntentSign[] {
  const signs: IntentSign[] = machine.intent.filter((it) => !isOfClients(it, endpoints));
  for (const endpoint of endpoints) {
    if (endpoint.role !== "server") continue;
    const asking: boolean[] = [];
    const push = (sign: IntentSign, optional: boolean): void => {
      signs.push(optional ? { ...sign, optional } : sign);
    };
    for (const { fact, byDefault, place, written, guards } of endpoint.facts) {
      if (guards.some(isAsideGuard)) continue;
      const optional = guards.some(isOption);
      if (fact.kind === "client-authentication" && fact.mode !== "none" && (!byDefault || endpoint.sort === "verifier")) {
        asking.push(optional);
        push(mutual(place, `client certificates are asked for here (\`${written}\`)`), optional);
      }
      if (fact.kind === "trust" && fact.anchors === "loaded" && (endpoint.sort === "configuration" || endpoint.sort === "verifier"))
        push(mutual(place, `a client CA is loaded here (\`${written}\`)`), optional);
    }
    for (const part of endpoint.parts)
      if (part.sort === "trust-store" && (endpoint.sort === "verifier" || endpoint.sort === "configuration"))
        push(mutual(part.place, "these trust anchors are for clients"), asking.length > 0 && asking.every((it) => it));
  }
  for (const { name, file, testCode, begins } of input.files)
    if (!testCode && begins?.size !== 0) signs.push(...namesIn(INTENT, mutual, machine, name, file.text, file.comments));
  const seen = new Set<string>();
  const done = endpoints.some(requiresCertificates);
  return signs
    .map((sign) => (done ? { ...sign, carriedOut: true as const } : sign))
    .filter(({ place, reason }) => {
      const key = `${place.file}:${place.span.start}:${reason}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, MAX_SIGNS * input.files.length)
    .concat(revocationSigns(machine, input, endpoints).slice(0, MAX_SIGNS * input.files.length));
}

/** Not the presence of a CA: who gives one means it. */
const isOption = (guard: Guard): boolean => guard.kind === "condition" && guard.byDefault !== true && !isGift(guard);

/** What is read of peers in a file that makes clients and no server is read of servers. */
function isOfClients({ place }: IntentSign, endpoints: readonly Endpoint[]): boolean {
  const near = endpoints.filter((it) => it.place.file === place.file && it.role !== "unknown");
  return near.length > 0 && near.every((it) => it.role === "client");
}

/** A list that some endpoint is given, or a name that speaks of one. */
function revocationSigns(machine: Machine, input: ReadingInput, endpoints: readonly Endpoint[]): IntentSign[] {
  const given = endpoints.flatMap((it) =>
    it.facts.flatMap(({ fact, place, written, guards }) =>
      fact.kind === "revocation" && !guards.some(isAsideGuard) ? [revoking(place, `a revocation list is given here (\`${written}\`)`)] : [],
    ),
  );
  const names = input.files.flatMap(({ name, file, testCode, begins }) =>
    testCode || begins?.size === 0 ? [] : namesIn(REVOCATION, revoking, machine, name, file.text, file.comments),
  );
  return [...given, ...names];
}

/** Then the signs are explained: a public server beside it is meant to be one. A verifier that nobody takes explains nothing. */
const requiresCertificates = ({ role, sort, effective }: Endpoint): boolean =>
  role === "server" &&
  sort === "configuration" &&
  effective.some(
    ({ fact, guards }) =>
      fact.kind === "client-authentication" && fact.mode === "required" && !guards.some((it) => isAsideGuard(it) || it.kind === "feature"),
  );

/** Identifiers and strings that say it, outside of comments; a library's own names say nothing. */
function namesIn(
  pattern: RegExp,
  sign: (place: IntentSign["place"], reason: string) => IntentSign,
  machine: Machine,
  file: string,
  text: string,
  comments: readonly { readonly start: number; readonly end: number }[],
): IntentSign[] {
  const signs: IntentSign[] = [];
  const said = new Set<string>();
  let comment = 0;
  const aside = asideIn(machine, file);
  for (const match of text.matchAll(/(?<!\\)"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*/g)) {
    const [word] = match;
    const start = match.index;
    if (aside.some((it) => it.start <= start && start < it.end)) continue;
    while ((comments[comment]?.end ?? Number.POSITIVE_INFINITY) <= start) comment++;
    const current = comments[comment];
    if (current !== undefined && current.start <= start) continue;
    if (!pattern.test(word) || said.has(word) || machine.models.isLibraryName(word)) continue;
    if (isLibraryMethod(text, start, word)) continue;
    said.add(word);
    const place = { file, span: { start, end: start + word.length } };
    signs.push({ ...sign(place, `the name \`${word.replace(/^"|"$/g, "").slice(0, 60)}\` says so`), named: true });
    if (signs.length >= MAX_SIGNS) break;
  }
  return signs;
}

/** Where tests and examples stand in the file. */
const asideIn = (machine: Machine, file: string): readonly Span[] =>
  [...machine.context].flatMap(([{ span }, it]) => (it.file === file && isAside(it.path) ? [span] : []));

/** `.with_client_auth_cert(`: a call on something of another crate is not the user's word. */
function isLibraryMethod(text: string, start: number, word: string): boolean {
  return (
    /\.\s*$/.test(text.slice(Math.max(0, start - 8), start)) &&
    /^\s*(?:::<[^>]*>)?\(/.test(text.slice(start + word.length, start + word.length + 40))
  );
}
