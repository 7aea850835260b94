/** Where it is written what a condition asks is while nobody sets anything: a literal, a variant, or a field that an attribute or a derive fills. */
import type { Span } from "../base/span.ts";
import { type FunctionId, IS_GIVEN, partsOf, payloadOf, type Value } from "../flow/index.ts";
import type { DefaultPlace, Place } from "../tls/facts.ts";
import { BodyIndex } from "./body-index.ts";
import { type Decided, writtenPlaceOf } from "./decisions.ts";
import { type Field, fieldIn, type Option, optionIn } from "./declarations.ts";
import type { Defaults } from "./defaults.ts";
import { hasNoName } from "./polarity.ts";
import type { Sites } from "./sites.ts";
import { standInsFor } from "./stand-in-places.ts";
import { type Asking, unsetDecisions } from "./unset.ts";

interface Program {
  readonly sites: Sites;
  readonly defaults: Defaults;
}

/** A condition over the inputs of a function: its value, and the atom by which it is asked. */
export interface Condition {
  readonly value: Value;
  readonly key: string;
  readonly owner: FunctionId;
  /** What the inputs are called. */
  readonly inputs: readonly string[];
  /** Where a value that no branch asks is given to what decides by it. */
  readonly given?: Place | undefined;
}

/**
 * `truth`: of the condition, by default; undefined where whether something is given is all that is asked. From the expression that asks it
 * backwards; where that is given by callers, from what it asks.
 */
export function defaultPlaces(program: Program, condition: Condition, truth: boolean | undefined): readonly DefaultPlace[] {
  const here = [...askedHere(program, condition, truth), ...givenHere(program, condition)];
  const inside = here.length > 0 ? here : ofValue(program, condition, condition.value, truth);
  // Whoever asks is given it, and somebody else has asked for the setting.
  const given = inside.length > 0 ? [] : standInsFor(program.sites, condition.owner, condition.value);
  const found = [...inside, ...given.flatMap((it) => placesOf(program.sites, it))];
  const name = nameOf(condition.value, condition.inputs);
  return [...new Map(found.map((it) => [`${it.file} ${it.span.start}`, { ...(name !== undefined && { name }), ...it }])).values()];
}

function askedHere(program: Program, { key, owner }: Condition, truth: boolean | undefined): readonly DefaultPlace[] {
  for (const holds of [truth ?? true, !(truth ?? true)]) {
    const at = program.sites.flow.askedAt(owner, key, holds);
    if (at !== undefined) return decidedAt(program, at.in, at.span, truth === undefined ? undefined : holds === truth);
  }
  return [];
}

/** Nobody says what it has to be: of each truth that it may be, there is one place. */
function givenHere(program: Program, { owner, given }: Condition): readonly DefaultPlace[] {
  if (given === undefined || given.file !== program.sites.file(owner)) return [];
  const found = decidedAt(program, owner, given.span, undefined);
  const each = found.length > 0 ? found : [true, false].flatMap((it) => decidedAt(program, owner, given.span, it));
  return each.length === 1 ? each : found;
}

function decidedAt(program: Program, owner: FunctionId, span: Span, wanted: boolean | undefined): readonly DefaultPlace[] {
  const body = program.sites.flow.callable(owner)?.body;
  const local = body && BodyIndex.of(body).at(span).at(-1)?.to;
  return body === undefined || local === undefined ? [] : decided(program, { calls: [], owner, body, local }, wanted);
}

const decided = (
  { sites, defaults }: Program,
  asking: Asking,
  wanted: boolean | undefined,
  part: readonly string[] = [],
): readonly DefaultPlace[] => unsetDecisions(sites, defaults, asking, wanted, part).flatMap((it) => placesOf(sites, it));

/** `truth`: undefined of a part of what is asked. */
function ofValue(program: Program, condition: Condition, value: Value, truth: boolean | undefined): readonly DefaultPlace[] {
  if (value.kind === "apply" && value.callee === IS_GIVEN) return ofOption(program, condition, value, truth);
  const found = ofInput(program, condition.owner, value, truth);
  if (found.length > 0) return found;
  const inner = value.kind === "labelled" ? truth : undefined;
  for (const it of partsOf(value)) {
    const below = ofValue(program, condition, it, inner);
    if (below.length > 0) return below;
  }
  return [];
}

interface InputPath {
  readonly index: number;
  /** From the outermost on. */
  readonly part: readonly string[];
}

function pathOf(value: Value): InputPath | undefined {
  if (value.kind === "input") return { index: value.index, part: [] };
  if (value.kind === "labelled") return pathOf(value.of);
  const of = value.kind === "part" ? pathOf(value.of) : undefined;
  return value.kind === "part" && of ? { ...of, part: [...of.part, fieldOf(value)] } : undefined;
}

type Part = Value & { readonly kind: "part" };
const fieldOf = ({ name }: Part): string => payloadOf(name)?.field ?? name;

function ofInput(program: Program, owner: FunctionId, value: Value, truth: boolean | undefined): readonly DefaultPlace[] {
  const path = pathOf(value);
  const body = program.sites.flow.callable(owner)?.body;
  const local = path && body?.parameters[path.index];
  if (body === undefined || local === undefined) return [];
  const found = decided(program, { calls: [], owner, body, local }, truth, path?.part);
  if (found.length > 0 || value.kind !== "part") return found;
  return program.sites.inputType(value, owner) === OPTION
    ? declared(program.sites, fieldIn(program.sites, value, owner), { missing: true })
    : [];
}

const OPTION = "std::option::Option";

/** What its type's reader puts there. Where it puts nothing there, that nobody has to give it is the default. */
function ofOption(program: Program, { key, owner }: Condition, value: Option, truth: boolean | undefined): readonly DefaultPlace[] {
  const option = optionIn(program.sites, value, key, owner);
  if (option === undefined) return [];
  const { reader, local, field } = option;
  const body = program.sites.flow.callable(reader)?.body;
  const found =
    body === undefined || local === undefined
      ? []
      : unsetDecisions(program.sites, program.defaults, { calls: [], owner: reader, body, local }, truth);
  // What the reader says itself stands in the attributes.
  const places = found.flatMap((it) => (it.owner === reader ? declared(program.sites, field, toldOf(it)) : placesOf(program.sites, it)));
  return places.length > 0 ? places.map((it) => ({ ...it, name: field[1] })) : declared(program.sites, field, { missing: true });
}

const declared = (sites: Sites, field: Field | undefined, told: Pick<DefaultPlace, "value" | "missing">): readonly DefaultPlace[] =>
  field === undefined ? [] : sites.field(...field).map((it) => ({ ...it, name: field[1], ...told }));

function toldOf(it: Decided): Pick<DefaultPlace, "value"> {
  const value = wordOf(it);
  return value === undefined ? {} : { value };
}

/** What a derive stands for is where its attributes are: at the field or the variant. */
export function placesOf(sites: Sites, it: Decided): readonly DefaultPlace[] {
  const value = wordOf(it);
  if (value === undefined && it.only.kind !== "constant") return [];
  const told = { ...(it.name !== undefined && { name: it.name }), ...(value !== undefined && { value }) };
  const place = writtenPlaceOf(sites, it);
  if (place !== undefined) return [{ ...place, ...told }];
  const type = it.owner.slice(0, Math.max(0, it.owner.lastIndexOf("::")));
  if (it.field !== undefined) return declared(sites, [type, it.field], toldOf(it));
  return it.only.kind !== "path" || value === undefined ? [] : sites.variant(type, value).map((at) => ({ ...at, ...told }));
}

/** What it is called that is asked: a field, a parameter, or what is looked up by a key. */
function nameOf(value: Value, inputs: readonly string[]): string | undefined {
  switch (value.kind) {
    case "input":
      return inputs[value.index];
    case "part":
      return hasNoName(fieldOf(value)) ? nameOf(value.of, inputs) : fieldOf(value);
    case "labelled":
    case "test":
      return nameOf(value.of, inputs);
    case "operation":
      return firstOf(value.operands, inputs);
    case "apply": {
      const [key] = value.arguments.flatMap((it) => (it.kind === "constant" && typeof it.value === "string" ? [it.value] : []));
      return key ?? (value.callee.startsWith(".") ? firstOf(value.arguments.slice(0, 1), inputs) : undefined);
    }
    default:
      return undefined;
  }
}

function firstOf(values: readonly Value[], inputs: readonly string[]): string | undefined {
  for (const it of values) {
    const name = nameOf(it, inputs);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** As somebody would say it. Texts are not told: they may be long, or secret. */
function wordOf({ only }: Decided): string | undefined {
  switch (only.kind) {
    case "constant":
      return only.literal.type === "bool" ? String(only.literal.value) : undefined;
    case "path":
      return only.path.segments.at(-1)?.name;
    case "call":
    case "method":
      return "false";
    default:
      return undefined;
  }
}
