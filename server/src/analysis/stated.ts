/** What numbers and flags state. */
import type { Effect } from "../models/model.ts";
import type { Fact, Role } from "../tls/facts.ts";

export function numbered(of: Extract<Effect, { kind: "number" }>["of"], value: number): Fact {
  switch (of) {
    case "early-data":
      return { kind: of, bytes: value };
    case "security-level":
      return { kind: of, level: value };
    case "validity-check":
      return { kind: of, enabled: true, at: value };
  }
}

export interface StatedKind {
  readonly kind: Fact["kind"];
  readonly facts: Readonly<Record<Role | "any", readonly Fact[]>>;
}

/** What flags state, by kind of fact and role; `bits` undefined where they are not known: what was stated before ends. */
export function statedByFlags(effect: Extract<Effect, { kind: "flags" }>, bits: readonly string[] | undefined): readonly StatedKind[] {
  const pick = (role: Role | undefined): readonly Fact[] =>
    bits === undefined
      ? []
      : (effect.cases.find(
          (one) =>
            (one.role === undefined || one.role === role) &&
            (one.has ?? []).every((bit) => bits.includes(bit)) &&
            (one.lacks ?? []).every((bit) => !bits.includes(bit)),
        )?.states ?? []);
  const kinds = new Set(effect.cases.flatMap((it) => it.states.map((fact) => fact.kind)));
  if (effect.otherwise === "unchanged" && ([undefined, "client", "server"] as const).every((role) => pick(role).length === 0)) return [];
  return [...kinds].flatMap((kind) => {
    const of = (role: Role | undefined): readonly Fact[] => pick(role).filter((fact) => fact.kind === kind);
    const facts = { client: of("client"), server: of("server"), any: of(undefined) };
    const idle = effect.accumulates === true && bits !== undefined && Object.values(facts).every((some) => some.length === 0);
    return idle ? [] : [{ kind, facts }];
  });
}
