/**
 * Signs that mutual TLS is meant: the peer's certificate is read, a server has a client CA or asks for certificates, names say so. And
 * signs that revocation is: a list that is loaded, names that speak of one.
 */

import type { Span } from "../base/span.ts";
import type { ResolvedProgram } from "../flow/index.ts";
import { type Declared, isTestCode, type RustFile } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Endpoint, Fact, Guard, IntentSign } from "../tls/facts.ts";
import { libraryOf } from "./building.ts";
import { isGift } from "./fact-guards.ts";
import { isAsideGuard } from "./guards.ts";
import { CLIENT_AUTHENTICATION, INTENT, REVOCATION } from "./lexicon.ts";
import { looksAtPeers } from "./names-of-peers.ts";
import { guardsOf } from "./path-conditions.ts";
import type { PeerRead, Records } from "./records.ts";
import type { SourceFile } from "./source-file.ts";
import { unusedLoads } from "./unused-loads.ts";

const mutual = (place: IntentSign["place"], reason: string): IntentSign => ({ place, reason, of: "mutual-tls" });
const revoking = (place: IntentSign["place"], reason: string): IntentSign => ({ place, reason, of: "revocation" });

export function intentSigns(records: Records, files: readonly SourceFile[], endpoints: readonly Endpoint[]): readonly IntentSign[] {
  const named = namesIn(records, files);
  // What is read of a connection that may be one to a server says nothing of clients.
  const connecting = new Set(endpoints.filter(connects).map((it) => it.crate));
  const mutualTls = [
    ...records.peerReads
      .filter((it) => it.eitherOf === undefined || !connecting.has(it.eitherOf))
      .flatMap(readingIn)
      .filter((it) => !isOfClients(it, endpoints)),
    ...endpoints.flatMap((it) => askingIn(it, records)),
    ...named.filter((it) => it.of === "mutual-tls"),
  ];
  // Some verifier of the program's own asks nobody: which one that is nobody can tell.
  const ownAsk = !records.loose.some(({ fact }) => fact.kind === "client-authentication" && fact.mode === "none");
  const isDone = endpoints.some((it) => requestsCertificates(it, ownAsk));
  return [
    ...mutualTls.map((sign) => (isDone ? { ...sign, carriedOut: true as const } : sign)),
    ...endpoints.flatMap(listsIn),
    ...unusedIn(records),
    ...named.filter((it) => it.of === "revocation"),
  ].filter(isNew());
}

/** What a file says by its words alone, of whoever reads any code beside it. */
export const saysOfPeers = (file: RustFile): { readonly looks: boolean; readonly means: boolean } => ({
  looks: looksAtPeers(file),
  means: [...file.words()].some(({ text }) => isSign(text) || REVOCATION.test(text)),
});

function isNew(): (sign: IntentSign) => boolean {
  const seen = new Set<string>();
  return ({ of, reason, place }) => seen.size < seen.add(`${of} ${place.file} ${place.span.start} ${reason}`).size;
}

/** What a type offers to its users, they need not use; what tests look at says nothing of the program. */
const readingIn = ({ place, call, path, isOffered, ofClient }: PeerRead): readonly IntentSign[] =>
  isOffered || ofClient || guardsOf(path).some((it) => it.kind === "test")
    ? []
    : [mutual(place, `the peer's certificate is read here (\`${call}\`)`)];

/** What is read of peers in a file that makes clients and no server is read of servers. */
function isOfClients({ place }: IntentSign, endpoints: readonly Endpoint[]): boolean {
  const near = endpoints.filter((it) => it.place.file === place.file && it.role !== "unknown");
  return near.length > 0 && near.every((it) => it.role === "client");
}

/** What a server says of client certificates; what a type offers to its users, they need not use. */
function askingIn({ role, sort, facts, parts }: Endpoint, { drafts }: Records): readonly IntentSign[] {
  if (role !== "server") return [];
  const trusts = sort === "configuration" || sort === "verifier";
  const offered = facts.filter(({ handle }) => drafts[handle]?.isOffered === true);
  const said = facts.filter((it) => !it.guards.some(isAsideGuard) && !offered.includes(it));
  const asking = said.filter(
    ({ fact, byDefault }) =>
      isOfOwnVerifier(fact) || (fact.kind === "client-authentication" && fact.mode !== "none" && (!byDefault || sort === "verifier")),
  );
  const loading = said.filter(({ fact }) => trusts && fact.kind === "trust" && fact.anchors === "loaded");
  const isOptional = asking.length > 0 && asking.every(({ guards }) => guards.some(isOption));
  // All that is known of it is offered, or for tests.
  const isUnsaid = said.length === 0 && facts.length > 0;
  const stores = trusts && !isUnsaid ? parts.filter((it) => it.sort === "trust-store") : [];
  return [
    ...said.flatMap((it) => {
      const reason = asking.includes(it) ? "client certificates are requested" : "a client CA is loaded";
      if (!asking.includes(it) && !loading.includes(it)) return [];
      return [optionally(mutual(it.place, `${reason} (\`${it.written}\`)`), it.guards.some(isOption))];
    }),
    ...stores.map((it) => optionally(mutual(it.place, "these trust anchors are for clients"), isOptional)),
  ];
}

const isOfOwnVerifier = (fact: Fact): boolean => fact.kind === "own-verifier" && fact.verifies === "client";

const optionally = (sign: IntentSign, isOptional: boolean): IntentSign => (isOptional ? { ...sign, optional: true } : sign);

/** Not the presence of a CA: who gives one means it. */
const isOption = (guard: Guard): boolean => guard.kind === "condition" && guard.byDefault !== true && !isGift(guard);

/**
 * Then the signs are explained: a public server beside it is meant to be one, and a server that requires too little is a finding of its
 * own. A verifier that nobody takes explains nothing.
 */
const requestsCertificates = ({ role, sort, usedBy, effective }: Endpoint, ownAsk: boolean): boolean =>
  role === "server" &&
  (sort === "configuration" || (sort === "verifier" && usedBy.some((it) => it.sort === "configuration"))) &&
  effective.some(
    ({ fact, guards }) =>
      ((fact.kind === "client-authentication" && (fact.mode === "required" || fact.mode === "optional")) ||
        (ownAsk && isOfOwnVerifier(fact))) &&
      !guards.some((it) => isAsideGuard(it) || it.kind === "feature"),
  );

/** A list of revoked certificates that an endpoint is given. */
const listsIn = ({ facts }: Endpoint): readonly IntentSign[] =>
  facts.flatMap(({ fact, place, written, guards }) =>
    fact.kind === "revocation" && !guards.some(isAsideGuard) ? [revoking(place, `a revocation list is given here (\`${written}\`)`)] : [],
  );

const unusedIn = (records: Records): readonly IntentSign[] =>
  unusedLoads(records, (it) => it.sort === "crls").flatMap(({ chain, model }) => {
    const site = chain.at(-1);
    const { sites } = records;
    if (site === undefined) return [];
    return [{ ...revoking(sites.named(site), `a CRL is loaded here (\`${sites.written(site)}\`)`), unusedList: libraryOf(model) }];
  });

/** Names and strings that say it, each once in a file, outside of tests and examples; a library's own names say nothing. */
function namesIn({ models, sites }: Records, files: readonly SourceFile[]): readonly IntentSign[] {
  const tests = testsIn(sites.program);
  const borrowed = borrowedIn(sites.program, (it) => models.isModelledCrate(it));
  const failures = failuresIn(sites.program);
  return files.flatMap(({ name: file, file: rust, testCode, example }) => {
    if (testCode || example !== undefined) return [];
    const said = new Map<string, readonly IntentSign[]>();
    const isAlone = aloneIn(rust);
    for (const { text, span, isCalledMethod, isInPath } of rust.words()) {
      const told = [...(isSign(text) && isAlone(text) ? [mutual] : []), ...(REVOCATION.test(text) ? [revoking] : [])];
      if (told.length === 0 || said.has(text) || isCalledMethod || models.isLibraryName(text, isInPath)) continue;
      if (borrowed.get(file)?.has(text) === true || failures.has(text)) continue;
      if (tests.get(file)?.some((it) => it.start <= span.start && span.end <= it.end) === true) continue;
      const reason = `the name \`${text.replace(/^[^"]*"|"#*$/g, "").slice(0, 60)}\` suggests it`;
      said.set(
        text,
        told.map((sign) => ({ ...sign({ file, span }, reason), named: true })),
      );
    }
    return [...said.values()].flat();
  });
}

const connects = ({ role, sort, facts }: Endpoint): boolean =>
  role === "client" && sort === "configuration" && (facts.length === 0 || !facts.every(isAside));

const isAside = ({ guards }: Endpoint["facts"][number]): boolean => guards.some(isAsideGuard);

const isSign = (name: string): boolean => INTENT.test(name) || CLIENT_AUTHENTICATION.test(name);

/** Whether a name means something beside its like of the other side. */
function aloneIn(rust: RustFile): (name: string) => boolean {
  const all = new Set<string>();
  return (name) => {
    if (INTENT.test(name)) return true;
    if (all.size === 0) for (const { text } of rust.words()) all.add(text);
    return !all.has(otherSideOf(name));
  };
}

const otherSideOf = (name: string): string =>
  name.replace(/client/i, (it) => (it === "CLIENT" ? "SERVER" : it === "Client" ? "Server" : "server"));

/** Names that files import from crates with a model, whether or not it speaks of them. */
function borrowedIn({ ids }: ResolvedProgram, isModelled: (crate: string) => boolean): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [module, path] of new Map(ids.items().map((it) => [it.module, it.fragment.path]))) {
    const names = found.get(path) ?? new Set();
    found.set(path, names);
    for (const [name, { named }] of module.names)
      for (const { definition } of named)
        if (definition.sort === "external" && isModelled(definition.path[0] ?? "")) names.add(name).add(definition.path.at(-1) ?? "");
  }
  return found;
}

/** Of the standard library, and the derives of thiserror and derive_more, which are called like it. */
const ERROR: ReadonlySet<string> = new Set(["Error"]);

/**
 * Variants of error types, unless an item is called so, too: `ClientCertificate` is what could not be loaded, of a client as well as for a
 * server.
 */
function failuresIn(program: ResolvedProgram): ReadonlySet<string> {
  const items = program.ids.items();
  const implementing = new Set(program.implementations(ERROR).map((it) => it.type));
  const derives = (it: Declared): boolean => program.configured.derives(it).some((path) => ERROR.has(lastOf(path)));
  const errors = items.filter((it) => it.kind === "enum" && (derives(it) || implementing.has(program.ids.path(it))));
  const found = new Set(errors.flatMap(({ lowered }) => (lowered?.kind === "enum" ? lowered.variants.map(({ name }) => name) : [])));
  for (const { name } of items) found.delete(name);
  return found;
}

/** Where items for tests alone stand, by file. */
function testsIn({ ids }: ResolvedProgram): ReadonlyMap<string, readonly Span[]> {
  const found = new Map<string, Span[]>();
  for (const it of ids.items()) {
    if (it.fragment.expansions > 0 || !isTestCode(it)) continue;
    const spans = found.get(it.fragment.path) ?? [];
    found.set(it.fragment.path, spans);
    spans.push({ start: it.start, end: it.end });
  }
  return found;
}
