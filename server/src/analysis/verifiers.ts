/** Verifiers of the program's own: each method of a trait that accepts or refuses peers is judged by what it may return. */
import type { Condition, Flow, FunctionId, Implementation, ResolvedProgram, Value } from "../flow/index.ts";
import type { VerifierMethod, VerifierTrait } from "../models/model.ts";
import type { Fact, Place } from "../tls/facts.ts";
import { acceptedAt } from "./accepted.ts";
import { roleOf } from "./building.ts";
import type { Comparing } from "./comparing-clients.ts";
import { type Asker, isChosen, pathsOf } from "./conditions.ts";
import { installationPath, placesOf, withoutOwn } from "./installations.ts";
import { waysOf } from "./installed-values.ts";
import { type Judged, judge, rankOf } from "./judgements.ts";
import { isMade } from "./made-types.ts";
import { armsOf } from "./meanings.ts";
import type { ModelIndex } from "./model-index.ts";
import { isConsultation } from "./model-rows.ts";
import type { Hit } from "./model-tables.ts";
import { vouchedByPeer } from "./own-anchors.ts";
import { Choices } from "./own-conditions.ts";
import { extend, type Path, sameAtom } from "./path-conditions.ts";
import { PEER, PeerBits } from "./peer-bits.ts";
import { askerOf, type Installation, type Records } from "./records.ts";

export interface Verifier {
  readonly implementation: Implementation;
  readonly hit: Hit<VerifierTrait>;
  readonly guessed: boolean;
  readonly methods: readonly {
    readonly id: FunctionId;
    readonly of: VerifierMethod;
    readonly place: Place;
    readonly inputs: readonly string[];
  }[];
}

/** The impls of traits that models know, or whose names only one of them has. */
export function verifiersIn(program: ResolvedProgram, models: ModelIndex): readonly Verifier[] {
  return program.implementations(models.verifierTraits).flatMap((implementation) => {
    const { trait, isResolved, declared } = implementation;
    const file = declared.fragment.path;
    const known = models.verifierTrait(models.canonical(trait), file);
    const hit = known ?? (isResolved ? undefined : models.guessTrait(trait.split("::"), file));
    if (hit === undefined) return [];
    const methods = declared.members.flatMap((member) => {
      const of = hit.of.methods.find((it) => it.name === member.name);
      if (of === undefined || member.kind !== "function") return [];
      const { path, span } = program.written(file, { start: member.nameStart, end: member.nameStart + member.name.length });
      const lowered = member.lowered;
      const inputs = lowered?.kind === "function" ? ["self", ...lowered.parameters.map((it) => nameOf(it.pattern))] : [];
      return [{ id: program.ids.id(member), of, place: { file: path, span }, inputs }];
    });
    return [{ implementation, hit, guessed: known === undefined, methods }];
  });
}

/** Inputs of their methods that are the peer's certificate. */
export const certificatesGiven = (verifiers: readonly Verifier[]): ReadonlyMap<FunctionId, readonly number[]> =>
  new Map(verifiers.flatMap((it) => it.methods.map(({ id, of }) => [id, of.certificate.map((index) => index + 1)] as const)));

const nameOf = (pattern: { readonly kind: string; readonly name?: string }): string => pattern.name ?? "…";

type Method = Verifier["methods"][number];

interface JudgedMethod {
  readonly method: Method;
  readonly judged: Judged;
  /** Where what is judged so is installed, as surely as it is anywhere. */
  readonly at: readonly Installation[];
  /** And wherever else. */
  readonly anywhere: readonly Installation[];
}

/** `lookUps`: by file, where its crate looks up the certificates of its clients. */
export function judgeVerifiers(
  verifiers: readonly Verifier[],
  flow: Flow,
  records: Records,
  pathOf: (id: FunctionId) => Path,
  lookUps: ReadonlyMap<string, Comparing>,
): void {
  const choices = new Choices(records.origins);
  for (const verifier of verifiers) {
    const { type } = verifier.implementation;
    const installations = records.installations.filter((it) => it.type === type);
    const rawKeys = takesRawKeys(verifier, flow, records);
    const judged = verifier.methods.flatMap((method): readonly JudgedMethod[] => {
      if (method.of.whenFalse === undefined) return [worstOf(method, installations, flow, records)];
      presence(verifier, method, method.of.whenFalse, flow, records, pathOf);
      return [];
    });
    // Whose key it is, the handshake proves: who that is can be looked up.
    const signed = !judged.some((it) => isSignature(it) && isBlind(it));
    const lookUp = signed ? lookUps.get(verifier.implementation.declared.fragment.path) : undefined;
    for (const one of judged) state(verifier, one, judged, { installations, rawKeys, lookUp, choices }, records, pathOf);
  }
}

/** Its peers show bare keys. */
function takesRawKeys({ hit, implementation: { declared } }: Verifier, flow: Flow, { sites }: Records): boolean {
  const method = declared.members.find((it) => it.kind === "function" && it.name === hit.of.rawKeys);
  const says = method && flow.summary(sites.program.ids.id(method))?.result;
  return says?.kind === "constant" && says.value === true;
}

/** The worst that the method does for any of the values that are installed, and where all those are of which it is as bad. */
function worstOf(method: Method, installations: readonly Installation[], flow: Flow, records: Records): JudgedMethod {
  const ways = waysOf(installations, flow).map(([self, at]) => ({
    method,
    judged: judgeMethod(method, self, flow, records),
    at,
    anywhere: at,
  }));
  const rank = ({ judged, at }: JudgedMethod): number => rankOf(judged) + (installationPath(at.map((it) => it.path)).length > 0 ? 0.6 : 0);
  const worst = ways.reduce((a, b) => (rank(b) < rank(a) ? b : a));
  const alike = ways.filter((it) => rank(it) === rank(worst) && isAsBad(it, worst));
  return { ...worst, at: alike.flatMap(({ at }) => at), anywhere: ways.flatMap((it) => (isAsBad(it, worst) ? it.at : [])) };
}

const isAsBad = (one: Pick<JudgedMethod, "judged">, other: Pick<JudgedMethod, "judged">): boolean =>
  one.judged.judgement === other.judged.judgement;

function judgeMethod(method: Method, self: Value, flow: Flow, records: Records): Judged {
  const { of, id } = method;
  const inputs = method.inputs.map((_, index) => (index === 0 ? self : flow.values.make({ kind: "input", index })));
  const summary = flow.called(id, inputs);
  if (summary === undefined || summary.returns.length === 0) return { judgement: "rejects", under: [], some: false };
  const bits = new PeerBits(
    (index) => {
      if (index === 0) return PEER.configuration;
      return of.certificate.includes(index - 1) ? PEER.certificate : index - 1 === of.beside ? PEER.claim : PEER.asked;
    },
    undefined,
    flow,
  );
  const effects = summary.events.filter((it) => it.kind === "effect");
  const asked = effects.flatMap((it) =>
    isConsultation(it.data) ? [{ name: it.data.consulted, condition: it.condition, verdict: it.on, given: it.with }] : [],
  );
  const asker = asking(method, records);
  const idle = vouchedByPeer(asked, effects, bits);
  const found = judge(
    summary.result,
    asked.filter((it) => !idle.has(it.verdict)).map((it) => it.condition),
    {
      models: records.models,
      bits,
      truth: flow.values.constant(true),
      isChosen: (atom) => isChosen(atom, asker),
      idle,
    },
  );
  return of.nameOnly === true
    ? ofName(found)
    : halfAsked(
        found,
        of,
        asked.map((it) => it.name),
        records.models,
      );
}

const asking = ({ id, inputs, place }: Method, records: Records): Asker => askerOf(records, id, inputs, place);

/** Who asks for one half of a verdict alone: the chain, and nobody asked whose it is, or the name, and nobody vouches for it. */
function halfAsked(found: Judged, { verifies }: VerifierMethod, asked: readonly string[], models: ModelIndex): Judged {
  if (found.judgement !== "delegates" || asked.length === 0) return found;
  if (asked.every((it) => models.nameOnly.has(it))) return { ...found, judgement: found.pinned ? "pins" : "compares-claims" };
  const nameless = verifies === "server" && found.compared !== true && asked.every((it) => models.chainOnly.has(it));
  return nameless ? { ...found, judgement: "drops-name-error", under: found.uncompared ?? [] } : found;
}

/** Who accepts any name gives the name away and nothing else; whatever is compared with it is a check. */
const ofName = (judged: Judged): Judged => ({
  ...judged,
  judgement: judged.judgement === "accepts-anything" ? "drops-name-error" : "pins",
});

/** Whatever a signature is, it is accepted. */
const isBlind = ({ judged: { judgement } }: JudgedMethod): boolean => judgement === "accepts-anything" || judgement === "drops-error";

const isSignature = ({ method }: JudgedMethod): boolean => method.of.verifies === "signature";

function state(
  verifier: Verifier,
  one: JudgedMethod,
  all: readonly JudgedMethod[],
  {
    installations,
    rawKeys,
    lookUp: found,
    choices,
  }: {
    readonly installations: readonly Installation[];
    readonly rawKeys: boolean;
    readonly lookUp: Comparing | undefined;
    readonly choices: Choices;
  },
  records: Records,
  pathOf: (id: FunctionId) => Path,
): void {
  const { method, judged } = one;
  const { verifies } = method.of;
  const anything = all.some((it) => !isSignature(it) && it.judged.judgement === "accepts-anything" && it.judged.under.length === 0);
  if (method.of.nameOnly === true && namesClients(installations)) return;
  if (isSignature(one) && (anything || !isBlind(one))) return;
  const blind = all.filter((it) => isSignature(it) && isBlind(it));
  // One fault, one finding: both signature methods are one.
  if (isSignature(one) && blind[0] !== one) return;
  const { typeName: name, type } = verifier.implementation;
  const lookUp = verifies === "client" ? found : undefined;
  const fact: Fact = {
    kind: "verifier",
    verifies,
    judgement: judged.judgement,
    name,
    installed: installations.length > 0,
    ...(installations.length === 0 && type !== undefined && isMade(type, records.sites) && { made: true }),
    ...(rawKeys && { rawKeys }),
    ...(judged.pinned && { pinned: true }),
    ...((judged.uncompared?.length ?? 0) > 0 && { comparesElse: true }),
    ...(lookUp !== undefined && { lookedUpBy: lookUp.name }),
  };
  const guards = installationPath(one.at.map((it) => withoutOwn(it, records, choices)));
  const others = one.at.flatMap(({ path }) => path.filter((it) => !guards.some((told) => sameAtom(told, it))));
  for (const own of pathsOf(underOf(judged), asking(method, records))) {
    const base = pathOf(method.id);
    records.loose.push({
      fact,
      place: method.place,
      related: [
        ...placesOf([...one.at, ...one.anywhere], name),
        ...acceptedAt(one.method, one.judged, records.sites),
        ...(lookUp === undefined ? [] : [{ ...lookUp.place, message: "the certificate is looked up here" }]),
        ...blind
          .filter((it) => it !== one)
          .flatMap((it) => [
            { ...it.method.place, message: "the handshake signature is not verified either" },
            ...acceptedAt(it.method, it.judged, records.sites),
          ]),
      ],
      path: extend(base, [...guards, ...own]) ?? base,
      own: others,
      draft: draftOf(verifier, method, records),
      role:
        verifies === "server"
          ? "client"
          : verifies === "client" || verifier.hit.of.methods.some((it) => it.verifies === "client")
            ? "server"
            : "client",
    });
  }
}

const underOf = ({ under, some }: Judged): Condition => [{ atoms: under, some }];

/** Certificates of clients seldom have a name that a server could know. */
const namesClients = (installations: readonly Installation[]): boolean =>
  installations.some(
    ({ object }) =>
      object !== undefined && (roleOf(object) === "server" || object.events.some((it) => it.kind === "client-authentication")),
  );

/** Methods that return a flag: where it is false, a fact holds. */
function presence(verifier: Verifier, method: Method, fact: Fact, flow: Flow, records: Records, pathOf: (id: FunctionId) => Path): void {
  const result = flow.summary(method.id)?.result;
  const arms = result === undefined ? [] : armsOf(result);
  for (const { condition, value } of arms) {
    if (value.kind !== "constant" || value.value !== false) continue;
    for (const own of pathsOf(condition, asking(method, records))) {
      const base = pathOf(method.id);
      records.loose.push({
        fact,
        place: method.place,
        related: [],
        path: extend(base, own) ?? base,
        draft: draftOf(verifier, method, records),
        role: "server",
      });
    }
  }
}

function draftOf({ hit, guessed }: Verifier, { of, place }: Method, { drafts }: Records): number {
  drafts.push({
    site: { model: hit.model, file: place.file, call: `${hit.path}::${of.name}`, function: hit },
    written: of.name,
    guessed,
    at: undefined,
    nameSpan: place.span,
    callModel: undefined,
  });
  return drafts.length - 1;
}
