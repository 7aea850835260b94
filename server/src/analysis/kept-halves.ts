/**
 * TLS that needs several options and is decided where the program is configured: what is kept of it holds nothing where one of them is
 * missing, and somebody else asks for it.
 */
import { firstOf } from "../base/first-of.ts";
import type { Conjunction, FunctionId, Value } from "../flow/index.ts";
import type { BlockId, Operation } from "../rust/bodies/index.ts";
import { isTestCode } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Place } from "../tls/facts.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { pathsOf } from "./conditions.ts";
import { failuresIn } from "./fail-open-facts.ts";
import { partsIn } from "./given-out.ts";
import { type Half, halfOf } from "./half-configured.ts";
import { hasOperation, testsIn } from "./missing-settings.ts";
import { type Optional, optionsIn } from "./optional-values.ts";
import { extend, type Path, turned } from "./path-conditions.ts";
import { askerOf, type Records, type Root } from "./records.ts";
import { isRefused } from "./refused-halves.ts";
import { inputsOf } from "./roots.ts";
import { declaring, type Site } from "./sites.ts";
import { ABSENT, PRESENT, SOME } from "./std-names.ts";
import { usedForTls } from "./used-for-tls.ts";
import { branchOn, onlyFrom } from "./uses.ts";

/** What of it is given where it is not there. */
export function halfOfOption(
  records: Records,
  { id, inputs }: Pick<Root, "id" | "inputs">,
  { present, missing }: Optional,
  used = usedForTls,
): Half | undefined {
  const asker = askerOf(records, id, inputs, NOWHERE);
  const without = pathsOf(missing, asker);
  // Where it is there, nothing is missing that alone is enough for it not to be: `?` leaves, and is no condition of what follows.
  const needed = without.flatMap(([only, ...more]) => (only?.option?.given === false && more.length === 0 ? [turned(only)] : []));
  const secured = pathsOf(present, asker).map((it) => extend(it, needed) ?? it);
  return firstOf(without, (path) => firstOf(secured, (it) => halfOf(records, id, path, it, used)));
}

/** A field holds nothing that, where it was filled, needed several options: one of those that serve in plaintext or with TLS by it. */
export const halfKept = (records: Records, root: Root["id"], path: Path, secured: Path): Half | undefined =>
  firstOf(path, ({ option, group }) =>
    option?.given === false && secured.some((it) => it.group === group && it.option?.given)
      ? halfOfField(records, root, option.of)
      : undefined,
  );

/** Where a field was filled, it needed several options, and would have held them: it is used for TLS. */
export function halfOfField(records: Records, root: Root["id"], field: Value): Half | undefined {
  const { sites } = records;
  const type = field.kind === "part" ? sites.inputType(field.of, root) : undefined;
  if (field.kind !== "part" || type === undefined || !usedForTls(records, root).has(field)) return undefined;
  return firstOf(fillersOf(records, type), (it) => halfFilled(records, it, `${type}.${field.name}`));
}

/** What makes values of a type of the program's own, or takes one of several. */
function fillersOf({ sites: { program } }: Records, type: string): readonly FunctionId[] {
  if (program.ids.known(type) === undefined) return [];
  const naming = bodiesNaming(program, new Set([lastOf(type)])).filter((it) => it.kind === "function" && !isTestCode(it));
  return [...new Set([...program.producers.of(type).makers, ...naming.map((it) => program.ids.id(it))])];
}

function halfFilled(records: Records, id: Root["id"], field: string): Half | undefined {
  return firstOf(wholeOptionsIn(records, id), (it) => (it.field === field ? halfHeldIn(records, id, it) : undefined));
}

/** Options of which no attempt has failed where they hold nothing. */
const wholeOptionsIn = ({ sites }: Records, id: FunctionId): readonly Optional[] =>
  optionsIn(sites, id).filter((it) => !it.missing.some((one) => failuresIn(one).length > 0));

const halfHeldIn = (records: Records, id: FunctionId, option: Optional): Half | undefined =>
  halfOfOption(records, { id, inputs: inputsOf(records.sites.flow, id) }, option, () => partsIn([option.given]));

/**
 * All of TLS is kept in a type of the program's own, whoever hands it on: an option of it decides whether `secured` happens or `plain`, and
 * functions that make one of it make none where they are given a part.
 */
export function halvesOfTypes(records: Records, plain: readonly Site[], secured: readonly Site[]): readonly Half[] {
  const owners = new Set(secured.flatMap((it) => (plain.some((other) => isDecided(it, other)) ? [declaring(it.owner)] : [])));
  const types = new Set([...owners].flatMap((it) => typesToldIn(records, it)));
  return [...types].flatMap((it) => halvesOf(records, it));
}

/** Of two operations in one body, the one is there where an option holds something, and the other one where it holds nothing. */
function isDecided({ owner, body, operation }: Site, other: Site): boolean {
  if (owner !== other.owner || operation === other.operation) return false;
  return testsIn(body).some(({ test, block, side, ofOption }) => {
    const branch = ofOption ? branchOn(body, test.to, block) : undefined;
    if (branch === undefined) return false;
    const [present, missing] = side === "success" ? [branch.yes, branch.no] : [branch.no, branch.yes];
    const isIn = (it: Operation, blocks: ReadonlySet<BlockId>): boolean => hasOperation(body, blocks, it);
    return isIn(operation, onlyFrom(body, present, missing, block)) && isIn(other.operation, onlyFrom(body, missing, present, block));
  });
}

/** Own types of which an option is taken apart there, for TLS. */
function typesToldIn(records: Records, owner: FunctionId): readonly string[] {
  const { sites } = records;
  return [...usedForTls(records, owner)].flatMap((it) => {
    const whole = typeof it === "object" && it.kind === "part" ? it.of : undefined;
    if (whole?.kind !== "part" || !isOptional(sites.inputType(whole.of, owner)) || isFilled(records, whole.of, owner)) return [];
    const type = sites.inputType(whole, owner);
    return type !== undefined && sites.program.ids.known(type) !== undefined ? [type] : [];
  });
}

/** A field that the functions fill which make a value of its type: what they give is known. */
function isFilled(records: Records, option: Value, owner: FunctionId): boolean {
  const { sites } = records;
  const type = option.kind === "part" ? sites.inputType(option.of, owner) : undefined;
  if (option.kind !== "part" || type === undefined) return false;
  const field = `${type}.${option.name}`;
  return sites.program.producers.of(type).makers.some((id) => optionsIn(sites, id).some((it) => it.field === field));
}

const isOptional = (type: string | undefined): boolean => type === "std::option::Option";

function halvesOf(records: Records, type: string): readonly Half[] {
  const { program } = records.sites;
  const makers = bodiesNaming(program, new Set([lastOf(type)])).filter((it) => it.kind === "function" && !isTestCode(it));
  return makers.flatMap((it) => {
    const id = program.ids.id(it);
    return firstOf(wholeOptionsIn(records, id), (one) => halfMadeIn(records, id, one, type)) ?? [];
  });
}

/** Of fields that are filled from several options, there is none where one of these holds nothing and another one something. */
function halfMadeIn(records: Records, id: FunctionId, { given, present, missing }: Optional, type: string): Half | undefined {
  const whole = given.kind === "record" && given.type === SOME ? given.fields[0]?.[1] : undefined;
  const [needed] = present;
  if (whole?.kind !== "record" || whole.type !== type || needed === undefined) return undefined;
  const filled = needed.atoms.flatMap((it) => {
    const of = it.value?.kind === "test" && isAbsent(it) === false ? it.value.of : undefined;
    const field = of && whole.fields.find(([, value]) => partsIn([value]).has(of))?.[0];
    return of === undefined || field === undefined ? [] : [{ of, field }];
  });
  const { flow } = records.sites;
  return firstOf(missing, ({ atoms }) => {
    const absent = atoms.filter((it) => isAbsent(it) === true);
    const [atom, ...more] = absent;
    const without = filled.find(({ of }) => atom?.value?.kind === "test" && atom.value.of === of);
    const other = filled.find(({ of, field }) => of !== without?.of && field !== without?.field);
    const at = atom && (flow.askedAt(id, atom.key, atom.holds) ?? flow.askedAt(id, atom.key, !atom.holds));
    if (at === undefined || without === undefined || other === undefined || more.length > 0) return undefined;
    if (isRefused(records, id, other.of, without.of)) return undefined;
    const of = { given: other.field, missing: without.field };
    return { of, asked: [records.sites.place({ owner: at.in }, at.span)], owner: id };
  });
}

/** Whether it says that an option holds nothing; undefined where it asks something else. */
function isAbsent({ value, holds }: Conjunction["atoms"][number]): boolean | undefined {
  if (value?.kind !== "test" || !(PRESENT.has(value.what) || ABSENT.has(value.what))) return undefined;
  return holds === ABSENT.has(value.what);
}

const NOWHERE: Place = { file: "", span: { start: 0, end: 0 } };
