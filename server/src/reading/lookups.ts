/**
 * Certificates that are looked up after the handshake, among those that the program knows: an asynchronous function compares the whole
 * certificate, its key or its fingerprint with what it keeps, and refuses what it does not find. Read by the words of the bodies: on the
 * way there a certificate often goes through places (requests, tasks) where values are not followed.
 */
import type { Block, Expression, FunctionItem, Pattern, Type } from "../rust/index.ts";
import type { Place } from "../tls/facts.ts";
import type { Body } from "./entries.ts";
import { isAside } from "./guards.ts";
import type { ReadCrate, ReadingInput } from "./index.ts";
import { OF_CERTIFICATE } from "./lexicon.ts";
import { blockFails, fails } from "./peer-names/answers.ts";
import { type Ancestor, boundBy, inside } from "./spelling/trail.ts";

export interface LookUp {
  readonly name: string;
  readonly place: Place;
}

interface Candidate {
  readonly body: Body;
  readonly item: FunctionItem;
  readonly text: string;
}

/** By file: where its crate looks up whose certificates its servers were shown. `asking`: calls that give the peer's certificate. */
export function lookUpsIn(input: ReadingInput, bodies: readonly Body[], asking: ReadonlySet<string>): ReadonlyMap<string, LookUp> {
  const found = new Map<string, LookUp>();
  if (!input.files.some(({ file }) => file.text.includes("verify_client_cert"))) return found;
  const crates = new Map(input.files.map((it) => [it.name, it.crate]));
  const byCrate = new Map<ReadCrate | undefined, Candidate[]>();
  for (const body of bodies) {
    if (body.item.kind !== "function" || isAside(body.path)) continue;
    const { item, definition, file } = body;
    const of = byCrate.get(crates.get(file)) ?? [];
    byCrate.set(crates.get(file), of);
    of.push({ body, item, text: definition.scope.source.text.slice(item.span.start, item.span.end) });
  }
  for (const [crate, own] of byCrate) {
    const lookUp = lookUpOf(own, asking);
    if (lookUp !== undefined) for (const { name, crate: it } of input.files) if (it === crate) found.set(name, lookUp);
  }
  return found;
}

/** Only where every function that accepts a connection goes on with the certificate. */
function lookUpOf(own: readonly Candidate[], asking: ReadonlySet<string>): LookUp | undefined {
  const accepting = own.filter(({ text }) => /\.\s*accept\w*\s*\(/.test(text) && wordsOf(text).some(isAcceptor));
  if (accepting.length === 0) return undefined;
  const lookUps = own.filter((it) => looksUp(it, asking));
  const used = lookUps.find((it) => asksIn(it, asking) || own.some((other) => other !== it && other.body.names.has(it.item.name)));
  if (used === undefined) return undefined;
  const leads = (it: Candidate, depth: number): boolean => {
    if (lookUps.includes(it) && asksIn(it, asking)) return true;
    if (asksIn(it, asking) && (handsOn(it.item.returns) || calls(it, lookUps))) return true;
    return depth > 0 && own.some((other) => other !== it && it.body.names.has(other.item.name) && leads(other, depth - 1));
  };
  if (!accepting.every((it) => leads(it, DEEPEST))) return undefined;
  return { name: used.item.name, place: { file: used.body.file, span: used.item.nameSpan } };
}

/** What accepts connections. */
const isAcceptor = (word: string): boolean => (/Tls|Ssl/.test(word) && word.endsWith("Acceptor")) || /^(?:tls|ssl)_?acceptor$/.test(word);
/** Calls between what accepts a connection and what asks for the certificate. */
const DEEPEST = 2;

const asksIn = ({ body }: Candidate, asking: ReadonlySet<string>): boolean => [...asking].some((it) => body.names.has(it));
const calls = ({ body }: Candidate, others: readonly Candidate[]): boolean => others.some((it) => body.names.has(it.item.name));

/** A certificate can be in what it gives. */
function handsOn(type: Type | undefined): boolean {
  if (type === undefined) return false;
  if (type.kind === "tuple") return type.elements.some(handsOn);
  if (type.kind !== "path") return true;
  const last = type.path.segments.at(-1);
  if (last?.name === "bool") return false;
  return last?.name === "Result" || last?.name === "Option" ? handsOn(last.generics[0]) : true;
}

/** What whoever made the certificate could choose: looked up by that, anybody is found. */
const CHOSEN = /subject|common_?name|issuer|serial|\bsans?\b|alt_?name|validity|not_(?:before|after)|extension/i;
/** Calls that look for something. */
const LOOKING =
  /^(?:find|get|look_?up|query|select|fetch|load|exists|contains|is_(?:known|registered|allowed|trusted)|one|first|filter|by)(?:_|$)|_by_\w/;
const looks = (text: string): boolean => (text.match(/\b\w+(?=\s*\()/g) ?? []).some((it) => LOOKING.test(it));

/** Compares a certificate as a whole with what it waited for, and lets nobody pass whom it did not find. */
function looksUp({ item, body, text }: Candidate, asking: ReadonlySet<string>): boolean {
  const block = item.body();
  if (block === undefined || !text.includes(".await")) return false;
  const source = body.definition.scope.source.text;
  const slice = ({ span }: { readonly span: Expression["span"] }): string => source.slice(span.start, span.end);
  const whole = new Set(
    item.parameters.flatMap(({ pattern, type }) =>
      OF_CERTIFICATE.test(slice(pattern)) || (type !== undefined && OF_CERTIFICATE.test(slice(type))) ? boundBy(pattern) : [],
    ),
  );
  /** What came of waiting for something; of those, what was asked for with the certificate; what a comparison gave. */
  const kept = new Set<string>();
  const answers = new Set<string>();
  const has = (it: Expression, names: ReadonlySet<string>): boolean => wordsOf(slice(it)).some((word) => names.has(word));
  const isOfWhole = (it: Expression): boolean =>
    (has(it, whole) || wordsOf(slice(it)).some((word) => asking.has(word))) && !CHOSEN.test(slice(it));
  const isAsked = (it: Expression): boolean => slice(it).includes(".await") && isOfWhole(it) && looks(slice(it));
  const isCompared = (it: Expression): boolean =>
    it.kind === "binary" &&
    (it.operator === "==" || it.operator === "!=") &&
    [
      [it.left, it.right],
      [it.right, it.left],
    ].some(
      ([one, other]) =>
        one !== undefined && other !== undefined && isOfWhole(one) && !has(one, kept) && has(other, kept) && !has(other, whole),
    );
  const isAnswer = (it: Expression): boolean => isAsked(it) || some(it, isCompared) || has(it, answers);
  let refuses = false;
  const bound = (pattern: Pattern, value: Expression): void => {
    const names = boundBy(pattern);
    const add = (set: Set<string>): void => {
      for (const name of names) set.add(name);
    };
    if (isAnswer(value)) add(answers);
    // The connection was waited for as well: what it says of the peer is the certificate.
    if (wordsOf(slice(value)).some((word) => asking.has(word)) && isOfWhole(value)) add(whole);
    else if (slice(value).includes(".await") || has(value, kept)) add(kept);
    else if (isOfWhole(value)) add(whole);
  };
  const endsBadly = blockFails(block, true);
  const visit = (at: Ancestor): void => {
    if (at.of === "item") return;
    if (at.of === "statement" && at.node.kind === "let" && at.node.value !== undefined) {
      bound(at.node.pattern, at.node.value);
      if (at.node.otherwise !== undefined && isAnswer(at.node.value) && blockFails(at.node.otherwise, false)) refuses = true;
    }
    if (at.of === "expression") {
      const it = at.node;
      if (it.kind === "for") bound(it.pattern, it.iterable);
      if (it.kind === "let") bound(it.pattern, it.value);
      if (it.kind === "if") {
        visit({ of: "expression", node: it.condition, span: it.condition.span });
        const bad = blockFails(it.then, true) || (it.otherwise !== undefined && fails(it.otherwise, true));
        if (isAnswer(it.condition) && (bad || (endsBadly && leavesWell(it.then)))) refuses = true;
      }
      if (it.kind === "match" && isAnswer(it.scrutinee) && it.arms.some((arm) => fails(arm.body, true))) refuses = true;
      if (it.kind === "try" && it.operand.kind === "method" && /^ok_or(?:_else)?$|^context$/.test(it.operand.name) && isAnswer(it.operand))
        refuses = true;
    }
    for (const next of inside(at)) visit(next);
  };
  visit({ of: "block", node: block, span: block.span });
  // What it found, or whether it did, is what it gives.
  return refuses || (block.tail !== undefined && handsFinding(block.tail, item.returns) && isAnswer(block.tail));
}

/** The caller gets an option or a truth value that tells whether something was found. */
function handsFinding(tail: Expression, returns: Type | undefined): boolean {
  const text = returns?.kind === "path" ? returns.path.segments.at(-1) : undefined;
  const within = text?.name === "Result" && text.generics[0]?.kind === "path" ? text.generics[0].path.segments.at(-1) : text;
  return (within?.name === "Option" || within?.name === "bool") && tail.kind !== "if" && tail.kind !== "match";
}

/** It returns from the body, and not with a failure. */
function leavesWell({ statements, tail }: Block): boolean {
  const last = tail ?? statements.flatMap((it) => (it.kind === "expression" ? [it.expression] : [])).at(-1);
  return last?.kind === "return" && !fails(last, false);
}

function some(it: Expression, is: (one: Expression) => boolean): boolean {
  const visit = (at: Ancestor): boolean => at.of !== "item" && ((at.of === "expression" && is(at.node)) || inside(at).some(visit));
  return visit({ of: "expression", node: it, span: it.span });
}

const wordsOf = (text: string): readonly string[] => text.match(/[A-Za-z_]\w*/g) ?? [];
