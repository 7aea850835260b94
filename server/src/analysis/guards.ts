/** Guards: attributes and conditions turned into atoms of paths. */
import type { Span } from "../base/span.ts";
import type { Attributes, Cfg } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { cfgText, flagsIn, isFeature } from "../tls/cfg.ts";
import type { DefaultPlace, Guard, Place, WordAsked } from "../tls/facts.ts";
import { polarityOfName } from "./option-names.ts";
import type { Atom, Path } from "./path-conditions.ts";

/** Attributes that make a function a test, by the last segment: `test`, `tokio::test`, `rstest`, `bench`. */
const TEST_ATTRIBUTES: ReadonlySet<string> = new Set([
  "test",
  "bench",
  "rstest",
  "test_case",
  "quickcheck",
  "proptest",
  "tokio_test",
  "traced_test",
  "wasm_bindgen_test",
  "serial_test",
  "serial",
]);

export interface Features {
  /** Another crate's feature of the same name is another one. */
  readonly library?: string;
  readonly defaultFeatures: ReadonlySet<string>;
  readonly features: ReadonlySet<string>;
}

/** `group` is the same for a predicate and its negation, so that twins exclude and complete each other. */
export function attributeAtoms(attributes: Attributes, file: string, features: Features | undefined): Path {
  const atoms = attributes.cfg.flatMap(({ predicate, span }) => cfgAtoms(predicate, { file, span }, false, features));
  return attributes.names.some((it) => TEST_ATTRIBUTES.has(lastOf(it)))
    ? [...atoms, testAtom({ file, span: attributes.texts[0]?.span ?? { start: 0, end: 0 } })]
    : atoms;
}

export const testAtom = (place?: Place): Atom => ({
  group: "test",
  alternative: 0,
  alternatives: 2,
  guard: { kind: "test", ...(place === undefined ? {} : { place }) },
});

export const exampleAtom = (guard: Extract<Guard, { kind: "example" }>): Atom => ({
  group: "example",
  alternative: 0,
  alternatives: 2,
  guard,
});

/** Code that nobody runs for its own sake: what it asks for says nothing of what the program does. */
export const isAside = (path: Path): boolean => path.some(isAsideAtom);
const isAsideAtom = ({ guard }: Atom): boolean => guard !== undefined && isAsideGuard(guard);
export const isAsideGuard = ({ kind }: Guard): boolean => kind === "test" || kind === "example";

/** Where nothing is read nothing is lost: only who asks for insecurity has asked for it. */
export const isOfWhatIsDone = ({ guard }: Atom): boolean => guard?.kind !== "condition" || guard.optIn;

export function cfgAtoms(predicate: Cfg, place: Place, negated: boolean, features: Features | undefined): Path {
  switch (predicate.kind) {
    case "not":
      return cfgAtoms(predicate.of, place, !negated, features);
    case "all":
      if (!negated) return predicate.of.flatMap((it) => cfgAtoms(it, place, false, features));
      break;
    case "any": {
      if (negated) return predicate.of.flatMap((it) => cfgAtoms(it, place, true, features));
      // `any(test, feature = "x")` holds in code that is no test: what else allows it counts.
      const rest = predicate.of.filter((it) => !(it.kind === "flag" && it.name === "test"));
      if (rest.length === 1 && rest[0] !== undefined) return cfgAtoms(rest[0], place, false, features);
      break;
    }
    case "flag": {
      const alternative = negated ? 1 : 0;
      const base = { alternative, alternatives: 2 };
      if (predicate.name === "test" && predicate.value === undefined) return negated ? [] : [testAtom(place)];
      if (predicate.name === "feature" && predicate.value !== undefined) {
        const name = predicate.value;
        const on = features === undefined || !features.features.has(name) ? undefined : features.defaultFeatures.has(name);
        const polarity = polarityOfName(name.replaceAll("-", "_"));
        const optIn = (negated ? negate(polarity) : polarity) > 0;
        const guard: Guard = { kind: "feature", name, negated, optIn, place, ...(on === undefined ? {} : { byDefault: on }) };
        return [{ ...base, group: `feature:${features?.library ?? ""}/${name}`, guard }];
      }
    }
  }
  return [wholeAtom(predicate, place, negated)];
}

/** What is not taken apart. */
function wholeAtom(predicate: Cfg, place: Place, negated: boolean): Atom {
  const optIn = flagsIn(predicate).some((it) => isFeature(it) && polarityOfName((it.value ?? "").replaceAll("-", "_")) > 0);
  const guard: Guard = { kind: "cfg", predicate: negated ? { kind: "not", of: predicate } : predicate, optIn, place };
  return { group: `cfg:${cfgText(predicate)}`, alternative: negated ? 1 : 0, alternatives: 2, guard };
}

export interface Condition {
  readonly text: string;
  readonly word?: WordAsked;
  readonly polarity: -1 | 0 | 1;
  readonly byDefault?: boolean;
  readonly place: Place;
  /** Where what it asks is declared. */
  readonly declared?: readonly Place[];
  /** Where its default is written. */
  readonly unset?: readonly DefaultPlace[];
  /** One of its sides is for any other word. */
  readonly rest?: true;
}

/** The two sides of an undecided condition. */
export function conditionAtom(
  condition: Condition,
  negated: boolean,
  group = `at:${condition.place.file}:${condition.place.span.start}`,
  /** Whether this side holds by default, where that is not what the condition's own default says. */
  holds: boolean | undefined = condition.byDefault === undefined ? undefined : condition.byDefault !== negated,
): Atom {
  const polarity = negated ? negate(condition.polarity) : condition.polarity;
  return {
    group,
    alternative: negated ? 1 : 0,
    alternatives: 2,
    polarity,
    guard: {
      kind: "condition",
      text: condition.text,
      ...(condition.word && { word: condition.word }),
      negated,
      optIn: polarity > 0,
      place: condition.place,
      ...(holds === undefined ? {} : { byDefault: holds }),
      ...(condition.declared !== undefined && condition.declared.length > 0 && { declared: condition.declared }),
      ...(condition.unset !== undefined && condition.unset.length > 0 && { unset: condition.unset }),
      ...(condition.rest && { rest: true as const }),
    },
  };
}

/** Those who call a function whose name says that insecurity is chosen have chosen it. */
export const offerAtom = (name: string, place: Place): Atom => ({
  group: spanKey(place.file, place.span),
  alternative: 0,
  alternatives: 2,
  polarity: 1,
  guard: { kind: "condition", text: name, negated: false, optIn: true, called: true, place },
});

export const WORDS_OF_TRUTH: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["off", false],
  ["0", false],
]);

/** To be lax with oneself only is a choice, too. */
export const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** The other side of a condition. */
export function otherSide(atom: Atom): Atom | undefined {
  const { guard, alternative, alternatives } = atom;
  if (guard?.kind !== "condition" || alternatives !== 2) return undefined;
  const polarity = negate(atom.polarity ?? 0);
  // What is left of the words is the other one of two sides.
  const { byDefault, rest: _, given: __, ...rest } = guard;
  return {
    ...atom,
    alternative: 1 - alternative,
    polarity,
    guard: { ...rest, negated: !guard.negated, optIn: polarity > 0, ...(byDefault === undefined ? {} : { byDefault: !byDefault }) },
  };
}

const negate = (polarity: -1 | 0 | 1): -1 | 0 | 1 => (polarity === 1 ? -1 : polarity === -1 ? 1 : 0);

const spanKey = (file: string, span: Span): string => `${file}:${span.start}-${span.end}`;
