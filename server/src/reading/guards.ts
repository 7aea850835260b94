/** Guards: attributes and conditions turned into atoms of paths. */
import type { Span } from "../base/span.ts";
import type { Attributes, Cfg, Expression, Pattern } from "../rust/index.ts";
import type { Guard, Place } from "../tls/facts.ts";
import { polarityOfName } from "./lexicon.ts";
import type { Atom, Path } from "./path-conditions.ts";
import { isMerelyRead, passedBy, SHOWN, taintOf, type Value } from "./values.ts";

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
  return attributes.names.some((it) => TEST_ATTRIBUTES.has(it.split("::").at(-1) ?? it))
    ? [...atoms, testAtom({ file, span: attributes.texts[0]?.span ?? { start: 0, end: 0 } })]
    : atoms;
}

export const testAtom = (place?: Place): Atom => ({
  group: "test",
  alternative: 0,
  alternatives: 2,
  survival: false,
  taint: 0,
  guard: { kind: "test", ...(place === undefined ? {} : { place }) },
});

export const EXAMPLE: Atom = { group: "example", alternative: 0, alternatives: 2, survival: false, taint: 0, guard: { kind: "example" } };

export const isTest = (path: Path): boolean => path.some((it) => it.guard?.kind === "test");

/** Code that nobody runs for its own sake: what it asks for says nothing of what the program does. */
export const isAside = (path: Path): boolean => path.some(isAsideAtom);
export const isAsideAtom = ({ guard }: Atom): boolean => guard !== undefined && isAsideGuard(guard);
export const isAsideGuard = ({ kind }: Guard): boolean => kind === "test" || kind === "example";

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
      const base = { alternative, alternatives: 2, survival: false, taint: 0 };
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
  const text = cfgText(predicate);
  return [
    {
      group: `cfg:${text}`,
      alternative: negated ? 1 : 0,
      alternatives: 2,
      survival: false,
      taint: 0,
      guard: { kind: "cfg", text: negated ? `not(${text})` : text, place },
    },
  ];
}

function cfgText(predicate: Cfg): string {
  switch (predicate.kind) {
    case "not":
      return `not(${cfgText(predicate.of)})`;
    case "all":
    case "any":
      return `${predicate.kind}(${predicate.of.map(cfgText).join(", ")})`;
    default:
      return predicate.value === undefined ? predicate.name : `${predicate.name} = "${predicate.value}"`;
  }
}

export interface Condition {
  readonly text: string;
  readonly polarity: -1 | 0 | 1;
  readonly byDefault?: boolean;
  readonly place: Place;
  readonly taint: number;
  readonly legible?: true;
}

/** What a condition is computed from, where it asks whether a value is there, or whether it could be had. */
export function presenceOf(value: Value): Pick<Condition, "taint" | "legible"> {
  const taint = taintOf(value);
  if (isMerelyRead(value)) return { taint: taint & ~SHOWN, legible: true };
  return { taint: taint | passedBy(value) };
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
    survival: false,
    taint: condition.taint,
    ...(condition.legible && { legible: condition.legible }),
    polarity,
    guard: {
      kind: "condition",
      text: condition.text,
      negated,
      optIn: polarity > 0,
      place: condition.place,
      ...(holds === undefined ? {} : { byDefault: holds }),
    },
  };
}

/** Those who call a function whose name says that insecurity is chosen have chosen it. */
export const offerAtom = (name: string, place: Place): Atom => ({
  group: spanKey(place.file, place.span),
  alternative: 0,
  alternatives: 2,
  survival: false,
  taint: 0,
  polarity: 1,
  guard: { kind: "condition", text: name, negated: false, optIn: true, called: true, place },
});

/** What a condition's own words say, before any value is known. */
export function polarityOf(expression: Expression): -1 | 0 | 1 {
  const known = polarities.get(expression);
  if (known !== undefined) return known;
  const found = readPolarity(expression);
  polarities.set(expression, found);
  return found;
}
const polarities = new WeakMap<Expression, -1 | 0 | 1>();

function readPolarity(expression: Expression): -1 | 0 | 1 {
  switch (expression.kind) {
    case "unary":
      return expression.operator === "!" ? negate(polarityOf(expression.operand)) : polarityOf(expression.operand);
    case "reference":
    case "try":
    case "await":
      return polarityOf(expression.operand);
    case "cast":
      return polarityOf(expression.operand);
    case "path":
      return polarityOfName(
        expression.path.segments
          .slice(-2)
          .map((it) => it.name)
          .join("_"),
      );
    case "field":
      return polarityOfName(expression.name);
    case "literal":
      return expression.literal.type === "string"
        ? LOOPBACK.test(expression.literal.value)
          ? 1
          : polarityOfName(expression.literal.value)
        : 0;
    case "method": {
      if (expression.name === "is_loopback") return 1;
      const own = polarityOf(expression.receiver);
      if (own !== 0) return NEGATING.has(expression.name) !== asksForFalse(expression.arguments.at(-1)) ? negate(own) : own;
      for (const argument of expression.arguments) {
        const one = polarityOf(argument);
        if (one !== 0) return one;
      }
      return TRANSPARENT_QUESTIONS.has(expression.name) ? 0 : polarityOfName(expression.name);
    }
    case "call": {
      for (const argument of expression.arguments) {
        const one = polarityOf(argument);
        if (one !== 0) return one;
      }
      return polarityOf(expression.callee);
    }
    case "macro": {
      for (const argument of expression.arguments) {
        const one = polarityOf(argument);
        if (one !== 0) return one;
      }
      return 0;
    }
    case "binary": {
      const left = polarityOf(expression.left);
      const right = polarityOf(expression.right);
      const literal = truthIn(expression.right);
      if (expression.operator === "==" || expression.operator === "!=") {
        const same = expression.operator === "==";
        if (literal !== undefined) return same === literal ? left : negate(left);
        const found = right !== 0 ? right : left;
        return same ? found : negate(found);
      }
      if (expression.operator === "&&") return polarityOfBoth(left, right);
      if (expression.operator === "||") return negate(polarityOfBoth(negate(left), negate(right)));
      return left !== 0 ? left : right;
    }
    case "let": {
      const own = polarityOfPattern(expression.pattern);
      return own !== 0 ? own : polarityOf(expression.value);
    }
    default:
      return 0;
  }
}

/** `get("verify").map_or(false, |it| it == "false")`. */
const asksForFalse = (argument: Expression | undefined): boolean =>
  argument?.kind === "closure" &&
  argument.body.kind === "binary" &&
  ((argument.body.operator === "==" && truthIn(argument.body.right) === false) ||
    (argument.body.operator === "!=" && truthIn(argument.body.right) === true));

/** `true`, `Some(true)`, `"true"`. */
function truthIn(it: Expression): boolean | undefined {
  if (it.kind === "reference") return truthIn(it.operand);
  if (it.kind === "literal") {
    if (it.literal.type === "bool") return it.literal.value;
    return it.literal.type === "string" ? WORDS_OF_TRUTH.get(it.literal.value.toLowerCase()) : undefined;
  }
  const [only, ...more] =
    it.kind === "call" && it.callee.kind === "path" && WRAPPING.has(it.callee.path.segments.at(-1)?.name ?? "") ? it.arguments : [];
  return only === undefined || more.length > 0 ? undefined : truthIn(only);
}

const WRAPPING: ReadonlySet<string> = new Set(["Some", "Ok"]);
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

/** Both hold: one that asks for insecurity is enough. That not both hold is asked for only where either would be. */
const polarityOfBoth = (left: -1 | 0 | 1, right: -1 | 0 | 1): -1 | 0 | 1 =>
  left === 1 || right === 1 ? 1 : left === -1 && right === -1 ? -1 : 0;

/** To be lax with oneself only is a choice, too. */
export const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

const NEGATING: ReadonlySet<string> = new Set(["is_none", "is_err", "not"]);
const TRANSPARENT_QUESTIONS: ReadonlySet<string> = new Set([
  "is_some",
  "is_ok",
  "is_none",
  "is_err",
  "is_empty",
  "as_ref",
  "clone",
  "unwrap",
  "contains",
  "starts_with",
  "ends_with",
  "get",
  "is_some_and",
  "unwrap_or_default",
]);

export function polarityOfPattern(pattern: Pattern): -1 | 0 | 1 {
  switch (pattern.kind) {
    case "path":
      return polarityOfName(pattern.path.segments.at(-1)?.name ?? "");
    case "tuple-struct": {
      const name = pattern.path.segments.at(-1)?.name ?? "";
      const own = name === "Some" || name === "Ok" || name === "Err" ? 0 : polarityOfName(name);
      return own !== 0 ? own : firstOf(pattern.elements);
    }
    case "struct":
      return polarityOfName(pattern.path.segments.at(-1)?.name ?? "");
    case "literal":
      return pattern.literal.type === "string" ? polarityOfName(pattern.literal.value) : 0;
    case "tuple":
    case "slice":
    case "or":
      return firstOf(pattern.elements);
    case "reference":
      return polarityOfPattern(pattern.inside);
    default:
      return 0;
  }
}

function firstOf(patterns: readonly Pattern[]): -1 | 0 | 1 {
  for (const pattern of patterns) {
    const one = polarityOfPattern(pattern);
    if (one !== 0) return one;
  }
  return 0;
}

/** The other side of a condition. */
export function otherSide(atom: Atom): Atom | undefined {
  const { guard, alternative, alternatives } = atom;
  if (guard?.kind !== "condition" || alternatives !== 2) return undefined;
  const polarity = negate(atom.polarity ?? 0);
  const { byDefault, ...rest } = guard;
  return {
    ...atom,
    alternative: 1 - alternative,
    polarity,
    guard: { ...rest, negated: !guard.negated, optIn: polarity > 0, ...(byDefault === undefined ? {} : { byDefault: !byDefault }) },
  };
}

export const negate = (polarity: -1 | 0 | 1): -1 | 0 | 1 => (polarity === 1 ? -1 : polarity === -1 ? 1 : 0);

const spanKey = (file: string, span: Span): string => `${file}:${span.start}-${span.end}`;
