/** Which rules can fire on which calls, and whether the models hold a remedy for it: worked out from the data alone. */
import { models } from "../../server/src/models/index.ts";
import type { ByHand, CallModel, CrateModel, Effect, Recipe } from "../../server/src/models/model.ts";
import { codeRules } from "../../server/src/rules/index.ts";
import type { AnyCodeRule, Remedy, RuleContext, Verdict } from "../../server/src/rules/rule.ts";
import type { Fact, FactKind, Observation, Role } from "../../server/src/tls/facts.ts";
import { VERSIONS } from "../../server/src/tls/facts.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../server/src/tls/policy.ts";

/** A call of a crate (or a type, for what the library does by itself) that can state a fact. */
interface Statement {
  readonly model: CrateModel;
  readonly call: string;
  readonly fact: Fact;
  readonly role: Role | "unknown";
  readonly byDefault: boolean;
}

export interface Coverage {
  readonly rule: AnyCodeRule;
  readonly package: string;
  readonly call: string;
  /** Of the bad fact. */
  readonly kind: FactKind;
  /** Titles of the remedies; empty where there is none. */
  readonly titles: readonly string[];
  /** Why a person has to act, where there is none and the crate's model says so. */
  readonly because?: string;
}

/** The sides of a connection on which a rule fires on some call and has a remedy for it. */
export function sidesOf(rule: AnyCodeRule): ReadonlySet<Role> {
  const sides = new Set<Role>();
  for (const statement of models.flatMap(statementsOf)) {
    const { role } = statement;
    const remedies = judged(rule, statement)?.remedies ?? [];
    if (role !== "unknown" && remedies.some((it) => titlesFor(it, statement).length > 0)) sides.add(role);
  }
  return sides;
}

/** What a rule's page says about each crate without a remedy. */
export function reasonsOf(
  rule: string,
  all: readonly Coverage[],
): readonly { readonly because: string; readonly calls: readonly string[] }[] {
  const calls = new Map<string, string[]>();
  for (const it of all) {
    if (it.rule.id !== rule || it.because === undefined) continue;
    calls.set(it.because, [...(calls.get(it.because) ?? []), it.call]);
  }
  return [...calls].map(([because, of]) => ({ because, calls: of }));
}

const place = { file: "/a.rs", span: { start: 0, end: 1 } };
/** Everything speaks for mutual TLS, so that every rule that could fire does. */
const CONTEXT: RuleContext = {
  policy: { profile: "private-mtls", mtls: "required", now: 0, minimumVersion: MINIMUM_VERSION, expiringDays: EXPIRING_DAYS },
  intent: [{ place: { file: "/b.rs", span: { start: 0, end: 1 } }, reason: "a sign", of: "mutual-tls" }],
  readsPeerIdentity: true,
};

/** Warnings and errors, each with its remedies, and what is less where a model says why a person has to act. */
export function coverage(): Coverage[] {
  const found = new Map<string, Coverage>();
  for (const statement of models.flatMap(statementsOf)) {
    for (const rule of codeRules) {
      const verdict = judged(rule, statement);
      const severity = verdict?.severity ?? rule.severity;
      const isLoud = severity === "error" || severity === "warning";
      if (verdict === undefined || !(isLoud || reasonFor(statement) !== undefined)) continue;
      const titles = (verdict.remedies ?? []).flatMap((it) => titlesFor(it, statement));
      const key = `${rule.id} ${statement.model.package} ${statement.call}`;
      const known = found.get(key);
      // One way of firing without a remedy is a gap, whatever the others have.
      if (known !== undefined && (known.titles.length === 0 || titles.length > 0)) continue;
      const reason = titles.length > 0 ? undefined : reasonFor(statement);
      found.set(key, {
        rule,
        package: statement.model.package,
        call: statement.call,
        kind: statement.fact.kind,
        titles: [...new Set(titles)],
        ...(reason === undefined ? {} : { because: reason.because }),
      });
    }
  }
  return [...found.values()];
}

const reasonFor = ({ model, call, fact }: Statement): ByHand | undefined =>
  model.byHand?.find((it) => it.of === fact.kind && it.at.includes(call));

function judged(rule: AnyCodeRule, { model, call, fact, role, byDefault }: Statement): Verdict | undefined {
  if (rule.observes !== fact.kind && rule.alsoObserves?.includes(fact.kind) !== true) return undefined;
  const observation: Observation = {
    fact,
    role,
    place,
    related: [],
    guards: [],
    byDefault,
    call,
    written: call.slice(call.lastIndexOf("::") + 2),
    guessed: false,
    handle: 0,
  };
  const endpoint = {
    id: 0,
    role,
    sort: "configuration",
    crate: model.crate,
    library: model.crate,
    place,
    facts: [observation],
    effective: [observation],
    parts: [],
    usedBy: [],
    replaces: [],
    alike: [],
    idle: [],
  } as const;
  return rule.judge({ ...observation, endpoint }, CONTEXT);
}

/** The places at which a recipe may be written for a fact, and the kinds that lead there as well. */
function titlesFor({ want }: Remedy, statement: Statement): readonly string[] {
  if (want.kind === "propagate-error") return ["Propagate the error with `?`"];
  if (want.kind === "move-before-listener") return ["register the hook before the address is bound"];
  const { model, call, fact } = statement;
  // What makes something is needed by whatever takes it.
  const isMaker = model.calls.some((it) => it.path === call && makes(it) !== undefined);
  if (want.kind === "remove-call") return isMaker ? [] : ["take the call out"];
  const places = new Set([call]);
  if (statement.byDefault) for (const it of model.calls) if (makes(it) === call) places.add(it.path);
  const wishes: Readonly<Record<string, unknown>>[] = [{ ...want }];
  if (fact.kind === "verifier") {
    for (const it of models.filter((one) => one.package === model.package).flatMap((one) => one.calls))
      if (it.effects?.some((effect) => effect.kind === "installs")) places.add(it.path);
    wishes.push(
      fact.verifies === "client" ? { kind: "client-authentication", mode: "required" } : { kind: "server-verification", enabled: true },
    );
  }
  return models
    .flatMap((it) => it.recipes ?? [])
    .filter((it) => places.has(it.at) && plays(it, statement) && wishes.some((wish) => gives(it, wish)))
    .map((it) => it.title);
}

function makes({ returns }: CallModel): string | undefined {
  if (typeof returns !== "object") return undefined;
  return "new" in returns ? returns.new : "becomes" in returns ? returns.becomes : undefined;
}

const plays = (recipe: Recipe, { role, fact }: Statement): boolean =>
  (recipe.role === undefined || role === "unknown" || recipe.role === role) && (recipe.of === undefined || recipe.of.includes(fact.kind));

const gives = (recipe: Recipe, want: Readonly<Record<string, unknown>>): boolean =>
  recipe.gives.kind === want["kind"] && Object.entries(recipe.gives).every(([key, value]) => !(key in want) || want[key] === value);

function statementsOf(model: CrateModel): readonly Statement[] {
  const state = (call: string, fact: Fact, role: Role | "unknown", byDefault = false): Statement => ({
    model,
    call,
    fact,
    role,
    byDefault,
  });
  const types = Object.entries(model.types).flatMap(([path, type]) =>
    (type.defaults ?? []).map(({ fact }) => state(path, fact, type.role ?? "unknown", true)),
  );
  const values = Object.entries(model.values ?? {}).flatMap(([path, value]) =>
    value.kind === "object" ? (value.states ?? []).map((fact) => state(path, fact, model.types[value.type]?.role ?? "unknown")) : [],
  );
  const calls = model.calls.flatMap((call) => {
    const role = roleOf(call, model);
    const facts = (call.effects ?? []).flatMap((effect) => factsOf(effect).map((it) => ({ role, ...it })));
    const failing: Fact[] =
      call.fails === undefined ? [] : [{ kind: "dropped-error", what: call.fails, call: call.path, systemStore: false }];
    const imaginary: Fact[] = call.imaginary === true ? [{ kind: "imaginary-call", call: call.path, mode: "required" }] : [];
    return [...facts, ...[...failing, ...imaginary].map((fact) => ({ role, fact }))].map((it) => state(call.path, it.fact, it.role));
  });
  const verifiers = (model.verifierTraits ?? []).flatMap((trait) =>
    trait.methods.flatMap(({ name, verifies, nameOnly, whenFalse }) => [
      state(`${trait.path}::${name}`, verifier(verifies, nameOnly), verifies === "client" ? "server" : "client"),
      ...(whenFalse === undefined ? [] : [state(`${trait.path}::${name}`, whenFalse, "server")]),
    ]),
  );
  return [...types, ...values, ...calls, ...verifiers];
}

/** Of the type that the call is a method of, or that it makes. */
function roleOf(call: CallModel, model: CrateModel): Role | "unknown" {
  const owner = call.path.replace(/(::|\.)\w+$/, "");
  return model.types[makes(call) ?? ""]?.role ?? model.types[owner]?.role ?? "unknown";
}

const verifier = (verifies: "server" | "client" | "signature", nameOnly = false): Fact => ({
  kind: "verifier",
  verifies,
  judgement: nameOnly ? "drops-name-error" : "accepts-anything",
  name: "Mine",
  installed: true,
});

/** What a bad number says. */
const NUMBERED = {
  "early-data": { kind: "early-data", bytes: 1 },
  "security-level": { kind: "security-level", level: 0 },
  "validity-check": { kind: "validity-check", enabled: true, at: 1 },
} as const satisfies Readonly<Record<Extract<Effect, { kind: "number" }>["of"], Fact>>;

function factsOf(effect: Effect): readonly { readonly fact: Fact; readonly role?: Role }[] {
  switch (effect.kind) {
    case "states":
      return [{ fact: effect.fact }];
    case "switch":
      return [effect.on, effect.off].flatMap((fact) => (fact === undefined ? [] : [{ fact }]));
    case "flags":
      return effect.cases.flatMap(({ states, role }) => states.map((fact) => ({ fact, ...(role === undefined ? {} : { role }) })));
    case "word":
      return [...(effect.none === undefined ? [] : [effect.none]), ...words(effect.of)].map((fact) => ({ fact }));
    case "text":
      return [{ fact: { kind: "cipher-list", ciphers: "ALL:eNULL" } }];
    case "number":
      return [{ fact: NUMBERED[effect.of] }];
    case "callback":
      return (["client", "server"] as const).map((it) => ({ fact: verifier(it), role: it === "client" ? "server" : "client" }));
    case "handshake": {
      const lacks = effect.name === undefined ? "name" : "empty-name";
      return effect.as === "client" ? [{ fact: { kind: "hostname-verification", enabled: false, lacks }, role: "client" }] : [];
    }
    case "revokes":
      return effect.source === "crls" ? [{ fact: { kind: "revocation", lists: "none" } }] : [];
    default:
      return [];
  }
}

function words(of: "minimum-version" | "maximum-version" | "client-authentication"): readonly Fact[] {
  if (of === "client-authentication") return [];
  return VERSIONS.map((version) => ({ kind: of, version }));
}
