/** What `cfg(…)` asks for, as data: how it reads, what flags are in it, and what it comes to where some of them are known. */

export type CfgPredicate =
  | { readonly kind: "all" | "any"; readonly of: readonly CfgPredicate[] }
  | { readonly kind: "not"; readonly of: CfgPredicate }
  | CfgFlag;

/** `test`, `debug_assertions`, `unix`, `feature = "x"`. */
export interface CfgFlag {
  readonly kind: "flag";
  readonly name: string;
  readonly value?: string;
}

export function cfgText(predicate: CfgPredicate): string {
  switch (predicate.kind) {
    case "not":
      return `not(${cfgText(predicate.of)})`;
    case "all":
    case "any":
      return `${predicate.kind}(${predicate.of.map(cfgText).join(", ")})`;
    case "flag":
      return predicate.value === undefined ? predicate.name : `${predicate.name} = "${predicate.value}"`;
  }
}

export function flagsIn(predicate: CfgPredicate): readonly CfgFlag[] {
  switch (predicate.kind) {
    case "flag":
      return [predicate];
    case "not":
      return flagsIn(predicate.of);
    default:
      return predicate.of.flatMap(flagsIn);
  }
}

/** Of Cargo, and named. */
export const isFeature = ({ name, value }: CfgFlag): boolean => name === "feature" && value !== undefined;

/** Whether it holds, as far as what is known of its flags decides. */
export function holds(predicate: CfgPredicate, known: (flag: CfgFlag) => boolean | undefined): boolean | undefined {
  if (predicate.kind === "flag") return known(predicate);
  if (predicate.kind === "not") {
    const inner = holds(predicate.of, known);
    return inner === undefined ? undefined : !inner;
  }
  const decisive = predicate.kind === "any";
  const each = predicate.of.map((it) => holds(it, known));
  return each.includes(decisive) ? decisive : each.includes(undefined) ? undefined : !decisive;
}
