/**
 * What becomes of a failure: whether somebody has it, hears of it, or nobody does. A query that follows an attempt, or each of several,
 * through the bodies that it gets to: into the functions that it is given to, and back to those that called the one that made it.
 */
import type { Span } from "../base/span.ts";
import { ELEMENTS, FAILURES } from "../models/failures.ts";
import type { BlockId, Local, Operation, Test } from "../rust/bodies/index.ts";
import type { Place } from "../tls/facts.ts";
import { Consequences, ends } from "./consequences.ts";
import { type Frame, Frames } from "./frames.ts";
import { nameSpanOf, type Site, type Sites } from "./sites.ts";
import { givesNothing, isLog, isNone, makesNothing, rootOf } from "./stand-ins.ts";
import { type Branch, branchOn, onlyFrom, type Use, usesOf } from "./uses.ts";

export interface Fate {
  /** Where it is let go. */
  readonly at: Place;
  /** A line of a log tells of it, and the program goes on. */
  readonly logged: boolean;
}

/** A local that holds the attempt, in a body that the calls lead to, the outermost first. */
interface Held extends Frame {
  readonly local: Local;
  /** Where it is let go, if nobody takes it from here. */
  readonly at: Place;
  /** It is only missing now: that is where it was let go, by a method (`ok`) or by an arm of a pattern. */
  readonly absent: "by a method" | "by a pattern" | undefined;
  readonly logged: boolean;
  /** Each of several is one, and these are all of them; `collected` ones may be the one attempt that all of them are. */
  readonly several: boolean | "collected";
  /** One of several, if there was one. */
  readonly maybe: boolean;
}

/** It goes on, is let go, is looked at and goes on elsewhere, or somebody has it. */
type Step = Held | Fate | "looked at" | "kept";

export class Attempts {
  readonly #sites: Sites;
  readonly #frames: Frames;
  readonly #consequences: Consequences;

  constructor(sites: Sites) {
    this.#sites = sites;
    this.#frames = new Frames(sites);
    this.#consequences = new Consequences(sites);
  }

  /** Undefined where somebody has it, or the program stops. `chain`: the calls that lead to the attempt, which is the last. */
  fateOf(chain: readonly Site[]): Fate | undefined {
    return this.#fate(chain, false);
  }

  /** Of each of several that an attempt gives, which may fail, too. */
  fateOfEach(chain: readonly Site[]): Fate | undefined {
    return this.#fate(chain, true);
  }

  #fate(chain: readonly Site[], several: boolean): Fate | undefined {
    const site = chain.at(-1);
    if (site === undefined) return undefined;
    const { owner, body, operation } = site;
    const at = this.#sites.place(site, nameSpanOf(operation));
    const first: Held = {
      calls: chain.slice(0, -1),
      owner,
      body,
      local: operation.to,
      at,
      absent: undefined,
      logged: false,
      several,
      maybe: false,
    };
    const seen = new Set<string>();
    const fates: (Fate & { readonly isLook: boolean })[] = [];
    const open = [first];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const key = `${next.calls.length} ${next.owner} ${next.local} ${next.several} ${next.maybe}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const uses = usesOf(next.body, next.local);
      if (uses.length === 0 && !next.several) fates.push({ at: next.at, logged: next.logged, isLook: false });
      for (const use of uses) {
        for (const step of this.#steps(use, next)) {
          if (step === "kept" && !next.several) return undefined;
          if (typeof step === "string") continue;
          if ("local" in step) open.push(step);
          else fates.push({ ...step, isLook: use.operation?.kind === "test" });
        }
      }
    }
    // What is looked at on the way and let go in the end is let go once.
    const [fate] = [...fates.filter((it) => !it.isLook), ...fates];
    return fate && { at: fate.at, logged: fates.some((it) => it.logged) };
  }

  #steps({ operation, block }: Use, held: Held): readonly Step[] {
    return operation === undefined ? this.#returned(held) : [this.#step(operation, block, held)];
  }

  #step(operation: Operation, block: BlockId, held: Held): Step {
    switch (operation.kind) {
      case "copy":
        return this.#copied(operation, held);
      case "reference":
        return operation.place.path.length === 0 ? { ...held, local: operation.to } : "looked at";
      case "await":
      case "iterate":
        return { ...held, local: operation.to };
      case "method":
        return operation.receiver.local === held.local ? this.#method(operation, block, held) : this.#given(operation, held);
      case "call":
        return this.#given(operation, held);
      case "test":
        return this.#test(operation, block, held);
      default:
        return "kept";
    }
  }

  #place({ owner }: Held, span: Span): Place {
    return this.#sites.place({ owner }, span);
  }

  /** Of a payload that is taken out where it was tested no more is said. */
  #copied({ from, to, span }: Operation & { readonly kind: "copy" }, held: Held): Step {
    const last = from.path.at(-1);
    const on = { ...held, local: to };
    if (last === undefined)
      return held.absent !== undefined || usesOf(held.body, to).length > 0 ? on : { ...on, at: this.#place(held, span) };
    if (held.several) {
      if (last.kind === "success") return held.several === "collected" ? "kept" : on;
      return last.kind === "each" || last.kind === "index" || last.kind === "element" ? { ...on, several: false } : "looked at";
    }
    if (last.kind === "field") return on;
    return held.maybe && (last.kind === "success" || last.kind === "payload") && from.path.length === 1
      ? { ...on, maybe: false }
      : "looked at";
  }

  /** To whoever called this; somebody has it where nobody is known to. */
  #returned(held: Held): readonly Step[] {
    const ways = this.#frames.back(held);
    return ways.length === 0 ? ["kept"] : ways.map(({ site, calls }) => this.#to(site, { ...held, calls }));
  }

  #to(site: Site, held: Held): Step {
    const { owner, body, operation } = site;
    const at = held.absent !== undefined ? held.at : this.#sites.place(site, nameSpanOf(operation));
    const outer = { ...held, owner, body, local: operation.to, at };
    if (!held.owner.includes("|") || operation.kind !== "method") return outer;
    const kind = ELEMENTS[operation.name];
    if (kind === "keeps" && !held.several)
      return { at: held.absent === "by a pattern" ? held.at : this.#sites.place(site, operation.nameSpan), logged: held.logged };
    return kind === "each" ? { ...outer, several: true, maybe: false } : outer;
  }

  /** To a function: of the program's own it is known what that does with it. */
  #given(operation: Operation & { readonly kind: "method" | "call" }, held: Held): Step {
    const into = this.#frames.into(operation, held.local, held);
    if (into !== undefined) return { ...held, ...into };
    const isDropped = this.#sites.called(held.owner, operation).some((it) => it.kind === "external" && it.path === "std::mem::drop");
    return isDropped ? { at: this.#place(held, nameSpanOf(operation)), logged: held.logged } : "kept";
  }

  #method(operation: Method, block: BlockId, held: Held): Step {
    const isOne = operation.receiver.path.some((it) => it.kind === "index" || it.kind === "element" || it.kind === "each");
    if (held.several && !isOne) return this.#ofSeveral(operation, held);
    if (held.maybe && MAYBE.has(operation.name)) return { ...held, local: operation.to, maybe: MAYBE.get(operation.name) === true };
    // `log_err()` and kin hand on what they have told.
    if (isLog(operation)) return { ...held, local: operation.to, at: this.#place(held, operation.nameSpan), logged: true };
    const at = this.#place(held, operation.nameSpan);
    switch (FAILURES[operation.name] ?? "stops") {
      case "stops":
        return "kept";
      case "passes":
        return { ...held, local: operation.to, several: false };
      case "absent":
        return { ...held, local: operation.to, at, absent: "by a method", several: false };
      case "lost":
        return { at, logged: held.logged };
      case "told":
        return this.#told(operation, held);
      case "asked":
        return this.#answered(operation, block, held);
    }
  }

  #ofSeveral(operation: Method, held: Held): Step {
    const kind = ELEMENTS[operation.name];
    if (kind === "hands on") return { ...held, local: operation.to };
    if (kind === "collects") return { ...held, local: operation.to, several: "collected" };
    if (kind === "succeeds") return held.several === "collected" ? "kept" : { ...held, local: operation.to };
    if (kind === "one") return { ...held, local: operation.to, several: false, maybe: true };
    if (kind === undefined) return "kept";
    const [closure] = this.#frames.closures(operation, held);
    const at = this.#place(held, operation.nameSpan);
    if (closure !== undefined) {
      const [parameter] = closure.body.parameters;
      return parameter === undefined ? "kept" : { ...held, ...closure, local: parameter, at, several: false };
    }
    const named = this.#function(operation, held);
    const fate = named === undefined ? undefined : FAILURES[named];
    if (kind === "keeps") return fate === "told" || fate === "stops" ? "kept" : { at, logged: held.logged };
    return fate === "absent" ? { ...held, local: operation.to, at, absent: "by a method" } : "kept";
  }

  /** The name of a function that a method is given: `Result::ok`. */
  #function(operation: Method, { body }: Held): string | undefined {
    const [local] = operation.arguments;
    const made = body.blocks.flatMap(({ operations }) => operations).find((it) => it.to === local && it.kind === "path");
    return made?.kind === "path" ? made.path.segments.at(-1)?.name : undefined;
  }

  #told(operation: Method, held: Held): Step {
    const closures = this.#frames.closures(operation, held);
    const heard = closures.map((it) => this.#consequences.ofFunction(it.owner));
    if (heard.includes("kept") || closures.some(({ body }) => !body.blocks.some(({ end }) => end.kind === "return"))) return "kept";
    const logged = held.logged || heard.includes("logged");
    if (HANDS_ON.has(operation.name)) return { ...held, local: operation.to, logged };
    const fallbacks = closures.some(({ owner, body }) =>
      body.blocks.some(({ end }) => end.kind === "return" && !givesNothing(this.#sites, owner, body, end.value)),
    );
    return fallbacks ? "kept" : { at: this.#place(held, operation.nameSpan), logged };
  }

  /** `is_ok()` and kin: what is done where it has failed. */
  #answered(operation: Method, block: BlockId, held: Held): Step {
    const at = this.#place(held, operation.span);
    const uses = usesOf(held.body, operation.to);
    if (uses.length === 0) return { at: this.#place(held, operation.nameSpan), logged: held.logged };
    const branch = branchOn(held.body, operation.to, block);
    const caller = held.calls.at(-1)?.operation;
    if (branch === undefined) {
      const isFilter = caller?.kind === "method" && ELEMENTS[caller.name] === "chooses" && held.owner.includes("|");
      return isFilter ? { at: this.#sites.place(held.calls.at(-1) ?? held, caller.nameSpan), logged: held.logged } : "kept";
    }
    const isFailure = operation.name === "is_err" || operation.name === "is_none";
    return this.#branch(isFailure ? branch : { yes: branch.no, no: branch.yes }, block, {
      ...held,
      at: held.absent !== undefined ? held.at : at,
    });
  }

  /** A pattern that asks which side it is. */
  #test(operation: Operation & { readonly kind: "test" }, block: BlockId, held: Held): Step {
    if (held.several) return "looked at";
    const side = sideOf(operation.test);
    const isPresence = held.maybe && operation.place.path.length === 0;
    const branch = branchOn(held.body, operation.to, block);
    if (operation.test.kind === "another" || isPresence || branch === undefined) return "looked at";
    if (side === undefined) return "kept";
    const failing = side === "failure" ? branch : { yes: branch.no, no: branch.yes };
    return this.#branch(failing, block, { ...held, at: held.absent !== undefined ? held.at : this.#place(held, operation.span) });
  }

  /** `yes` is the side on which it has failed. */
  #branch({ yes: failing, no: other }: Branch, question: BlockId, held: Held): Step {
    const { owner, body, local } = held;
    const blocks = onlyFrom(body, failing, other, question);
    if (ends(body, blocks)) return "kept";
    const operations = [...blocks].flatMap((it) => body.blocks[it]?.operations ?? []);
    const standIns = operations.filter((it) => usesOf(body, it.to).some((use) => use.operation === undefined || !blocks.has(use.block)));
    const empty = standIns.filter((it) => makesNothing(this.#sites, owner, body, it));
    const heard = this.#consequences.of(owner, body, blocks, (to) => empty.some((it) => it.to === to));
    if (heard === "kept") return "kept";
    // The failing arm's own pattern, where there is one.
    const arm = operations.find((it) => it.kind === "test" && it.place.local === local && sideOf(it.test) === "failure");
    const at = arm === undefined || held.absent !== undefined ? held.at : this.#place(held, arm.span);
    const logged = held.logged || heard === "logged";
    const none = empty.find((it) => isNone(rootOf(body, it)));
    return none === undefined ? { at, logged } : { ...held, local: none.to, at, absent: "by a pattern", logged, maybe: false };
  }
}

type Method = Operation & { readonly kind: "method" };

const HANDS_ON: ReadonlySet<string> = new Set(["map_err", "inspect_err", "or_else"]);

/** What makes one of several, if there was one, that one; true where it may still be missing. */
const MAYBE: ReadonlyMap<string, boolean> = new Map([
  ["unwrap", false],
  ["expect", false],
  ["transpose", false],
  ["ok_or", true],
  ["ok_or_else", true],
  ["context", true],
  ["with_context", true],
]);

function sideOf(test: Test): "success" | "failure" | undefined {
  if (test.kind === "success") return "success";
  const name = test.kind === "path" ? test.path.segments.at(-1)?.name : undefined;
  if (name === "Ok" || name === "Some") return "success";
  return name === "Err" || name === "None" ? "failure" : undefined;
}
