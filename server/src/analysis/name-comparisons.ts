/** Comparisons that take only a part of a peer's name: what a text is asked for, what it is looked up in, and whether that decides anything. */
import type { Span } from "../base/span.ts";
import type { FunctionId, Value } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { CUTTING, isAttributeKey, isForm, isUnanchored, type Known, PARTIAL, type Partial, partOf } from "../tls/compared-names.ts";
import type { Fact } from "../tls/facts.ts";
import type { CallsSeen, Held } from "./calls-seen.ts";
import { ComparedTexts, isIn } from "./compared-texts.ts";
import { Consequences } from "./consequences.ts";
import { isLengthAsked } from "./lengths-asked.ts";
import { isSeveral } from "./name-counts.ts";
import type { Path } from "./path-conditions.ts";
import { PEER, SHOWN } from "./peer-bits.ts";
import type { PeerNames } from "./peer-names.ts";
import type { Records } from "./records.ts";
import type { Sites } from "./sites.ts";
import { usesOf } from "./uses.ts";

interface Found {
  readonly part: Partial;
  readonly name: Value;
  readonly span: Span;
  readonly call: string;
  readonly against: string | undefined;
  /** What the name is compared with. */
  readonly given?: Value;
}

export function stateNameComparisons(
  { sites, loose, defaults }: Records,
  seen: CallsSeen,
  peers: PeerNames,
  pathTo: (id: FunctionId) => Path,
  isRead: (file: string) => boolean,
): void {
  const consequences = new Consequences(sites);
  const texts = new ComparedTexts(sites, defaults, peers);
  const owners = seen.owners.filter((it) => isRead(sites.file(it)));
  for (const [operation, asked] of owners.flatMap((owner) =>
    [...seen.asked(owner)].map(([it, value]) => [it, { owner, value }] as const),
  )) {
    const { owner } = asked;
    const found = operation.kind === "method" ? byMethod(operation, asked, peers, texts) : bySlice(sites, operation, asked, peers);
    const body = found && sites.flow.callable(owner)?.body;
    if (found === undefined || body === undefined || consequences.ofAnswer(owner, body, operation.to) !== "kept") continue;
    if (found.part === "cut" && isOnlyAsked(body, operation.to)) continue;
    if (isGiven(found.part) && operation.kind === "method" && operation.arguments.some((it) => isLengthAsked(body, it))) continue;
    const { name, span, call, against } = found;
    const part = isWholeName(found, [...seen.asked(owner)], peers.bitsOf(owner))
      ? (WITHOUT_SEPARATOR[found.part] ?? found.part)
      : found.part;
    const fact: Fact = { kind: "name-comparison", part, call, ...(against !== undefined && { against }) };
    const source = peers.sourceOf({ owner, value: name });
    const related = source === undefined ? [] : [{ ...source, message: "the peer certificate is read here" }];
    loose.push({ fact, place: sites.place(asked, span), related, path: pathTo(owner), draft: -1 });
  }
}

/** What is a whole name elsewhere has no separator where it meets the rest of another. */
const WITHOUT_SEPARATOR: { readonly [part in Partial]?: Partial } = { "given-beginning": "beginning", "given-end": "end" };

/** The same text is compared with the whole of a name beside it. */
const isWholeName = ({ given }: Found, asked: readonly (readonly [Operation, Value])[], bits: ReturnType<PeerNames["bitsOf"]>): boolean =>
  given !== undefined &&
  asked.some(([operation, value]) => {
    const operands = isEquality(operation) ? operandsIn(value) : [];
    return (
      operands.some((it) => bare(it) === bare(given)) && operands.some((it) => bare(it) !== bare(given) && (bits.of(it) & PEER.name) !== 0)
    );
  });

const isEquality = (it: Operation): boolean => it.kind === "binary" && (it.operator === "==" || it.operator === "!=");

const bare = (value: Value): Value => (value.kind === "labelled" ? bare(value.of) : value);

const ENDS: ReadonlySet<string> = new Set(["starts_with", "ends_with"]);

type Method = Extract<Operation, { readonly kind: "method" }>;

const isMethod = (name: string): boolean => PARTIAL.has(name) || CUTTING.has(name) || name === "is_match";

/** Whether it is there at all. */
const isOnlyAsked = (body: Body, local: Local): boolean =>
  usesOf(body, local).every(({ operation: it }) => it?.kind === "method" && (it.name === "is_some" || it.name === "is_none"));

function byMethod(operation: Method, { owner, value }: Held, peers: PeerNames, texts: ComparedTexts): Found | undefined {
  if (!isMethod(operation.name)) return undefined;
  const [call] = callsIn(value, operation.name);
  const [on, given] = call?.arguments ?? [];
  if (on === undefined || given === undefined) return undefined;
  const bits = peers.bitsOf(owner);
  const isFingerprint = (it: Value): boolean => (bits.of(it) & (PEER.digest | PEER.name)) === PEER.digest;
  const isName = (it: Value): boolean => (bits.of(it) & PEER.name) !== 0 && !isSeveral({ owner, value: it }, peers);
  const span = { start: operation.nameSpan.start, end: operation.span.end };
  const found = (part: Partial | undefined, name: Value, known: Known | undefined): Found | undefined =>
    part && { part, name, span, call: operation.name, against: known?.whole };
  const held = { owner, value: on };
  // How long the other is nobody says: of nothing everything begins.
  if (ENDS.has(operation.name) && isFingerprint(on))
    return isText(given) && given.kind !== "constant" && (bits.of(given) & SHOWN) === 0 ? found("fingerprint", on, undefined) : undefined;
  if (operation.name === "is_match") {
    const pattern = isName(given) ? patternOf(held, peers, texts) : undefined;
    return pattern !== undefined && isUnanchored(pattern) ? found("pattern", given, { whole: pattern }) : undefined;
  }
  // A text of the program's own is no name of a peer; one that stands in where there is no name may be either.
  const list = isName(on) ? undefined : texts.known(held);
  if (list?.whole !== undefined && !isForm(list.whole))
    return operation.name === "contains" && isName(given) ? found("within", given, list) : undefined;
  if (isName(on)) {
    const known = texts.known({ owner, value: given });
    if (CUTTING.has(operation.name) && known?.whole !== undefined && isAttributeKey(known.whole)) return found("cut", on, known);
    if (!PARTIAL.has(operation.name)) return undefined;
    return known === undefined && !isText(given)
      ? undefined
      : mostPartial(
          textsSought(operation, { owner, value: given }, texts).flatMap((it) => {
            const one = found(partOf(operation.name, it), on, it);
            return one === undefined ? [] : [{ ...one, given }];
          }),
        );
  }
  return undefined;
}

/** `&name[..5] == "write"`. */
function bySlice({ flow }: Sites, operation: Operation, { owner, value }: Held, peers: PeerNames): Found | undefined {
  if (operation.kind !== "binary" || !isEquality(operation)) return undefined;
  const bits = peers.bitsOf(owner);
  const name = operandsIn(value).find(
    (it) => it.kind === "part" && it.name === "each" && (bits.of(it) & PEER.name) !== 0 && !isSeveral({ owner, value: it }, peers),
  );
  const body = name && flow.callable(owner)?.body;
  if (name === undefined || body === undefined || !(isBeginning(body, operation.left) || isBeginning(body, operation.right)))
    return undefined;
  return { part: "beginning", name, span: operation.span, call: operation.operator, against: undefined };
}

/** Cut at a length: `[..5]`. */
function isBeginning(body: Body, local: Local): boolean {
  const operations = body.blocks.flatMap((it) => it.operations);
  const seen = new Set<Local>();
  for (let at: Local | undefined = local; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const made = operations.find((it) => it.to === at && it.kind !== "store");
    const from = made?.kind === "copy" ? made.from : made?.kind === "reference" ? made.place : undefined;
    const index = from?.path.findLast((it) => it.kind === "index");
    const range = index?.kind === "index" ? operations.find((it) => it.to === index.index) : undefined;
    if (range?.kind === "range") return range.from === undefined && range.upper !== undefined;
    at = from?.local;
  }
  return false;
}

/** What a call may have come to. */
function callsIn(value: Value, name: string): readonly Extract<Value, { readonly kind: "apply" }>[] {
  if (value.kind === "labelled") return callsIn(value.of, name);
  if (value.kind === "alternatives") return value.of.flatMap((it) => callsIn(it.value, name));
  return value.kind === "apply" && lastOf(value.callee) === name ? [value] : [];
}

function operandsIn(value: Value): readonly Value[] {
  if (value.kind === "labelled") return operandsIn(value.of);
  if (value.kind === "alternatives") return value.of.flatMap((it) => operandsIn(it.value));
  return value.kind === "operation" ? value.operands.map((it) => (it.kind === "labelled" ? it.of : it)) : [];
}

/** Not a character, a list of them, or a test of one. */
const isText = ({ kind }: Value): boolean => kind !== "closure" && kind !== "function" && kind !== "collection" && kind !== "unknown";

/** What is looked for anywhere is so whatever it is; at an end each text decides that may be given. */
const textsSought = ({ name }: Method, given: Held, texts: ComparedTexts): readonly (Known | undefined)[] =>
  ENDS.has(name) ? texts.each(given) : [texts.known(given)];

/** One that is known before one that is set at run time. */
function mostPartial(found: readonly Found[]): Found | undefined {
  return found.find((it) => !isGiven(it.part)) ?? found[0];
}

const isGiven = (part: Partial): boolean => part === "given-beginning" || part === "given-end";

/** The regular expression that a value was made from. */
function patternOf(held: Held, peers: PeerNames, texts: ComparedTexts, seen: readonly Held[] = []): string | undefined {
  const { owner, value } = held;
  if (value.kind === "labelled" || value.kind === "part") return patternOf({ owner, value: value.of }, peers, texts, seen);
  const given = isIn(seen, held) ? undefined : peers.givenFor(held);
  if (given !== undefined) return patternOf(given, peers, texts, [...seen, held]);
  const [first] = value.kind === "apply" ? value.arguments : [];
  if (value.kind !== "apply" || first === undefined) return undefined;
  return value.callee.endsWith("Regex::new")
    ? texts.known({ owner, value: first })?.whole
    : patternOf({ owner, value: first }, peers, texts, seen);
}
