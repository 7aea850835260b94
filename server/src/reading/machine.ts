/** The interpreter's state: a frame for each body under evaluation, and the machine that all of its parts share. */
import type { Span } from "../base/span.ts";
import type {
  Block,
  Definition,
  Expression,
  ExpressionOf,
  FunctionItem,
  ImplItem,
  Item,
  PathSegment,
  Pattern,
  RustFile,
  Scope,
  Scopes,
  Type,
} from "../rust/index.ts";
import type { IntentSign, Place } from "../tls/facts.ts";
import type { Features } from "./guards.ts";
import type { LookUp } from "./lookups.ts";
import type { ModelIndex } from "./model-index.ts";
import type { Draft, FileUse, ModelObject, ObservationDraft } from "./objects.ts";
import { extend, type Path } from "./path-conditions.ts";
import type { Opaque, RecordState, Value } from "./values.ts";

export interface Variable {
  value: Value;
  /** The path at its declaration: an assignment under more than that is a choice. */
  readonly path: Path;
}

export class Environment {
  readonly #variables = new Map<string, Variable>();
  readonly #parent: Environment | undefined;

  constructor(parent?: Environment) {
    this.#parent = parent;
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name) ?? this.#parent?.find(name);
  }

  /** Only where it was declared in this very block. */
  own(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  child(): Environment {
    return new Environment(this);
  }

  declare(name: string, value: Value, path: Path): void {
    this.#variables.set(name, { value, path });
  }
}

/** One body under evaluation. */
export interface Frame {
  readonly function?: FunctionItem;
  /** The type of the `impl` around the function. */
  readonly owner?: Definition;
  readonly implementation?: Span;
  /** What its type parameters stand for. */
  readonly types?: ReadonlyMap<string, Definition>;
  readonly source: RustFile;
  readonly file: string;
  readonly depth: number;
  readonly start: Path;
  scope: Scope;
  environment: Environment;
  path: Path;
  /** The rest of the body is not reached: by failure, by return, or by leaving a loop's round. */
  ended: "no" | "failure" | "return" | "round";
  readonly returns: { readonly path: Path; readonly value: Value }[];
  readonly closures: Value[];
  blocks: readonly Block[];
  statement?: { readonly span: Span; readonly tail: boolean; readonly expression?: Expression };
  /** The value of the last `break`. */
  broken?: Value;
  macro: boolean;
  nesting: number;
}

/** One method call at work. */
export interface MethodCall {
  readonly expression: ExpressionOf<"method">;
  readonly values: readonly Value[];
  readonly frame: Frame;
}

/** A value of one of the program's own types was installed as a verifier. */
export interface Installation {
  readonly place: Place;
  readonly path: Path;
  readonly call: string;
  readonly object?: ModelObject;
  readonly record: RecordState;
}

/** Why an unguarded event happened although an `if` stands before it: a value from elsewhere decided. */
export interface Decision {
  readonly place: Place;
  /** Its name speaks of verification. */
  readonly speaks: boolean;
}

/** One whose sides are being evaluated: `since` counts the objects that were there before. */
export interface StandingDecision extends Decision {
  readonly since: number;
}

export interface Machine {
  readonly models: ModelIndex;
  readonly scopes: Scopes;
  readonly objects: ModelObject[];
  readonly drafts: Draft[];
  readonly loose: ObservationDraft[];
  readonly intent: IntentSign[];
  readonly trace: { readonly place: Place; readonly reason: string }[];
  readonly decisions: StandingDecision[];
  /** `cfg` and test context of every item, gathered once from modules and impls around it. */
  readonly context: ReadonlyMap<
    Item,
    { readonly path: Path; readonly definition: Definition; readonly file: string; readonly implementation?: ImplItem }
  >;
  /** Functions that hold something modelled, or lead to one that does. */
  readonly interesting: ReadonlySet<Item>;
  /** Functions that were evaluated to their end for a caller in code that is no test. */
  readonly reached: Set<Item>;
  /** Functions in which the steps of an entry ended, the innermost first. */
  readonly cut: Set<Item>;
  /** Struct literals seen: type → field → values. */
  readonly built: Map<Item, Map<string, Value[]>>;
  /** Where values of the program's own types were installed as verifiers. */
  readonly installations: Map<Item, Installation[]>;
  /** What was put into a field of a value that was not built there. */
  readonly replacements: { readonly type: Item; readonly field: string; readonly by: readonly ModelObject[] }[];
  /** Files that modelled calls read, with the object that came of it. */
  readonly fileUses: { readonly use: FileUse; readonly object: ModelObject | undefined }[];
  readonly active: Item[];
  /** How often each function was evaluated for the entry at hand. */
  readonly calls: Map<Item, Map<Item | undefined, number>>;
  /** Constants and statics as they were evaluated: under the conditions of a use, where they hold more than plain values. */
  readonly constants: Map<Item, { busy: boolean; readonly readings: { readonly path: Path; readonly value: Value }[] }>;
  /** Whether it stands in what `Default` gives. */
  readonly isDefault: (place: Place) => boolean;
  /** What fields are when nobody says it, as far as it was asked: type → field → value. */
  readonly unset: Map<Item, Map<string, Value | "none">>;
  /** Those of the crate that a file belongs to. */
  featuresIn(file: string): Features | undefined;
  steps: number;
  /** Of all steps, for the entry at hand. */
  limit: number;
  entrySteps: number;
  /** For the entry at hand. */
  entryLimit: number;
  readsPeerIdentity: boolean;
  /** Files of crates whose clients compare the names of their peers themselves, and where. */
  readonly comparing: Map<string, Place>;
  /** By file: where its crate looks up the certificates that its servers were shown. */
  readonly lookUps: Map<string, LookUp>;
  /** Lines written to logs so far, and errors that were kept or handed on: what a branch adds is what it does with a failure. */
  readonly told: { logged: number; kept: number };
  /** The inner verifiers and verifying functions that were asked since it was last cleared, and under which conditions. */
  readonly consulted: { readonly name: string; readonly path: Path }[];
  evaluate(expression: Expression, frame: Frame): Value;
  evaluateBlock(block: Block, frame: Frame): Value;
  /** `written`: the path of the callee, or the method's name, with the type arguments at them. */
  callFunction(
    definition: Definition,
    receiver: Value | undefined,
    values: readonly Value[],
    frame: Frame,
    written?: readonly Pick<PathSegment, "name" | "generics">[],
  ): Value;
  /** Evaluates a function's body in its own frame with these arguments; what it can return, under which conditions. */
  runBody(item: FunctionItem, self: Value | undefined, values: readonly Value[], frame: Frame): Value;
  applyCallable(callee: Value, values: readonly Value[], frame: Frame): Value;
  dispatch(receiver: Value, call: MethodCall): Value;
  /** Methods of this name in the crate that are worth following, for receivers whose type is not known. */
  methodsNamed(name: string): readonly Definition[];
  callForeign(paths: readonly (readonly string[])[], values: readonly Value[], frame: Frame): Value;
  bind(pattern: Pattern, value: Value, frame: Frame): void;
  fieldOf(base: Value, name: string, text: string, place: Place, frame: Frame): Value;
  valueOfType(type: Type | undefined, text: string, scope: Scope, frame: Frame): Value;
  /** What a condition is without configuration, as far as attributes, `Default` impls and struct literals tell. */
  defaultOf(value: Opaque): boolean | undefined;
  recordOf(definition: Definition, text: string): RecordState;
}

/**
 * Who decided that something happens to an object: whoever chose what is done with one that was there. Which of several things is made
 * at all (`Database::Postgres => postgres::connect(…)`) is another choice, unless it speaks of verification.
 */
export const decisionFor = ({ decisions }: Machine, object: ModelObject | undefined): Decision | undefined =>
  decisions.findLast((it) => it.speaks || object === undefined || object.id < it.since);

export const placeOf = (frame: Frame, span: Span): Place => ({ file: frame.file, span });
export const textOf = (frame: Frame, span: Span): string => frame.source.text.slice(span.start, span.end).replace(/\s+/g, " ");

/** Runs `work` under further conditions; undefined when they contradict what holds already. */
export function under<T>(frame: Frame, atoms: Path, work: () => T): T | undefined {
  const path = extend(frame.path, atoms);
  if (path === undefined) return undefined;
  const saved = frame.path;
  frame.path = path;
  try {
    return work();
  } finally {
    frame.path = saved;
  }
}

/** No step is left for the entry at hand: what follows is unknown. */
export const isExhausted = ({ steps, limit, entrySteps, entryLimit }: Machine): boolean => entrySteps > entryLimit || steps > limit;
