/** The program's own verifiers: where they are installed, and what their methods do. */

import type { VerifierMethod, VerifierTrait } from "../models/model.ts";
import type { Definition, Expression, FunctionItem, ImplItem } from "../rust/index.ts";
import type { Fact } from "../tls/facts.ts";
import { recordDraft } from "./drafts.ts";
import { roleOf } from "./endpoints.ts";
import { type Subject, state } from "./events.ts";
import { isAside } from "./guards.ts";
import { type Judged, judge, rankOf } from "./judgement.ts";
import { decisionFor, type Frame, type Installation, type Machine, placeOf, textOf, under } from "./machine.ts";
import type { Hit } from "./model-tables.ts";
import { beyond, extend, guardsOf, type Path } from "./path-conditions.ts";
import { examined, opaque, TAINT, type Value } from "./values.ts";

/** A verifier is given to an endpoint: one of the program's own types is remembered, an unknown one is an observation. */
export function install(
  machine: Machine,
  subject: Subject,
  given: Value,
  expression: Expression | undefined,
  verifies: "server" | "client",
): void {
  const { call } = subject;
  const { frame } = call;
  const value = examined(given);
  if (value.kind === "choice") {
    for (const arm of value.arms) under(frame, arm.path, () => install(machine, subject, arm.value, expression, verifies));
    return;
  }
  if (value.kind === "object" || value.kind === "error" || value.kind === "none") return;
  const decision = decisionFor(machine, subject.object);
  const place = decision?.place ?? placeOf(frame, call.nameSpan);
  if (value.kind === "record" && value.record.definition !== undefined && implementations(machine, value.record.definition).length > 0) {
    const { record } = value;
    const { item } = value.record.definition;
    // On one branch only, the other still asks what the endpoint was built with.
    if (guardsOf(beyond(frame.path, subject.object?.path ?? [])).length === 0)
      state(machine, subject, "own-verifier", { any: [{ kind: "own-verifier", verifies }] });
    const known = machine.installations.get(item) ?? [];
    // One place that is reached in several ways is one installation; the least guarded way counts.
    const same = known.findIndex((it) => it.place.file === place.file && it.place.span.start === place.span.start);
    const guards = (path: Path): number => guardsOf(path).length + (isAside(path) ? ASIDE : 0);
    if (same >= 0 && guards(known[same]?.path ?? []) <= guards(frame.path)) return;
    if (same >= 0) known.splice(same, 1);
    known.push({
      place,
      path: frame.path,
      call: call.written,
      record,
      ...(subject.object === undefined ? {} : { object: subject.object }),
    });
    machine.installations.set(item, known);
    return;
  }
  if (value.kind === "opaque" && value.parts.some((it) => it.kind === "object" && it.object.sort === "verifier")) return;
  const name = expression === undefined ? call.written : textOf(frame, expression.span);
  state(machine, subject, "verifier", {
    any: [{ kind: "verifier", verifies, judgement: "unknown", name: name.length > 60 ? call.written : name, installed: true }],
  });
}

/** More than conditions of real code could be. */
const ASIDE = 1000;

/** The impls of verifier traits for a type, in this crate. */
function implementations(
  machine: Machine,
  definition: Definition,
): { readonly impl: ImplItem; readonly scope: Definition; readonly hit: Hit<VerifierTrait>; readonly guessed: boolean }[] {
  return machine.scopes.implsOf(definition).flatMap((one) => {
    if (one.item.kind !== "impl") return [];
    const found = traitOf(machine, one.item, one);
    return found === undefined ? [] : [{ impl: one.item, scope: one, ...found }];
  });
}

export function traitOf(
  machine: Machine,
  impl: ImplItem,
  at: Definition,
): { readonly hit: Hit<VerifierTrait>; readonly guessed: boolean } | undefined {
  if (impl.trait === undefined) return undefined;
  const { file } = at.scope;
  const resolution = machine.scopes.resolve(impl.trait, at.scope);
  if (resolution.kind === "local") return undefined;
  const paths = resolution.kind === "external" ? resolution.paths : [resolution.segments];
  for (const path of paths) {
    const hit = machine.models.verifierTrait(machine.models.throughReexport(path) ?? machine.models.canonical(path.join("::")), file);
    if (hit !== undefined) return { hit, guessed: resolution.kind === "unknown" };
  }
  if (resolution.kind === "external" && paths.some((it) => /^[a-z]/.test(it[0] ?? "") && it.length > 1)) return undefined;
  const name = impl.trait.segments.map((it) => it.name);
  const hit = machine.models.guessTrait(name, file);
  return hit === undefined ? undefined : { hit, guessed: true };
}

/** Judges the methods of one impl of a verifier trait and says what came of it. */
export function judgeImplementation(
  machine: Machine,
  of: {
    readonly impl: ImplItem;
    readonly at: Definition;
    readonly hit: Hit<VerifierTrait>;
    readonly guessed: boolean;
    readonly path: Path;
    /** Reading begins with it here; if not, it is judged only as far as it is installed here. */
    readonly own: boolean;
  },
  frameFor: (item: FunctionItem) => Frame,
): void {
  const { impl, hit } = of;
  const type = selfType(machine, impl, of.at);
  const name = type === undefined ? textAt(of.at, impl.type.span) : nameOfItem(type);
  const places = type === undefined ? [] : (machine.installations.get(type.item) ?? []);
  if (places.length === 0 && !of.own) return;
  const judged: {
    readonly method: VerifierMethod;
    readonly item: FunctionItem;
    readonly judged: Judged;
    readonly at: readonly Installation[];
  }[] = [];
  for (const method of hit.of.methods) {
    const item = impl.items.find((it): it is FunctionItem => it.kind === "function" && it.name === method.name);
    if (item === undefined) continue;
    if (method.whenFalse !== undefined) {
      const frame = frameFor(item);
      presence(machine, of, item, frame, method.whenFalse, evaluateMethod(machine, item, method, { type }, frame));
      continue;
    }
    judged.push({ method, item, ...worstOf(machine, item, method, type, places, frameFor) });
  }
  const rawKeys = takesRawKeys(machine, of, type, frameFor);
  const main = judged.filter((it) => it.method.verifies !== "signature");
  const anything = main.some((it) => it.judged.judgement === "accepts-anything" && it.judged.path.length === 0);
  for (const one of judged) {
    const { verifies } = one.method;
    if (one.method.nameOnly && namesClients(places)) continue;
    if (verifies === "signature" && (anything || !isBlind(one))) continue;
    const installed = places.length > 0;
    // Whose key it is, the handshake proves: who that is can be looked up.
    const signed = !judged.some((it) => it.method.verifies === "signature" && isBlind(it));
    const lookUp = verifies === "client" && signed ? machine.lookUps.get(of.at.scope.file) : undefined;
    const fact: Fact = {
      kind: "verifier",
      verifies,
      judgement: one.judged.judgement,
      name,
      installed,
      ...(!installed && type !== undefined && machine.built.has(type.item) && { made: true }),
      ...(rawKeys && { rawKeys }),
      ...((one.judged.uncompared?.length ?? 0) > 0 && { comparesElse: true as const }),
      ...(lookUp && { lookedUpBy: lookUp.name }),
    };
    // One fault, one finding: both signature methods are one.
    if (
      verifies === "signature" &&
      judged.some((it) => it.method.verifies === "signature" && isBlind(it) && it.item.span.start < one.item.span.start)
    )
      continue;
    const frame = frameFor(one.item);
    const guards = installationPath(one.at.map((it) => it.path));
    const signatures = judged.filter((it) => it.method.verifies === "signature" && it !== one && isBlind(it));
    machine.loose.push({
      fact,
      place: placeOf(frame, one.item.nameSpan),
      related: [
        ...one.at.map((it) => ({ ...it.place, message: `\`${name}\` is installed here by \`${it.call}\``, installs: name })),
        ...(lookUp === undefined ? [] : [{ ...lookUp.place, message: "the certificate is looked up here" }]),
        ...signatures.map((it) => ({
          ...placeOf(frame, it.item.nameSpan),
          message: "the signature of the handshake is accepted unseen, too",
        })),
      ],
      path: extend(frame.path, [...guards, ...one.judged.path]) ?? frame.path,
      draft: draftOf(machine, of, one.item, frame),
      role:
        verifies === "server"
          ? "client"
          : verifies === "client"
            ? "server"
            : hit.of.methods.some((it) => it.verifies === "client")
              ? "server"
              : "client",
    });
  }
}

/** Whatever a signature is, it is accepted. */
const isBlind = ({ judged: { judgement } }: { readonly judged: Judged }): boolean =>
  judgement === "accepts-anything" || judgement === "drops-error";

/** Where every installation is guarded, so is the verifier: by the conditions of the first in code that is no test and no example, if there is one. */
function installationPath(paths: readonly Path[]): Path {
  if (paths.length === 0) return [];
  if (paths.some((path) => path.every((it) => it.survival || it.guard === undefined))) return [];
  return paths.find((it) => !isAside(it)) ?? paths[0] ?? [];
}

function presence(
  machine: Machine,
  of: { readonly impl: ImplItem; readonly at: Definition; readonly hit: Hit<VerifierTrait>; readonly guessed: boolean },
  item: FunctionItem,
  frame: Frame,
  fact: Fact,
  outcome: Value,
): void {
  const arms = outcome.kind === "choice" ? outcome.arms : [{ path: [], value: outcome }];
  for (const arm of arms) {
    const value = examined(arm.value);
    if (value.kind !== "bool" || value.value) continue;
    machine.loose.push({
      fact,
      place: placeOf(frame, item.nameSpan),
      related: [],
      path: [...frame.path, ...arm.path],
      draft: draftOf(machine, of, item, frame),
      role: "server",
    });
  }
}

function takesRawKeys(
  machine: Machine,
  { impl, hit }: { readonly impl: ImplItem; readonly hit: Hit<VerifierTrait> },
  type: Definition | undefined,
  frameFor: (item: FunctionItem) => Frame,
): boolean {
  const item = impl.items.find((it): it is FunctionItem => it.kind === "function" && it.name === hit.of.rawKeys);
  if (item === undefined) return false;
  const says = examined(machine.runBody(item, selfOf(machine, item, type), [], frameFor(item)));
  return says.kind === "bool" && says.value;
}

function draftOf(
  machine: Machine,
  of: { readonly hit: Hit<VerifierTrait>; readonly guessed: boolean },
  item: FunctionItem,
  frame: Frame,
): number {
  return recordDraft(machine, {
    arguments: [],
    nameSpan: item.nameSpan,
    written: item.name,
    guessed: of.guessed,
    frame,
    hit: { path: `${of.hit.path}::${item.name}`, model: of.hit.model },
  });
}

/** The worst that the method does for any of the values that are installed, and where those are. */
function worstOf(
  machine: Machine,
  item: FunctionItem,
  method: VerifierMethod,
  type: Definition | undefined,
  places: readonly Installation[],
  frameFor: (item: FunctionItem) => Frame,
): { readonly judged: Judged; readonly at: readonly Installation[] } {
  const ways = waysOf(places).map(({ fields, at }) => {
    const frame = frameFor(item);
    machine.consulted.length = 0;
    const outcome = evaluateMethod(machine, item, method, { type, fields }, frame);
    const found = judge(
      [{ path: [], value: outcome }],
      machine.consulted.map((it) => beyond(it.path, frame.start)),
      machine.models.refusals,
    );
    return { judged: method.nameOnly ? ofName(found) : halfAsked(found, method, machine), at };
  });
  const rank = ({ judged, at }: (typeof ways)[number]): number =>
    rankOf(judged) + (installationPath(at.map((it) => it.path)).length > 0 ? 0.6 : 0);
  const worst = ways.reduce((a, b) => (rank(b) < rank(a) ? b : a));
  return worst;
}

/** Who asks for one half of a verdict alone: the chain, and nobody asked whose it is, or the name, and nobody vouches for it. */
function halfAsked(found: Judged, { verifies }: VerifierMethod, { consulted, models }: Machine): Judged {
  if (found.judgement !== "delegates" || consulted.length === 0) return found;
  if (consulted.every((it) => models.nameOnly.has(it.name))) return { ...found, judgement: found.pinned ? "pins" : "compares-claims" };
  const nameless = verifies === "server" && found.compared !== true && consulted.every((it) => models.chainOnly.has(it.name));
  return nameless ? { ...found, judgement: "drops-name-error", path: found.uncompared ?? [] } : found;
}

/** Who accepts any name gives the name away and nothing else; whatever is compared with it is a check. */
const ofName = (judged: Judged): Judged => ({
  ...judged,
  judgement: judged.judgement === "accepts-anything" ? "drops-name-error" : "pins",
});

/** Certificates of clients seldom have a name that a server could know. */
const namesClients = (places: readonly Installation[]): boolean =>
  places.some(
    ({ object }) =>
      object !== undefined && (roleOf(object) === "server" || object.events.some((it) => it.kind === "client-authentication")),
  );

/** Installations by what their values' fields tell: those that tell nothing are one way. */
function waysOf(places: readonly Installation[]): { readonly fields: ReadonlyMap<string, Value>; readonly at: Installation[] }[] {
  const ways = new Map<string, { readonly fields: ReadonlyMap<string, Value>; readonly at: Installation[] }>();
  for (const one of places) {
    const fields = new Map([...one.record.fields].filter(([, value]) => tells(value)));
    const key = [...fields]
      .map(([name, value]) => `${name}=${value.kind}${value.kind === "bool" ? value.value : (value.origin?.span.start ?? "")}`)
      .join();
    const known = ways.get(key);
    if (known !== undefined) known.at.push(one);
    else if (ways.size < MOST_WAYS) ways.set(key, { fields, at: [one] });
  }
  return ways.size === 0 ? [{ fields: new Map(), at: [] }] : [...ways.values()];
}

/** Different values of one type that are installed. */
const MOST_WAYS = 4;

const tells = (value: Value): boolean =>
  ["bool", "none", "record", "closure", "function"].includes(value.kind) || (value.kind === "opaque" && value.polarity !== 0);

function evaluateMethod(
  machine: Machine,
  item: FunctionItem,
  method: VerifierMethod,
  of: { readonly type: Definition | undefined; readonly fields?: ReadonlyMap<string, Value> },
  frame: Frame,
): Value {
  const { type, fields } = of;
  const values = item.parameters.map((parameter, index) => opaque(textOf(frame, parameter.pattern.span), { taint: shown(method, index) }));
  return machine.runBody(item, selfOf(machine, item, type, fields), values, frame);
}

const shown = ({ certificate, beside }: VerifierMethod, index: number): number =>
  certificate.includes(index) ? TAINT.certificate : index === beside ? TAINT.claim : 0;

function selfOf(
  machine: Machine,
  item: FunctionItem,
  type: Definition | undefined,
  fields?: ReadonlyMap<string, Value>,
): Value | undefined {
  if (item.receiver === undefined) return undefined;
  if (type === undefined) return opaque("self", { taint: TAINT.configuration });
  return { kind: "record", record: { ...machine.recordOf(type, "self"), fields: new Map(fields) } };
}

function selfType(machine: Machine, impl: ImplItem, at: Definition): Definition | undefined {
  const { type } = impl;
  if (type.kind !== "path") return undefined;
  const resolution = machine.scopes.resolve(type.path, at.scope);
  return resolution.kind === "local" ? resolution.definition : undefined;
}

const nameOfItem = (definition: Definition): string =>
  "name" in definition.item && definition.item.name !== undefined ? definition.item.name : "verifier";
const textAt = (at: Definition, span: { readonly start: number; readonly end: number }): string =>
  at.scope.source.text.slice(span.start, span.end);
