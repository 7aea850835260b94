/** Operations that lead to an event: what its key says, from the outermost call inwards, and where each stands in the text. */
import { covers, type Span } from "../base/span.ts";
import type { Effect, Flow, FunctionId, ResolvedProgram, Target, Value } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { type Declared, parses, type RustFile } from "../rust/index.ts";
import type { Place } from "../tls/facts.ts";
import { BodyIndex } from "./body-index.ts";

export interface Site {
  readonly owner: FunctionId;
  readonly body: Body;
  readonly operation: Operation;
  /** Of a struct expression, which of its fields. */
  readonly part: number | undefined;
}

export class Sites {
  readonly flow: Flow;
  readonly program: ResolvedProgram;
  readonly #files: ReadonlyMap<string, Pick<RustFile, "text">>;
  readonly #incomplete = new Map<Declared, boolean>();
  readonly #effects = new Map<FunctionId, ReadonlyMap<string, Effect>>();

  /** `files`: all of them, by path. */
  constructor(flow: Flow, program: ResolvedProgram, files: ReadonlyMap<string, Pick<RustFile, "text">>) {
    this.flow = flow;
    this.program = program;
    this.#files = files;
  }

  /** The outermost call first, the operation itself last. */
  chain(key: string): readonly Site[] {
    return this.flow.values.chains.stepsOf(key).flatMap(({ owner, block, at, part }) => {
      const body = this.flow.callable(owner)?.body;
      const operation = body?.blocks[block]?.operations[at];
      return body === undefined || operation === undefined ? [] : [{ owner, body, operation, part }];
    });
  }

  /** What a function does, by its key there. */
  effect(owner: FunctionId, key: string): Effect | undefined {
    const events = this.flow.summary(owner)?.events ?? [];
    const known = this.#effects.get(owner) ?? new Map(events.flatMap((it) => (it.kind === "effect" ? [[it.key, it]] : [])));
    this.#effects.set(owner, known);
    return known.get(key);
  }

  /** What a function is declared as; of a closure, what declares it. */
  declared(owner: FunctionId) {
    return this.program.ids.declared(declaring(owner));
  }

  /** The path of the type of an input, of what a reference to one leads to, or of a part of either. */
  inputType(value: Value, owner: FunctionId): string | undefined {
    if (value.kind !== "pointer" || value.cell.kind !== "input") return this.program.inputType(value, owner);
    const { values } = this.flow;
    const input = values.make({ kind: "input", index: value.cell.index });
    return this.program.inputType(
      value.path.reduce<Value>((of, name) => values.make({ kind: "part", of, name }), input),
      owner,
    );
  }

  /** Where a type of the program's own, or a variant of it, declares a field: nowhere, where it has none of that name. */
  field(type: string, name: string, variant?: string): readonly Place[] {
    const lowered = this.#item(type)?.lowered;
    const fields =
      lowered?.kind === "struct"
        ? lowered.fields
        : lowered?.kind === "enum"
          ? (lowered.variants.find((it) => it.name === variant)?.fields ?? [])
          : [];
    return this.#declaredIn(type, fields.find((it) => it.name === name)?.span);
  }

  /** Where an enum of the program's own declares a variant. */
  variant(type: string, name: string): readonly Place[] {
    const lowered = this.#item(type)?.lowered;
    return this.#declaredIn(type, lowered?.kind === "enum" ? lowered.variants.find((it) => it.name === name)?.span : undefined);
  }

  #item(type: string) {
    const declared = this.program.ids.known(type);
    return declared?.sort === "item" ? declared : undefined;
  }

  #declaredIn(type: string, span: Span | undefined): readonly Place[] {
    const declared = this.#item(type);
    if (declared === undefined || span === undefined) return [];
    this.program.looks.at(type);
    const { path, span: written } = this.program.written(declared.fragment.path, span);
    return [{ file: path, span: written }];
  }

  /** A place in a function, or in a closure of it. */
  isIn({ file, span }: Place, owner: FunctionId): boolean {
    const [declared = owner] = owner.split("|");
    const body = this.flow.callable(declared)?.body;
    const own = body && this.place({ owner: declared }, body.span);
    return own !== undefined && own.file === file && covers(own.span, span);
  }

  file(owner: FunctionId): string {
    return this.declared(owner)?.fragment.path ?? "";
  }

  /** Something in it does not parse: what is not seen in it may be there all the same, or is being written. */
  isIncomplete(owner: FunctionId): boolean {
    const declared = this.declared(owner);
    if (declared === undefined || declared.fragment.expansions > 0) return false;
    this.program.looks.at(owner);
    const { fragment, start, end } = declared;
    const known = this.#incomplete.get(declared) ?? !parses(fragment.text.slice(start - fragment.shift, end - fragment.shift));
    this.#incomplete.set(declared, known);
    return known;
  }

  /** Where it is written: in a file, whatever macros made of it. */
  place({ owner }: Pick<Site, "owner">, span: Span): Place {
    this.program.looks.at(owner);
    const { path, span: written } = this.program.written(this.file(owner), span);
    return { file: path, span: written };
  }

  /** The same in the macro that has written it, where there is one. */
  placeInMacro({ owner }: Pick<Site, "owner">, span: Span): Place | undefined {
    if (this.program.written(this.file(owner), span).span === span) return undefined;
    const found = this.program.writtenInMacro(span);
    return found && { file: found.path, span: found.span };
  }

  text({ file, span }: Place): string {
    return this.#textOf(file).slice(span.start, span.end).replaceAll(/\s+/g, " ");
  }

  #textOf(file: string): string {
    return this.#files.get(file)?.text ?? "";
  }

  /** The name of a method, the path that is called, or a field with its value. */
  named(site: Site): Place {
    const { operation, part } = site;
    if (operation.kind === "store") return this.#assigned(site, operation);
    return operation.kind === "record" && part !== undefined ? this.#field(site, operation, part) : this.place(site, nameSpanOf(operation));
  }

  /** With its value; the name is written last in front of that, unless it is the value. */
  #field(site: Site, { fields, span }: Extract<Operation, { readonly kind: "record" }>, part: number): Place {
    const value = this.argument(site, 1)?.place.span ?? span;
    const name = fields[part]?.name ?? "";
    const at = this.#textOf(this.file(site.owner)).slice(span.start, value.start).trimEnd();
    const isWritten = at.endsWith(":") && at.slice(0, -1).trimEnd().endsWith(name);
    return this.place(site, isWritten ? { start: span.start + at.lastIndexOf(name), end: value.end } : value);
  }

  /** The field: it is written last in front of the value. */
  #assigned(site: Site, { place, span }: Extract<Operation, { readonly kind: "store" }>): Place {
    const last = place.path.at(-1);
    const name = last?.kind === "field" ? last.name : "";
    const value = this.argument(site, 1)?.place.span.start ?? span.end;
    const at = this.#textOf(this.file(site.owner)).slice(span.start, Math.max(span.start, value)).lastIndexOf(name);
    const start = span.start + at;
    return this.place(site, name === "" || at < 0 ? span : { start, end: start + name.length });
  }

  /** What the user sees as the call: the name of the method or field, or the path. */
  written(site: Site): string {
    const { operation, part } = site;
    if (operation.kind === "record" && part !== undefined) return operation.fields[part]?.name ?? "";
    const last = operation.kind === "store" ? operation.place.path.at(-1) : undefined;
    return last?.kind === "field" ? last.name : this.text(this.named(site));
  }

  /** What a call means, as far as names tell: each of several of which one is meant. */
  called(owner: FunctionId, operation: Operation): readonly Target[] {
    const { names } = this.program;
    if (operation.kind === "method")
      return leavesOf(names.method(owner, { name: operation.name, start: operation.nameSpan.start, type: undefined, receiver: undefined }));
    return operation.kind === "call" && operation.callee.kind === "path" ? leavesOf(names.path(owner, operation.callee.path)) : [];
  }

  /** Whatever it calls is the standard library's: `Ok`, `Arc::new`. */
  isStandard(operation: Operation, owner: FunctionId): boolean {
    const targets = this.called(owner, operation);
    return targets.length > 0 && targets.every((target) => "path" in target && target.path.startsWith("std::"));
  }

  /** Of what a path in a body may mean, what the types leave that a chain of calls gives. */
  meant(target: Target, calls: readonly Site[], owner: FunctionId): readonly Target[] {
    const type = target.kind === "any" && target.by !== undefined ? this.#typeFor(target.by, calls, owner) : undefined;
    if (target.kind !== "any" || type === undefined) return leavesOf(target);
    return target.of.flatMap((it) => (it.types.includes(type) ? leavesOf(it.target) : []));
  }

  /** The path of the type that stands for a type parameter. */
  #typeFor(parameter: string, calls: readonly Site[], owner: FunctionId): string | undefined {
    let [callee, name] = [owner, parameter];
    for (const it of calls.toReversed()) {
      const given = this.program.names.typeGiven(it.owner, lastNameOf(it.operation), declaring(callee), name);
      if (given?.kind !== "parameter") return given?.path;
      [callee, name] = [it.owner, given.name];
    }
    return undefined;
  }

  /** Where the argument at an index of the operation's stands; the receiver of a method first. */
  argument(site: Site, index: number): { readonly local: Local; readonly place: Place } | undefined {
    const local = argumentOf(site, index);
    if (local === undefined) return undefined;
    const made = BodyIndex.of(site.body).definition(local);
    return { local, place: this.place(site, made?.span ?? site.operation.span) };
  }

  /** The variable, field or constant that an argument is taken from. */
  nameOf(site: Site, index: number): string | undefined {
    const { body } = site;
    const seen = new Set<Local>();
    let local = argumentOf(site, index);
    while (local !== undefined && !seen.has(local)) {
      seen.add(local);
      const name = body.locals[local]?.name;
      if (name !== undefined) return name;
      const made = BodyIndex.of(body).definition(local);
      if (made?.kind === "path") return made.path.segments.at(-1)?.name;
      const from =
        made?.kind === "copy" ? made.from : made?.kind === "reference" ? made.place : made?.kind === "method" ? made.receiver : undefined;
      const field = from?.path.findLast((it) => it.kind === "field");
      if (field?.kind === "field") return field.name;
      local = from?.local ?? (made?.kind === "call" ? made.arguments[0] : made?.kind === "await" ? made.operand : undefined);
    }
    return undefined;
  }
}

/** Itself, or the function around a closure. */
export const declaring = (owner: FunctionId): FunctionId => owner.split("|")[0] ?? owner;

/** Where the name of what is called stands. */
const lastNameOf = (operation: Operation): number =>
  operation.kind === "call" && operation.callee.kind === "path"
    ? (operation.callee.path.segments.at(-1)?.span.start ?? -1)
    : nameSpanOf(operation).start;

/** Of several of which one is meant, each. */
export function leavesOf(target: Target): readonly Target[] {
  return target.kind === "any" ? target.of.flatMap((it) => leavesOf(it.target)) : [target];
}

export function nameSpanOf(operation: Operation): Span {
  if (operation.kind === "method") return operation.nameSpan;
  const path =
    operation.kind === "record"
      ? operation.path
      : operation.kind === "call" && operation.callee.kind === "path"
        ? operation.callee.path
        : undefined;
  const [first] = path?.segments ?? [];
  const last = path?.segments.at(-1);
  return first === undefined || last === undefined ? operation.span : { start: first.span.start, end: last.span.end };
}

export function argumentOf({ operation, part }: Pick<Site, "operation" | "part">, index: number): Local | undefined {
  switch (operation.kind) {
    case "record":
      return index === 1 && part !== undefined ? operation.fields[part]?.value : undefined;
    case "method":
      return index === 0 ? operation.receiver.local : operation.arguments[index - 1];
    case "call":
    case "macro":
      return operation.arguments[index];
    case "store":
      return index === 1 ? operation.value : operation.place.local;
    default:
      return undefined;
  }
}

export function isSameTarget(a: Target, b: Target): boolean {
  if (a.kind === "function" || b.kind === "function") return a.kind === "function" && b.kind === "function" && a.id === b.id;
  return "path" in a && "path" in b && a.path === b.path;
}

/** Without a receiver. */
export const argumentsOf = (it: Operation): readonly Local[] => (it.kind === "method" || it.kind === "call" ? it.arguments : []);

/** What a stream of TLS is made around is the last that its maker is given. */
export const lastGiven = ({ operation }: Pick<Site, "operation">): Local | undefined => argumentsOf(operation).at(-1);
