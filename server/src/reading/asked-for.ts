/**
 * Clients without verification that are built beside strict ones, and kept under a name that tells: where the program takes them only on
 * one side of a condition, and a strict one on the other, whoever makes the condition hold has asked for it.
 */
import type { Expression, Item, Pattern } from "../rust/index.ts";
import type { Body } from "./entries.ts";
import { decide } from "./evaluate/decisions.ts";
import { newFrame } from "./evaluate/frames.ts";
import { conditionAtom, isAside, polarityOf, polarityOfPattern } from "./guards.ts";
import { Fields, homeCut, isSwitchedOff, type Kept, laxIn, originOf } from "./kept.ts";
import { isTellingName } from "./lexicon.ts";
import { type Frame, type Machine, placeOf, textOf } from "./machine.ts";
import type { Event, ModelObject } from "./objects.ts";
import { extend, type Path } from "./path-conditions.ts";
import { type Ancestor, boundBy, inside } from "./spelling/trail.ts";

interface Beside {
  /** Names of fields that files outside of what is read have, too. */
  readonly elsewhere: ReadonlySet<string>;
  /** The functions in which steps ended, from one of these on outwards, evaluated once more by themselves. */
  readonly again: (from: ReadonlySet<Item>) => Machine;
}

export function settleChoices(machine: Machine, bodies: readonly Body[], { elsewhere, again }: Beside): void {
  const lax = laxIn(machine);
  if (lax.length === 0) return;
  const production = bodies.filter(({ path }) => !isAside(path));
  const first = new Fields([machine]);
  const lost = new Set(lax.flatMap((it) => (first.keep(it) === undefined && !isAside(it.path) ? (homeCut(machine, it) ?? []) : [])));
  const fields = lost.size === 0 ? first : new Fields([machine, again(lost)]);
  const answers = new Map<string, Path | undefined>();
  for (const object of lax) {
    const kept = fields.keep(object);
    if (kept === undefined || [...kept.names].some((it) => elsewhere.has(it))) continue;
    const key = JSON.stringify([[...kept.names], [...kept.strict]]);
    if (!answers.has(key)) answers.set(key, leastOf(new Takings(machine, kept).in(production)));
    const path = answers.get(key);
    if (path !== undefined) guard(machine, object, path);
  }
}

/** Of several conditions, the one that says least of being asked for. */
const leastOf = (paths: readonly Path[] | undefined): Path | undefined => [...(paths ?? [])].sort((a, b) => asked(a) - asked(b))[0];

const asked = (path: Path): number =>
  Math.max(
    ...path.map(({ guard: it, polarity = 0 }) =>
      it?.kind !== "condition" || it.byDefault === true ? -1 : it.byDefault === false ? 1 : polarity,
    ),
  );

/** From here on what is wrong with it is wrong under the condition. */
function guard(machine: Machine, object: ModelObject, path: Path): void {
  const guarded = new Map<Event, Event>();
  for (const it of object.events)
    if (isSwitchedOff(it) || it.kind === "verifier") guarded.set(it, { ...it, path: extend(it.path, path) ?? it.path });
  for (const { events } of machine.objects.filter((it) => originOf(it) === originOf(object)))
    for (const [at, it] of events.entries()) events[at] = guarded.get(it) ?? it;
  for (const all of machine.installations.values())
    for (const [at, it] of all.entries())
      if (it.object !== undefined && originOf(it.object) === originOf(object)) all[at] = { ...it, path: extend(it.path, path) ?? it.path };
}

/** A place in a body. */
interface Spot {
  readonly frame: Frame;
  readonly whole: Ancestor;
  /** On its way to another variable or field that tells. */
  readonly handed: boolean;
  /** The conditions of the nearest decision whose other side takes what is strict. */
  readonly choice: Path | undefined;
  readonly locals: Set<string>;
}

/** Where the program takes what is kept. */
class Takings {
  readonly #machine: Machine;
  readonly #strict: ReadonlySet<string>;
  readonly #names: Set<string>;
  #paths: Path[] = [];
  /** Somebody takes it whatever is asked for. */
  #open = false;

  constructor(machine: Machine, { names, strict }: Kept) {
    this.#machine = machine;
    this.#strict = strict;
    this.#names = new Set(names);
  }

  /** The conditions of all takings; undefined where one has none. */
  in(bodies: readonly Body[]): readonly Path[] | undefined {
    // What is put into another field that tells is looked for there, too.
    for (let known = -1; known < this.#names.size && !this.#open; ) {
      known = this.#names.size;
      this.#paths = [];
      for (const body of bodies) if ([...this.#names].some((it) => body.names.has(it))) this.#body(body);
    }
    return this.#open ? undefined : this.#paths;
  }

  #body({ item, definition, file, path }: Body): void {
    const block = item.kind === "function" ? item.body() : undefined;
    if (item.kind !== "function" || block === undefined) return;
    const { scope, owner } = definition;
    const frame = newFrame({
      scope,
      source: scope.source,
      file,
      path,
      depth: 0,
      function: item,
      ...(owner === undefined ? {} : { owner }),
    });
    const whole: Ancestor = { of: "block", node: block, span: block.span };
    const isFlag = (at: number): boolean => {
      const type = item.parameters[at]?.type;
      return type?.kind === "path" && type.path.segments.at(-1)?.name === "bool";
    };
    const locals = new Set(item.parameters.flatMap(({ pattern }, at) => (isFlag(at) ? [] : this.#bound(pattern))));
    this.#walk(whole, { frame, whole, handed: false, choice: undefined, locals });
  }

  #walk(at: Ancestor, spot: Spot): void {
    if (at.of === "item" || this.#open) return;
    if (at.of === "statement" && at.node.kind === "let") {
      const names = boundBy(at.node.pattern).filter(isTellingName);
      for (const it of names) spot.locals.add(it);
      this.#all(inside(at), names.length > 0 ? { ...spot, handed: true } : spot);
      return;
    }
    if (at.of === "arm") for (const it of this.#bound(at.node.pattern)) spot.locals.add(it);
    if (at.of === "expression") this.#expression(at.node, at, spot);
    else this.#all(inside(at), spot);
  }

  #all(parts: readonly Ancestor[], spot: Spot): void {
    for (const it of parts) this.#walk(it, spot);
  }

  #expression(it: Expression, at: Ancestor, spot: Spot): void {
    switch (it.kind) {
      case "path": {
        const name = it.path.segments.length === 1 ? it.path.segments[0]?.name : undefined;
        if (name !== undefined && spot.locals.has(name)) this.#taken(spot);
        return;
      }
      case "field":
        if (this.#names.has(it.name)) this.#taken(spot);
        break;
      case "struct":
        for (const { name, value } of it.fields) {
          const tells = isTellingName(name);
          const part: Ancestor = { of: "expression", node: value, span: value.span };
          if (tells && this.#mentions(part, this.#names, spot.locals)) this.#names.add(name);
          this.#walk(part, tells ? { ...spot, handed: true } : spot);
        }
        return;
      // Handed back together with what is strict: whoever gets them gives them names.
      case "tuple":
        if (it.elements.some((one) => isPlain(one) && !this.#isTracked(one, spot))) {
          for (const one of it.elements) if (!this.#isTracked(one, spot)) this.#walk({ of: "expression", node: one, span: one.span }, spot);
          return;
        }
        break;
      case "if": {
        this.#walk({ of: "expression", node: it.condition, span: it.condition.span }, spot);
        const then: Ancestor = { of: "block", node: it.then, span: it.then.span };
        const otherwise: Ancestor | undefined = it.otherwise && { of: "expression", node: it.otherwise, span: it.otherwise.span };
        const rest = otherwise === undefined ? this.#takesStrict(spot.whole, then) : this.#takesStrict(otherwise);
        this.#walk(then, rest ? this.#under(it.condition, true, spot) : spot);
        if (otherwise !== undefined) this.#walk(otherwise, this.#takesStrict(then) ? this.#under(it.condition, false, spot) : spot);
        return;
      }
      case "match":
        this.#walk({ of: "expression", node: it.scrutinee, span: it.scrutinee.span }, spot);
        for (const arm of it.arms) {
          const one: Ancestor = { of: "arm", node: arm, span: arm.span };
          const chosen = it.arms.some((other) => other !== arm && this.#takesStrict({ of: "arm", node: other, span: other.span }));
          this.#walk(one, chosen ? { ...spot, choice: this.#armPath(it.scrutinee, arm.pattern, spot) } : spot);
        }
        return;
    }
    this.#all(inside(at), spot);
  }

  #taken(spot: Spot): void {
    if (spot.choice !== undefined) this.#paths.push(spot.choice);
    else if (!spot.handed) this.#open = true;
  }

  #under(condition: Expression, holds: boolean, spot: Spot): Spot {
    const decided = decide(this.#machine, condition, spot.frame);
    if (decided.known !== undefined) return spot;
    return { ...spot, choice: holds ? decided.yes : decided.no };
  }

  #armPath(scrutinee: Expression, pattern: Pattern, { frame }: Spot): Path {
    const place = placeOf(frame, pattern.span);
    const text = textOf(frame, scrutinee.span);
    if (pattern.kind === "literal" && pattern.literal.type === "bool")
      return [conditionAtom({ text, polarity: polarityOf(scrutinee), place, taint: 0 }, !pattern.literal.value)];
    return [
      conditionAtom({ text: `let ${textOf(frame, pattern.span)} = ${text}`, polarity: polarityOfPattern(pattern), place, taint: 0 }, false),
    ];
  }

  #takesStrict(at: Ancestor, except?: Ancestor): boolean {
    return this.#mentions(at, this.#strict, NONE, except);
  }

  /** Whether a field of one of these names, or one of these variables, is in it. */
  #mentions(at: Ancestor, names: ReadonlySet<string>, locals: ReadonlySet<string>, except?: Ancestor): boolean {
    if (at.of === "item" || (except !== undefined && at.of === except.of && at.node === except.node)) return false;
    if (at.of === "expression" && at.node.kind === "field" && names.has(at.node.name)) return true;
    if (at.of === "expression" && at.node.kind === "path" && locals.has(at.node.path.segments[0]?.name ?? "")) return true;
    return inside(at).some((it) => this.#mentions(it, names, locals, except));
  }

  #isTracked(it: Expression, { locals }: Spot): boolean {
    return it.kind === "path" && it.path.segments.length === 1 && locals.has(it.path.segments[0]?.name ?? "");
  }

  #bound(pattern: Pattern): readonly string[] {
    return boundBy(pattern).filter((it) => this.#names.has(it));
  }
}

const NONE: ReadonlySet<string> = new Set();
const isPlain = (it: Expression): boolean => it.kind === "path";
