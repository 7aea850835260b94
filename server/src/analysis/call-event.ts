/** One call of a model as a root of the program sees it: what it is given, under which conditions it happens, and where each was decided. */
import { covers } from "../base/span.ts";
import { type Condition, type Effect as FlowEffect, isAlways, not, or, relative, type Value } from "../flow/index.ts";
import type { Fact, FactKind, Place, RelatedPlace } from "../tls/facts.ts";
import { occasionOf } from "./branches-before.ts";
import { chosenAt, givenAt } from "./choices.ts";
import { type Asker, isChosen, pathsOf } from "./conditions.ts";
import { decisionOf } from "./decisions.ts";
import { filesIn } from "./file-values.ts";
import { armsOf } from "./meanings.ts";
import type { Event, ModelObject } from "./model-object.ts";
import type { Statement } from "./model-rows.ts";
import { insecurityChosenAt, ownOptIns, type Truth } from "./own-opt-ins.ts";
import { type Atom, extend, type Path } from "./path-conditions.ts";
import type { Question } from "./questions.ts";
import { askerOf, type Records, type Root } from "./records.ts";
import { isOffered } from "./roots.ts";
import type { Site } from "./sites.ts";
import { unknownCall } from "./unknown-calls.ts";
import { unresolvedBefore } from "./unresolved.ts";

interface Facts {
  readonly client?: readonly Fact[];
  readonly server?: readonly Fact[];
  readonly any: readonly Fact[];
}

/** One argument of a call: which, and what it may be. */
interface Given {
  readonly index: number;
  readonly value: Value;
}

/** Which of the alternatives of an argument something is due to. */
export interface Cause {
  readonly given: Given;
  readonly value: Value;
  readonly isArm: boolean;
  /** Where what is given does what it is at fault for. */
  readonly also?: readonly RelatedPlace[];
}

/** One of several alternatives that state the same. */
export interface Arm {
  readonly condition: Condition;
  readonly cause: Cause;
}

interface Caused {
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
}

/** `!verify`, also of an alternative. */
function isNegated(value: Value): boolean {
  if (value.kind === "labelled") return isNegated(value.of);
  return value.kind === "operation" && value.operator === "!" && !value.operands.some(isNegated);
}

/** What is known of a condition beside itself. */
interface Asking {
  /** What happens under it. */
  readonly stated?: string;
  readonly questions?: readonly Question[];
  /** The argument of whose truth nothing is known where it is given. */
  readonly truth?: Truth;
  /** What a condition asks is not so where nobody says anything. */
  readonly isUnset?: (asked: Value) => boolean;
}

export class CallEvent {
  readonly records: Records;
  readonly root: Root;
  readonly effect: FlowEffect;
  readonly statement: Statement;
  readonly chain: readonly Site[];
  readonly site: Site;
  readonly own: Place;
  readonly draft: number;
  readonly written: string;
  readonly #decisions = new Map<string, Place | undefined>();
  readonly #optIns = new Map<string, readonly Atom[]>();
  #insecurity: readonly Place[] | undefined;

  constructor(records: Records, root: Root, effect: FlowEffect, statement: Statement, chain: readonly Site[], site: Site) {
    this.records = records;
    this.root = root;
    this.effect = effect;
    this.statement = statement;
    this.chain = chain;
    this.site = site;
    this.own = records.sites.named(site);
    this.written = records.sites.written(site);
    const model = statement.hit?.model ?? records.models.type(statement.path)?.model;
    if (model !== undefined)
      records.drafts.push({
        site: { model, file: this.own.file, call: statement.path, function: root.home },
        written: this.written,
        guessed: statement.guessed === true,
        at: site,
        chain,
        nameSpan: this.own.span,
        callModel: statement.hit?.of,
        isOffered: isOffered(records, root, site),
      });
    this.draft = model === undefined ? -1 : records.drafts.length - 1;
  }

  /** Who else takes part in what comes of it is not known yet: it is being written. */
  get isIncomplete(): boolean {
    const { sites } = this.records;
    return this.lacksArguments || [this.root.id, ...this.chain.map((it) => it.owner)].some((it) => sites.isIncomplete(it));
  }

  /** Fewer are given than it takes, which does not compile. */
  get lacksArguments(): boolean {
    const { first, count } = this.statement;
    const isCall = this.site.operation.kind === "call" || this.site.operation.kind === "method";
    return isCall && count > 0 && this.records.sites.argument(this.site, first + count - 1) === undefined;
  }

  /** An argument by its position in the model. */
  given(index: number): Given {
    return { index, value: this.effect.with[index] ?? this.effect.on };
  }

  /** What a value of the root's inputs is while nobody sets them. */
  unset(value: Value): readonly Value[] {
    return this.records.defaults.unset(value, this.root.id, this.root.inputs.length);
  }

  /** What happens to one object, or to none, under a condition. */
  state(object: ModelObject | undefined, kind: FactKind, facts: Facts, condition: Condition, cause?: Cause, asking: Asking = {}): void {
    const { place, related } = this.#chosen(cause === undefined ? { place: this.own, related: [] } : this.#causeOf(cause));
    this.push(object, kind, facts, condition, { place, related: [...related, ...(cause?.also ?? [])] }, false, asking);
  }

  /** What is due to several alternatives that are written in one argument is due to the argument: to its truth, or to that it does not hold. */
  stateAlike(object: ModelObject | undefined, kind: FactKind, facts: Facts, arms: readonly Arm[], holds: boolean): void {
    // What is not known of the conditions of one alternative is not what is not known of another's.
    const stated = JSON.stringify(facts.any);
    const possible = arms.filter(({ condition }) => condition.length > 0).map((it) => ({ ...it, at: this.#causeOf(it.cause) }));
    const inside = possible.filter(({ at }) => at.related.length === 0);
    for (const { condition, at, cause } of possible.filter((it) => inside.length < 2 || !inside.includes(it))) {
      const isHere = at.related.length === 0;
      // A literal elsewhere asks nothing.
      const asks = isHere || cause.value.kind !== "constant";
      // Elsewhere stands what is negated here.
      const said = isHere ? holds : holds !== isNegated(cause.value);
      const questions = asks ? this.#asks(condition, said, isHere ? this.#argument(cause.given) : at.place) : [];
      this.push(object, kind, facts, condition, this.#chosen(at), false, { stated, questions, ...this.#truth(cause, condition, holds) });
    }
    const [first] = inside.length < 2 ? [] : inside;
    if (first === undefined) return;
    const whole = inside.reduce<Condition>((any, it) => or(any, it.condition), []);
    const at = this.#chosen({ place: this.#argument(first.cause.given), related: [] });
    const asking = { stated, questions: this.#asks(whole, holds, at.place), ...this.#truth(first.cause, whole, holds) };
    this.push(object, kind, facts, whole, at, false, asking);
  }

  /** Where it is not known whether an argument is true, or under which condition. */
  #truth({ given }: Cause, condition: Condition, holds: boolean): Pick<Asking, "truth"> {
    const isOpen = relative(condition, this.effect.condition).some(({ some }) => some);
    return isOpen ? { truth: { index: given.index, holds } } : {};
  }

  /** What is given is what is asked, where nothing else asks for it. */
  #asks(condition: Condition, holds: boolean, place: Place): readonly Question[] {
    // Of several alternatives under which the call is made at all, what is given is not told apart.
    if (this.effect.condition.length !== 1) return [];
    const own = relative(condition, this.effect.condition);
    const asker = this.asker();
    const isAsked = own.some(({ atoms }) => atoms.some((it) => asker.askedAt(it.key, it.holds) !== undefined));
    if (isAsked || own.length === 0 || isAlways(own)) return [];
    const other = not(own);
    return [{ place, text: this.records.sites.text(place), yes: holds ? own : other, no: holds ? other : own }];
  }

  push(
    object: ModelObject | undefined,
    kind: FactKind,
    facts: Facts,
    condition: Condition,
    { place, related }: Caused,
    byDefault: boolean,
    asking: Asking = {},
  ): void {
    for (const whole of this.paths(condition, asking, place)) {
      const event: Event = { kind, facts, place, related, path: whole, byDefault, draft: this.draft };
      if (object !== undefined) object.events.push(event);
      else for (const fact of facts.any) this.records.loose.push({ fact, place, related, path: whole, draft: this.draft });
    }
  }

  asker({ stated = "", truth, isUnset }: Asking = {}, given = this.own): Asker {
    const { inputs, id } = this.root;
    const { sites } = this.records;
    const unknown = unknownCall(sites, this.chain, this.effect);
    const asker = askerOf(this.records, id, inputs, this.own);
    // That a call happens at all is no matter of what its callee asks, as long as that is known.
    // Who leaves out what makes it safe has asked for nothing.
    const isAsked =
      unknown !== undefined && this.effect.condition.every(({ atoms }) => atoms.some((it) => it.holds && isChosen(it, asker)));
    return {
      ...asker,
      ...{ stated, given },
      byDefault: (value, holds, key) => (isUnset?.(value) === true ? false : asker.byDefault(value, holds, key)),
      ...(unknown !== undefined && { unknownAt: sites.place(unknown, unknown.operation.span) }),
      optIns: () => (isAsked ? [] : this.#ownOptIns(truth)),
      // Whoever wrote down that it is wanted has left nothing open.
      unresolved: () =>
        this.#insecurityChosenAt().length === 0
          ? unresolvedBefore(sites, unknown === undefined ? this.chain : this.chain.slice(0, this.chain.indexOf(unknown) + 1))
          : "passed",
    };
  }

  /** The same for all that is stated under one truth: a call may state much. */
  #ownOptIns(truth: Truth | undefined): readonly Atom[] {
    const key = truth === undefined ? "" : `${truth.index} ${truth.holds}`;
    const known = this.#optIns.get(key) ?? ownOptIns(this.records, this.chain, this.effect, truth);
    this.#optIns.set(key, known);
    return known;
  }

  #insecurityChosenAt(): readonly Place[] {
    this.#insecurity ??= insecurityChosenAt(this.records, this.chain, this.effect);
    return this.#insecurity;
  }

  /** `given`: where what decides is given, if that is elsewhere. */
  paths(condition: Condition, asking: Asking = {}, given?: Place): readonly Path[] {
    // What a statement adds to the condition of the call may be what is not known.
    const isOfCall = condition === this.effect.condition;
    const asker = { ...this.asker(asking, given), ...(isOfCall && { occasion: occasionOf(this.chain) }) };
    return pathsOf(condition, { ...asker, questions: () => [...asker.questions(), ...(asking.questions ?? [])] }).flatMap((it) => {
      const whole = extend(this.root.path, it);
      return whole === undefined ? [] : [whole];
    });
  }

  /** Where a caller chose that it is done to what was there before, if nothing farther out decides it. */
  #chosen(cause: Caused): Caused {
    if (this.statement.makes !== undefined || this.chain.length < 2 || cause.related.length > 0) return cause;
    if (cause.place.file !== this.own.file) return cause;
    const chosen = isAlways(this.effect.condition) ? chosenAt(this.records.sites, this.chain, this.effect) : this.#insecurityChosenAt()[0];
    return chosen === undefined
      ? cause
      : { place: chosen, related: [{ ...this.own, message: `\`${this.written}\` uses this value here` }] };
  }

  /** Where a value was decided, if that is elsewhere; the argument, if it was written there. */
  #causeOf({ given, value, isArm }: Cause): Caused {
    const { sites } = this.records;
    const argument = this.#argument(given);
    const origin =
      (isArm ? undefined : givenAt(sites, this.chain, this.effect, given.index, value)) ?? this.#decisionOf(given.index, value);
    if (origin === undefined) return { place: argument, related: [] };
    const isInside = origin.file === argument.file && argument.span.start <= origin.span.start && origin.span.end <= argument.span.end;
    const obeys: RelatedPlace = { ...this.own, message: `\`${this.written}\` uses this value here` };
    if (!isInside) return { place: origin, related: [obeys] };
    const inMacro = sites.placeInMacro(this.site, this.site.operation.span);
    const isGiven = inMacro !== undefined && !(inMacro.file === argument.file && covers(inMacro.span, argument.span));
    return { place: isArm ? origin : argument, related: isGiven ? [obeys] : [] };
  }

  /** Where a value that an argument may be is written; the argument, if it is written there. */
  writtenAt(index: number, value: Value): Place {
    return this.#decisionOf(index, value) ?? this.#argument(this.given(index));
  }

  /** One search for all that is stated of it. */
  #decisionOf(index: number, value: Value): Place | undefined {
    const key = `${index} ${value.id}`;
    if (!this.#decisions.has(key))
      this.#decisions.set(key, decisionOf(this.records.sites, this.chain, index + this.statement.first, value));
    return this.#decisions.get(key);
  }

  #argument({ index }: Given): Place {
    return this.records.sites.argument(this.site, index + this.statement.first)?.place ?? this.own;
  }

  each(index: number, whole: Condition, work: (value: Value, condition: Condition, cause: Cause) => void): void {
    const given = this.given(index);
    const arms = armsOf(given.value, whole);
    for (const { condition, value } of arms) work(value, condition, { given, value, isArm: arms.length > 1 });
  }

  /** What the user calls a value: the path of its file, or the name that it has where it is given. */
  nameOf(value: Value, argument: number | undefined): string | undefined {
    const [file] = filesIn(value, this.records.objects, this.root.id);
    if (file !== undefined) return file;
    const index = argument === undefined ? 0 : argument + this.statement.first;
    return this.records.sites.nameOf(this.site, index);
  }
}
