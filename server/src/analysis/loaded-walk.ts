/** Where something goes that was loaded: whether anybody uses it, or it is only counted, logged, or kept in a field that nobody takes it out of. */
import type { FunctionId } from "../flow/index.ts";
import { CONTENTS } from "../models/contents.ts";
import { ELEMENTS, FAILURES } from "../models/failures.ts";
import type { CallModel } from "../models/model.ts";
import type { Local, Operation, Place as PlaceOf } from "../rust/bodies/index.ts";
import type { Declared } from "../rust/index.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { BodyIndex } from "./body-index.ts";
import { type Frame, Frames } from "./frames.ts";
import type { Records } from "./records.ts";
import { leavesOf, type Site, type Sites } from "./sites.ts";
import { isLog } from "./stand-ins.ts";
import { usesOf } from "./uses.ts";

interface Held extends Frame {
  readonly local: Local;
}

/** A field of a struct of the program's own, or of whatever has one of that name. */
interface Kept {
  readonly field: string;
  readonly of: Declared | undefined;
}

/** It goes on, goes into a field, or somebody uses it; nothing at all where it is only asked about. */
type Step = Held | Kept | "used";

/** What becomes of it on all ways: `open` where one ends with callers who are not on it, which is that of another root. */
export type End = "used" | "unused" | "open";

export class LoadedWalk {
  readonly #sites: Sites;
  readonly #frames: Frames;
  /** What models say of operations. */
  readonly #models: ReadonlyMap<Operation, CallModel>;
  #but: ReadonlySet<Operation> = new Set();
  #isOpen = false;

  constructor({ sites, drafts }: Records) {
    this.#sites = sites;
    const said = drafts.map(({ at, callModel }) =>
      at === undefined || callModel === undefined ? [] : [[at.operation, callModel] as const],
    );
    this.#models = new Map(said.flat());
    this.#frames = new Frames(sites);
  }

  /** `chain`: the calls that lead to what loads it, which is the last. */
  endOf(chain: readonly Site[]): End {
    const site = chain.at(-1);
    return site === undefined ? "used" : this.endFrom({ ...site, calls: chain.slice(0, -1), local: site.operation.to }, new Set());
  }

  /** `but`: what these do with it does not count. */
  endFrom(first: Held, but: ReadonlySet<Operation>): End {
    this.#but = but;
    this.#isOpen = false;
    const seen = new Set<string>();
    const open: Step[] = [first];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === "used") return "used";
      const key = "field" in next ? `${next.of?.name}.${next.field}` : `${next.calls.length} ${next.owner} ${next.local}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if ("field" in next) open.push(...this.#fieldRead(next));
      else for (const use of usesOf(next.body, next.local)) open.push(...this.#steps(use.operation, next));
    }
    return this.#isOpen ? "open" : "unused";
  }

  #steps(it: Operation | undefined, held: Held): readonly Step[] {
    if (it === undefined) return this.#back(held);
    if (isLog(it) || this.#but.has(it)) return [];
    const on = { ...held, local: it.to };
    switch (it.kind) {
      case "test":
      case "residual":
      case "format":
        return [];
      case "copy":
        return it.from.path.at(-1)?.kind === "failure" ? [] : [on];
      case "reference":
      case "await":
      case "iterate":
      case "tuple":
      case "array":
        return [on];
      case "store":
        return [this.#intoPlace(it.place, held)];
      case "record":
        return this.#recorded(it, held);
      case "closure":
        return this.#captured(it, held);
      case "call":
        return [
          this.#frames.into(it, held.local, held) ?? (this.#sites.isStandard(it, held.owner) || this.#isGivenBack(it, held) ? on : "used"),
        ];
      case "method":
        return it.receiver.local === held.local ? this.#method(it, held) : this.#given(it, held);
      default:
        return ["used"];
    }
  }

  #recorded({ path, fields }: Operation & { readonly kind: "record" }, { owner, local }: Held): readonly Step[] {
    const within = this.#sites.declared(owner);
    const of = within && this.#sites.program.configured.madeBy(path, within);
    return fields.flatMap(({ name, value }): Step[] => (value === local ? [{ field: name, of }] : []));
  }

  /** What a model says to be a constructor around it. */
  #isGivenBack(it: Operation & { readonly kind: "call" }, { local }: Held): boolean {
    const { returns } = this.#models.get(it) ?? {};
    return typeof returns === "object" && "argument" in returns && it.arguments[returns.argument] === local;
  }

  /** A model says that what a method gives is what it is called on, or a part of that. */
  #staysWhole(it: Operation): boolean {
    const { returns } = this.#models.get(it) ?? {};
    return returns === "self" || returns === "clone" || (typeof returns === "object" && ("view" in returns || "becomes" in returns));
  }

  #back(held: Held): readonly Step[] {
    const ways = this.#frames.back(held);
    if (ways.length > 0) return ways.map(({ site, calls }) => ({ ...site, calls, local: site.operation.to }));
    // A function that a method was given is called by that method.
    const site = held.calls.at(-1);
    if (site?.operation.kind === "method") return [{ ...site, calls: held.calls.slice(0, -1), local: site.operation.to }];
    return held.calls.length > 0 ? ["used"] : this.#anywhere(held.owner);
  }

  /** To all who call: methods that are given a closure, and the calls of a function. */
  #anywhere(owner: FunctionId): readonly Step[] {
    const { flow } = this.#sites;
    const end = owner.lastIndexOf("|");
    const around = end < 0 ? [...flow.callersOf(owner)] : [owner.slice(0, end)];
    const calling = around.flatMap((caller) => this.#callsIn(caller, (it) => this.#calls(it, caller, owner)));
    // Callers whose calls are not seen are on other ways.
    if (calling.length === 0 && end < 0 && around.length > 0) this.#isOpen = true;
    else if (calling.length === 0) return ["used"];
    return calling;
  }

  #callsIn(owner: FunctionId, isMeant: (it: Operation) => boolean): readonly Held[] {
    this.#sites.program.looks.at(owner);
    const body = this.#sites.flow.callable(owner)?.body;
    const operations = body?.blocks.flatMap((it) => it.operations.filter(isMeant)) ?? [];
    return body === undefined ? [] : operations.map((it) => ({ calls: [], owner, body, local: it.to }));
  }

  #calls(it: Operation, caller: FunctionId, owner: FunctionId): boolean {
    if (!owner.startsWith(`${caller}|`)) return this.#sites.called(caller, it).some((to) => to.kind === "function" && to.id === owner);
    const body = this.#sites.flow.callable(caller)?.body;
    const made = body === undefined || it.kind !== "method" ? [] : it.arguments.map((of) => BodyIndex.of(body).definition(of));
    return made.some((of) => of?.kind === "closure" && `${caller}|${of.body}` === owner);
  }

  /** What a closure has of what is around it, it may give to anybody. */
  #captured(it: Operation & { readonly kind: "closure" }, { owner, body, local }: Held): readonly Step[] {
    const closure = body.closures[it.body];
    const inner = closure?.captures.find(({ outer }) => outer === local)?.inner;
    return closure === undefined || inner === undefined
      ? ["used"]
      : [{ calls: [], owner: `${owner}|${it.body}`, body: closure, local: inner }];
  }

  /** Added to other lists, or an argument of a function. */
  #given(it: Operation & { readonly kind: "method" }, held: Held): readonly Step[] {
    const into = this.#frames.into(it, held.local, held);
    if (into !== undefined) return [into];
    return [CONTENTS[it.name] === "added" ? this.#intoPlace(it.receiver, held) : "used"];
  }

  #method(it: Operation & { readonly kind: "method" }, held: Held): readonly Step[] {
    if (CONTENTS[it.name] === "measured" || CONTENTS[it.name] === "added" || FAILURES[it.name] === "asked") return [];
    const on = { ...held, local: it.to };
    const into = this.#frames.into(it, held.local, held);
    if (into !== undefined) return [into];
    if (this.#staysWhole(it)) return [on];
    const isKnown = ELEMENTS[it.name] !== undefined || FAILURES[it.name] !== undefined || CONTENTS[it.name] === "same";
    if (!isKnown || it.arguments.some((of) => this.#isOtherFunction(held, of))) return ["used"];
    const inside = this.#frames.closures(it, held).flatMap((closure) => closure.body.parameters.map((local) => ({ ...closure, local })));
    return [on, ...inside];
  }

  /** A function that is given by its name: what those of the standard library do is known. */
  #isOtherFunction({ owner, body }: Held, local: Local): boolean {
    const made = BodyIndex.of(body).definition(local);
    if (made?.kind !== "path" || FAILURES[made.path.segments.at(-1)?.name ?? ""] !== undefined) return false;
    const targets = leavesOf(this.#sites.program.names.path(owner, made.path));
    return targets.length === 0 || !targets.every((it) => "path" in it && it.path.startsWith("std::"));
  }

  /** A field, or a list that is made here: any other may be a part of something that somebody else has, behind a lock or in a map. */
  #intoPlace({ local, path }: PlaceOf, held: Held): Step {
    const field = path.findLast((it) => it.kind === "field");
    if (field?.kind === "field") return { field: field.name, of: undefined };
    return path.length === 0 && this.#isMadeHere(local, held) ? { ...held, local } : "used";
  }

  /** `Vec::new()`, `vec![]`: of nothing that was there before. */
  #isMadeHere(local: Local, held: Held): boolean {
    const made = BodyIndex.of(held.body).definition(local);
    if (made?.kind === "copy") return made.from.path.length === 0 && made.from.local !== local && this.#isMadeHere(made.from.local, held);
    if (made?.kind === "call") return made.arguments.length === 0 && this.#sites.isStandard(made, held.owner);
    return made?.kind === "array";
  }

  #fieldRead({ field, of }: Kept): readonly Step[] {
    if (this.#isOffered(field, of)) return ["used"];
    if (of !== undefined) return this.#takenFrom(of, field);
    return bodiesNaming(this.#sites.program, new Set([field])).flatMap((it) => this.#readIn(it, field, () => true));
  }

  #takenFrom(type: Declared, field: string): readonly Step[] {
    const { configured, looks } = this.#sites.program;
    looks.forName(field);
    return configured.takersOf(type, field).flatMap(({ by, own, others }): readonly Step[] => {
      if (by.kind === "macro-rules" || by.kind === "macro-call") return ["used"];
      const isAt = ({ span }: Operation, places: readonly number[]): boolean => places.some((at) => span.start <= at && at < span.end);
      return this.#readIn(by, field, (it) => isAt(it, own) || !isAt(it, others));
    });
  }

  /** Code that is not here can take it. */
  #isOffered(field: string, of: Declared | undefined): boolean {
    const { ids, configured } = this.#sites.program;
    return (of === undefined ? ids.items() : [of]).some((it) => {
      const fields = it.lowered?.kind === "struct" ? it.lowered.fields : [];
      const isPublic = fields.some(({ name, visibility }) => name === field && visibility === "public");
      return isPublic && configured.isOpen(it);
    });
  }

  /** `isMeant`: whether an operation may read this field, and not one of that name of another type. */
  #readIn(declared: Declared, field: string, isMeant: (it: Operation) => boolean): readonly Step[] {
    const owner = this.#sites.program.ids.id(declared);
    this.#sites.program.looks.at(owner);
    const body = this.#sites.flow.callable(owner)?.body;
    return body === undefined ? [] : this.#readInBody({ calls: [], owner, body }, field, isMeant);
  }

  #readInBody(held: Frame, field: string, isMeant: (it: Operation) => boolean): readonly Step[] {
    const { owner, body } = held;
    const own = body.blocks.flatMap(({ operations }) =>
      operations.flatMap((it) => {
        const read = placeRead(it);
        const isRead = read?.path.some((step) => (step.kind === "field" || step.kind === "payload") && step.name === field);
        return read !== undefined && isRead === true && isMeant(it) ? this.#steps(it, { ...held, local: read.local }) : [];
      }),
    );
    const inner = body.closures.map((it, index) => this.#readInBody({ ...held, owner: `${owner}|${index}`, body: it }, field, isMeant));
    return [...own, ...inner.flat()];
  }
}

function placeRead(it: Operation): PlaceOf | undefined {
  if (it.kind === "copy") return it.from;
  if (it.kind === "reference" || it.kind === "test") return it.place;
  return it.kind === "method" ? it.receiver : undefined;
}
