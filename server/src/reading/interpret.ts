/** Reading files together: builds the machine, evaluates every body that matters, judges verifiers, gathers what holds. */

import { covers, type Span } from "../base/span.ts";
import { buildScopes, type CrateSources, type Definition, type FunctionItem, type ImplItem, type Item } from "../rust/index.ts";
import type { IntentSign, Place } from "../tls/facts.ts";
import { settleChoices } from "./asked-for.ts";
import {
  MAX_AGAIN,
  MAX_STEPS,
  MAX_STEPS_IN_ALL,
  MAX_STEPS_PER_ENTRY,
  MAX_STEPS_PER_FILE,
  MAX_STEPS_PER_TEST,
  SHARE_OF_CALLERS,
} from "./budgets.ts";
import { inOrder } from "./callers-first.ts";
import { type Gathered, gather, sitesOf } from "./endpoints.ts";
import { type Body, bodiesOf, interesting, namesModelled } from "./entries.ts";
import { bind, evaluateBlock } from "./evaluate/blocks.ts";
import { callForeign } from "./evaluate/calls.ts";
import { defaultOf } from "./evaluate/defaults.ts";
import { evaluate } from "./evaluate/expressions.ts";
import { applyCallable, callFunction, newFrame, runBody } from "./evaluate/frames.ts";
import { dispatch } from "./evaluate/methods.ts";
import { valueOfDefinition } from "./evaluate/names.ts";
import { fieldOf, recordOf } from "./evaluate/records.ts";
import { valueOfType } from "./evaluate/types.ts";
import { fileObservations } from "./files.ts";
import { type Features, isAside, isTest, offerAtom } from "./guards.ts";
import { askingCalls, identityObservations } from "./identity.ts";
import type { ReadCrate, ReadingInput, SourceFile } from "./index.ts";
import { intentSigns } from "./intent.ts";
import { isOffer } from "./lexicon.ts";
import { lookUpsIn } from "./lookups.ts";
import type { Frame, Machine } from "./machine.ts";
import { ModelIndex } from "./model-index.ts";
import { handOut } from "./objects.ts";
import { bodyKey } from "./outline.ts";
import { extend } from "./path-conditions.ts";
import { settleFields } from "./reloads.ts";
import type { Site } from "./site.ts";
import { objectsIn } from "./values.ts";
import { judgeImplementation, traitOf } from "./verifiers.ts";

export interface Interpretation extends Gathered {
  readonly sites: readonly Site[];
  readonly intent: readonly IntentSign[];
  readonly readsPeerIdentity: boolean;
  readonly trace: readonly { readonly place: Place; readonly reason: string }[];
}

/** `choose`: the bodies that are worth evaluating. */
export function interpret(input: ReadingInput, choose: typeof interesting = interesting): Interpretation {
  const models = new ModelIndex(input);
  const scopes = buildScopes(cratesOf(input, models));
  const crates = new Map(input.files.map((it) => [it.name, it.crate]));
  const featuresIn = (file: string): Features | undefined => crates.get(file);
  const bodies = bodiesOf(input, scopes, featuresIn);
  const chosen = choose(bodies, models);
  const beginning = input.files.filter((it) => it.begins === undefined || it.begins.size > 0).length;
  const start = (): Machine => createMachine(featuresIn, scopes, models, bodies, chosen, beginning);
  const machine = start();
  const impls = implsOf(machine, bodies);
  const judged = judgedMethods(machine, impls);
  const begins = new Map(input.files.map((it) => [it.name, it.begins]));
  const isBeginning = ({ file, item, implementation }: Body): boolean => begins.get(file)?.has(bodyKey(item.name, implementation)) ?? true;
  const ordered = inOrder(chosen).filter((it) => !judged.has(it.item) && isBeginning(it));
  const offered = offersIn(input, bodies);
  const { limit } = machine;
  for (const aside of [false, true])
    for (const body of ordered)
      if (isAside(body.path) === aside) {
        // Callers come first; what they use up is not taken from those that say something themselves.
        machine.limit = namesModelled(body, models) ? limit : limit * SHARE_OF_CALLERS;
        run(machine, offered.has(body) ? withOffer(body) : body);
      }
  // Verifiers are judged whatever the rest has cost.
  machine.limit = limit;
  machine.steps = 0;
  settleChoices(machine, bodies, {
    elsewhere: new Set(input.files.flatMap((it) => [...(it.named ?? [])])),
    again: (from) => runAlone(start(), bodies, outwards(machine.cut, from)),
  });
  for (const [file, it] of lookUpsIn(input, bodies, askingCalls(input))) machine.lookUps.set(file, it);
  judgeAll(machine, bodies, impls, isBeginning);
  settleFields(machine);
  machine.loose.push(...fileObservations(machine), ...identityObservations(machine, input, bodies, isBeginning));
  const gathered = gather(machine, new Map(input.files.map((it, index) => [it.name, index])));
  return {
    ...gathered,
    sites: sitesOf(machine),
    intent: intentSigns(machine, input, gathered.endpoints),
    readsPeerIdentity: machine.readsPeerIdentity,
    trace: machine.trace,
  };
}

/** What others may depend on is followed, unless a model knows it better: a model's own crate is read as its users see it. */
export function cratesOf(input: ReadingInput, models: ModelIndex): CrateSources[] {
  const grouped = new Map<ReadCrate | undefined, SourceFile[]>();
  for (const file of input.files) grouped.set(file.crate, [...(grouped.get(file.crate) ?? []), file]);
  return [...grouped].map(([crate, files]) => ({
    files,
    dependencies: crate && new Map([...crate.dependencies].map(([name, it]) => [name, crateBehind(name, it.package, models)])),
    ...(crate?.library === undefined || models.isModelledCrate(crate.library.replaceAll("-", "_")) ? {} : { name: crate.library }),
  }));
}

/** `openssl = { package = "variant-ssl" }`: a fork that nobody models, put in the place of a crate that is, has that one's interface. */
function crateBehind(name: string, packageName: string, models: ModelIndex): string {
  const own = packageName.replaceAll("-", "_");
  return !models.isModelledCrate(own) && models.isModelledCrate(name) ? name : own;
}

function createMachine(
  featuresIn: (file: string) => Features | undefined,
  scopes: Machine["scopes"],
  models: ModelIndex,
  bodies: readonly Body[],
  chosen: ReadonlySet<Body>,
  beginning: number,
): Machine {
  const context = new Map<Item, { path: Body["path"]; definition: Definition; file: string; implementation?: ImplItem }>(
    bodies.map((it) => [
      it.item,
      {
        path: it.path,
        definition: it.definition,
        file: it.file,
        ...(it.implementation === undefined ? {} : { implementation: it.implementation }),
      },
    ]),
  );
  const methods = new Map<string, Definition[]>();
  const production = [...chosen].filter(({ path }) => !isAside(path));
  // A method that only tests and examples have is not what production code calls by that name.
  for (const { item, definition } of production.length > 0 ? production : chosen) {
    if (item.kind !== "function" || item.receiver === undefined || models.verifierMethods.has(item.name)) continue;
    const known = methods.get(item.name);
    if (known === undefined) methods.set(item.name, [definition]);
    else known.push(definition);
  }
  const defaults = new Map<string, Span[]>();
  for (const { item, scope } of scopes.allImpls())
    if (item.kind === "impl" && item.trait?.segments.at(-1)?.name === "Default")
      defaults.set(scope.file, [...(defaults.get(scope.file) ?? []), item.span]);
  const done = new Map<string, readonly Definition[]>();
  const methodsNamed = (name: string): readonly Definition[] => {
    // What a trait only declares is done elsewhere. Bodies are not made of the text before somebody calls them.
    const found = done.get(name) ?? methods.get(name)?.filter(({ item }) => item.kind === "function" && item.body() !== undefined) ?? [];
    done.set(name, found);
    return found;
  };
  const machine: Machine = {
    models,
    scopes,
    objects: [],
    drafts: [],
    loose: [],
    intent: [],
    trace: [],
    decisions: [],
    context,
    interesting: new Set([...chosen].map((it) => it.item)),
    reached: new Set(),
    cut: new Set(),
    built: new Map(),
    installations: new Map(),
    replacements: [],
    fileUses: [],
    active: [],
    calls: new Map(),
    constants: new Map(),
    isDefault: ({ file, span }) => defaults.get(file)?.some((it) => covers(it, span)) === true,
    unset: new Map(),
    featuresIn,
    steps: 0,
    limit: Math.min(MAX_STEPS + beginning * MAX_STEPS_PER_FILE, MAX_STEPS_IN_ALL),
    entrySteps: 0,
    entryLimit: MAX_STEPS_PER_ENTRY,
    readsPeerIdentity: false,
    comparing: new Map(),
    lookUps: new Map(),
    told: { logged: 0, kept: 0 },
    consulted: [],
    evaluate: (expression, frame) => evaluate(machine, expression, frame),
    evaluateBlock: (block, frame) => evaluateBlock(machine, block, frame),
    callFunction: (definition, receiver, values, frame, written) => callFunction(machine, definition, receiver, values, frame, written),
    runBody: (item, self, values, frame) => runBody(machine, item, self, values, frame),
    applyCallable: (callee, values, frame) => applyCallable(machine, callee, values, frame),
    callForeign: (paths, values, frame) => callForeign(machine, paths, values, frame),
    dispatch: (receiver, call) => dispatch(machine, receiver, call),
    methodsNamed,
    bind: (pattern, value, frame) => bind(machine, pattern, value, frame),
    fieldOf: (base, name, text, place, frame) => fieldOf(machine, base, name, text, place, frame),
    valueOfType: (type, text, scope, frame) => valueOfType(machine, type, text, scope, frame),
    defaultOf: (value) => defaultOf(machine, value),
    recordOf,
  };
  return machine;
}

/** Public functions, and methods of traits, with a telling name that no code but tests and examples calls: whoever calls them asks for it. */
function offersIn(input: ReadingInput, bodies: readonly Body[]): ReadonlySet<Body> {
  const called = new Map(input.files.map((it) => [it.name, it.called]));
  // A file on its own: who calls what is told by its words.
  const isNamed = ({ item }: Body): boolean =>
    bodies.some((it) => it.item.name !== item.name && it.names.has(item.name) && !isAside(it.path) && namesInCode(it, item.name));
  const isCalled = (body: Body): boolean => called.get(body.file)?.has(bodyKey(body.item.name, body.implementation)) ?? isNamed(body);
  const isPublic = ({ item, implementation }: Body): boolean =>
    item.kind === "function" && (item.public || implementation?.trait !== undefined);
  return new Set(bodies.filter((it) => isPublic(it) && isOffer(it.item.name) && !isCalled(it)));
}

/** Not in a comment alone. */
const namesInCode = ({ item, definition }: Body, name: string): boolean =>
  definition.scope.source.text
    .slice(item.span.start, item.span.end)
    .replaceAll(/\/\/[^\n]*/g, "")
    .includes(name);

const withOffer = (body: Body): Body => ({
  ...body,
  path: extend(body.path, [offerAtom(body.item.name, { file: body.file, span: body.item.nameSpan })]) ?? body.path,
});

/** Evaluates one body on its own, unless a caller's evaluation has been there. */
function run(machine: Machine, body: Body): void {
  const { item } = body;
  if (machine.reached.has(item)) return;
  begin(machine, isTest(body.path) ? MAX_STEPS_PER_TEST : MAX_STEPS_PER_ENTRY);
  const frame = frameOf(body);
  const value =
    item.kind === "function" ? runBody(machine, item, undefined, [], frame) : valueOfDefinition(machine, body.definition, frame);
  for (const object of objectsIn(value)) handOut(object);
}

/** Evaluates these functions as if nobody called them. */
function runAlone(machine: Machine, bodies: readonly Body[], items: ReadonlySet<Item>): Machine {
  for (const body of bodies) if (items.has(body.item)) run(machine, body);
  return machine;
}

/** Callers come after what they call. */
function outwards(cut: ReadonlySet<Item>, from: ReadonlySet<Item>): ReadonlySet<Item> {
  const all = [...cut];
  const each = Math.max(1, Math.floor(MAX_AGAIN / from.size));
  return new Set([...from].flatMap((it) => all.slice(all.indexOf(it), all.indexOf(it) + each)));
}

/** A new entry, with an allowance of its own. */
function begin(machine: Machine, limit: number): void {
  machine.entrySteps = 0;
  machine.entryLimit = limit;
  machine.decisions.length = 0;
  machine.active.length = 0;
  machine.calls.clear();
}

function frameOf(body: Body): Frame {
  const { definition, implementation } = body;
  return newFrame({
    scope: definition.scope,
    source: definition.scope.source,
    file: body.file,
    path: body.path,
    depth: 0,
    ...(body.item.kind === "function" ? { function: body.item } : {}),
    ...(definition.owner === undefined ? {} : { owner: definition.owner }),
    ...(implementation === undefined ? {} : { implementation: implementation.span }),
  });
}

/** Those that are declared, and those that macros would make. */
function implsOf(machine: Machine, bodies: readonly Body[]): readonly Definition[] {
  const found = new Map<Item, Definition>(machine.scopes.allImpls().map((it) => [it.item, it]));
  for (const { implementationAt } of bodies)
    if (implementationAt !== undefined && !found.has(implementationAt.item)) found.set(implementationAt.item, implementationAt);
  return [...found.values()];
}

/** Methods of verifiers are judged, not read as entries of their own. */
function judgedMethods(machine: Machine, impls: readonly Definition[]): Set<Item> {
  const result = new Set<Item>();
  for (const definition of impls) {
    if (definition.item.kind !== "impl") continue;
    const found = traitOf(machine, definition.item, definition);
    if (found === undefined) continue;
    const names = new Set(found.hit.of.methods.map((it) => it.name));
    for (const item of definition.item.items) if (item.kind === "function" && names.has(item.name)) result.add(item);
  }
  return result;
}

function judgeAll(machine: Machine, bodies: readonly Body[], impls: readonly Definition[], isBeginning: (body: Body) => boolean): void {
  const byItem = new Map<Item, Body>(bodies.map((it) => [it.item, it]));
  for (const definition of impls) {
    const { item } = definition;
    if (item.kind !== "impl") continue;
    const found = traitOf(machine, item, definition);
    if (found === undefined) continue;
    const scope = machine.scopes.child(definition.scope, item);
    // Of a verifier that another program begins with, this one knows only what it installs itself.
    const methods = item.items.flatMap((it) => (it.kind === "function" ? (byItem.get(it) ?? []) : []));
    // One that is declared inside of a function shares its fate.
    const host = methods.length === 0 ? around(item, definition.scope.file, bodies) : undefined;
    const own = host === undefined ? methods.length === 0 || methods.some(isBeginning) : isBeginning(host);
    judgeImplementation(machine, { impl: item, at: definition, ...found, path: [], own }, (method: FunctionItem) => {
      begin(machine, MAX_STEPS_PER_ENTRY);
      const body = byItem.get(method);
      if (body !== undefined) return frameOf(body);
      const path = host?.path ?? [];
      return newFrame({ scope, source: scope.source, file: scope.file, path, depth: 0, function: method, implementation: item.span });
    });
  }
}

/** The innermost body that an item stands in. */
function around(item: Item, file: string, bodies: readonly Body[]): Body | undefined {
  const holding = bodies.filter((it) => it.file === file && covers(it.item.span, item.span));
  return holding.sort((a, b) => a.item.span.end - a.item.span.start - (b.item.span.end - b.item.span.start))[0];
}
