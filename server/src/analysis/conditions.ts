/** Conditions of flow as paths of guards: each alternative of a condition is one. */
import type { Condition, Conjunction, FunctionId, Value } from "../flow/index.ts";
import { IS_GIVEN } from "../flow/index.ts";
import { COMMANDS_OF } from "../models/configuration.ts";
import { lastOf } from "../rust/last-of.ts";
import type { DefaultPlace, Place, WordAsked } from "../tls/facts.ts";
import { failedIn, isFailure } from "./failed-questions.ts";
import { cfgAtoms, conditionAtom, type Features } from "./guards.ts";
import { asksForKind } from "./kinds-of-server.ts";
import { polarityOfName } from "./option-names.ts";
import { type Atom, extend, type Path } from "./path-conditions.ts";
import { type Naming, negated, polarityOf } from "./polarity.ts";
import { emptinessAsked, presenceAsked } from "./presence.ts";
import { type Answer, answered, answersIn, type Question } from "./questions.ts";
import { isOfScheme } from "./schemes-asked.ts";
import { ABSENT, PRESENT } from "./std-names.ts";
import { type Switch, switchesIn } from "./switches.ts";
import { textOf } from "./value-text.ts";
import { isAnotherWord, isAnyOther, isOfTruth, wordIn } from "./words-asked.ts";

/** Whose inputs a condition speaks of, and where something happens under it. */
export interface Asker extends Naming {
  readonly owner: FunctionId;
  readonly place: Place;
  /** Where a value that no branch asks is given to what decides by it. */
  readonly given?: Place;
  /** What happens under the condition: what is not known of it is another one for each. */
  readonly stated?: string;
  /** The call under whose unknown condition it happens, and all else that the callee does. */
  readonly unknownAt?: Place;
  /** What is not known of the condition is the same one for all that happens on one occasion. */
  readonly occasion?: string;
  readonly features: Features | undefined;
  /** Whether it is true while nobody says anything, where that is known; of several producers one that makes it what is asked for is enough. */
  byDefault(value: Value, holds: boolean, key?: string): boolean | undefined;
  /** Whether it is so where callers leave out all that they may leave out. */
  isLeftOut(value: Value, holds: boolean): boolean;
  /** Whether a condition of another function holds while nobody says anything, where that is known. */
  isDefaultInside(asked: NonNullable<Asked["inside"]>): boolean | undefined;
  /** Whether a variant is what its enum is while nobody says anything, where that is known. */
  isDefault(variant: string): boolean | undefined;
  /** A variant that is one of the commands of a program. */
  isCommand(variant: string): boolean;
  /** The variants of the enum that has a variant: the same list each time. */
  siblingsOf(variant: string): readonly { readonly name: string }[];
  /** Where it was asked, and in which words, where these are the program's own. */
  askedAt(key: string, holds: boolean): Asked | undefined;
  /** What stands in front of it and cannot be resolved. */
  unresolved?(): Unresolved | undefined;
  /** What the function in which it happens asks for itself, where callers leave open whether that holds. */
  optIns?(): readonly Atom[];
  /** Where what an atom asks is declared. */
  declarationsOf(value: Value, key: string): readonly Place[];
  /** Where it is written what that is by default. */
  unsetAt(value: Value, key: string, truth: boolean | undefined, given?: Place): readonly DefaultPlace[];
  /** What is asked as a whole. */
  questions(): readonly Question[];
}

export interface Asked {
  readonly place: Place;
  readonly text: string | undefined;
  /** The same, where it is one word of a text that is asked for. */
  readonly word?: WordAsked | undefined;
  /** What the words say. */
  readonly holds: boolean;
  /** They ask whether an attempt has succeeded, and it has not. */
  readonly failed?: true;
  /** They ask whether an attempt has succeeded, and it has. */
  readonly passed?: true;
  /** Their name says that insecurity is asked for. */
  readonly optIn?: true;
  /** The variant that is asked for, of something of which nothing is known, and nothing else is asked. */
  readonly variant?: string;
  /** The attempt of whose outcome is asked, where nothing else is: both outcomes together are all that there is. */
  readonly attempt?: string;
  /** The same in the terms of the function that asks, which knows more of it than those that call it. */
  readonly inside?: { readonly in: FunctionId; readonly condition: Condition };
}

/** What cannot be resolved: in its words, or that attempts have succeeded, where nothing else is asked, as everything behind a `?` is. */
export type Unresolved = Asked | "passed";

/** None: it never holds. */
export function pathsOf(condition: Condition, asker: Asker): readonly Path[] {
  const { condition: asked, switches } = switchesIn(condition);
  const questions = (): readonly Question[] => (switches.size === 0 ? asker.questions() : asker.questions().map(withSwitches));
  const answers = answersIn(asked, questions);
  let unknown: readonly Atom[] | undefined;
  const paths = asked.map((it) => pathOf(it, asker, { answers, switches, unknown: () => (unknown ??= unknownAtoms(asker)) }));
  return paths.filter((it) => it !== undefined);
}

const withSwitches = ({ yes, no, ...it }: Question): Question => ({
  ...it,
  yes: switchesIn(yes).condition,
  no: no && switchesIn(no).condition,
});

/** What is asked as one, and what there is to say where nothing is known. */
interface Wholes {
  readonly answers: readonly Answer[];
  readonly switches: ReadonlyMap<string, Switch>;
  unknown(): readonly Atom[];
}

/** Undefined where an option would be given and missing at once: flow asks about each variant by itself. */
function pathOf({ atoms, some }: Conjunction, asker: Asker, { answers, switches, unknown }: Wholes): Path | undefined {
  const told = atoms.flatMap((it) => {
    const answer = answers.find(({ keys }) => keys.has(it.key));
    if (it.value === undefined) {
      const place = answer?.question.place ?? asker.place;
      return ofCompiler(it.key, !it.holds, { ...asker, place }).map((atom) => ({ atom, answer: undefined }));
    }
    const of = switches.get(it.key);
    const known = of === undefined ? ofValue(it.value, it.key, it.holds, asker) : [ofSwitch(it.value, it.key, it.holds, of, asker)];
    return known.map((atom) => ({ atom, answer }));
  });
  const of = (answer: Answer): readonly Atom[] => told.flatMap((it) => (it.answer === answer ? [it.atom] : []));
  const known = told.map(({ atom, answer }) => (answer === undefined ? atom : answered(atom, answer, of(answer))));
  const all = some ? [...known, ...unknown()] : known;
  return known.some((it) => it.option !== undefined) ? extend([], all) : all;
}

function ofCompiler(key: string, negated: boolean, { place, features }: Asker): readonly Atom[] {
  const written = key.slice(key.indexOf(":") + 1);
  const at = written.indexOf("=");
  const flag = at < 0 ? { name: written } : { name: written.slice(0, at), value: written.slice(at + 1) };
  return cfgAtoms({ kind: "flag", ...flag }, place, negated, features);
}

/** Whether a loop has another element, or an attempt has succeeded, is no condition of what is done then. */
const isPassing = (value: Value, holds: boolean): boolean =>
  value.kind === "test" &&
  (value.what === "another" ||
    ((value.what === "success" || (isObject(value.of) && !isOfOthers(value.what))) && !isFailure(value.what, holds)));

/** A variant of something else than an option or a result. */
const isOfOthers = (what: string): boolean => !PRESENT.has(what) && !ABSENT.has(what);

/** What a model made is there, or whoever asked for it has left. */
const isObject = (value: Value): boolean => value.kind === "object" || (value.kind === "labelled" && isObject(value.of));

function ofValue(value: Value, key: string, holds: boolean, asker: Asker): readonly Atom[] {
  if (isPassing(value, holds)) return [];
  // Which type stands for a parameter is no question of the program's.
  if (value.kind === "test" && value.of.kind === "parameter") return unknownAtoms(asker);
  const option = givenOption(value);
  if (option !== undefined) {
    const declared = asker.declarationsOf(value, key);
    const atom = conditionAtom(
      { text: option, polarity: 0, place: asker.place, byDefault: false, declared, unset: asker.unsetAt(value, key, undefined) },
      !holds,
      key,
    );
    return [asGiven({ ...atom, option: { of: value, text: option, given: holds } })];
  }
  const polarity = polarityOf(value, asker) || (value.kind === "test" ? polarityBeside(value.what, asker) : 0);
  if (polarity === 0 && value.kind === "test" && (asker.isCommand(value.what) || isOfCommands(value.of))) return [];
  if (polarity === 0 && asksForKind(value, (it) => asker.siblingsOf(it))) return [{ ...sidesOf(asker, key), alternative: holds ? 0 : 1 }];
  const asked = asker.askedAt(key, holds);
  const text = asked?.text ?? textOf(value, asker.inputs);
  const word = asked?.text === undefined ? wordIn(value, asker.inputs) : asked.word;
  const known = asker.byDefault(value, holds, key);
  // Who leaves out what makes it safe has chosen nothing.
  const isLeftOut = known === undefined && (holds ? polarity : negated(polarity)) > 0 && asker.isLeftOut(value, holds);
  // What nobody has called by its name, nobody has asked for: any other text will do.
  const isRest = isAnyOther(value, holds) && known !== holds;
  // Where its default is not known, another one than the safe word is no word for insecurity, either.
  const isUnasked = known === undefined && (holds ? polarity : negated(polarity)) > 0 && isAnotherWord(value, holds);
  const byDefault = isLeftOut ? holds : isRest ? undefined : known;
  const declared = byDefault === undefined ? [] : asker.declarationsOf(value, key);
  const condition = {
    text,
    ...(word !== undefined && { word }),
    polarity: isUnasked ? 0 : polarity,
    place: asked?.place ?? asker.given ?? asker.place,
    ...(byDefault !== undefined && { byDefault }),
    ...(isRest && !isOfScheme(value) && !isOfTruth(value) && { rest: true as const }),
    declared,
    unset: byDefault === undefined ? [] : asker.unsetAt(value, key, byDefault, asker.given),
  };
  const atom = inWords(conditionAtom(condition, !holds, sidesOf(asker, key).group), asked?.text === undefined ? true : asked.holds, holds);
  return [asGiven({ ...atom, ...outcomesOf(value, holds), ...askedOption(value, holds, asker), ...settingOf(value, holds) })];
}

/** What may be left out is there. */
const asGiven = (atom: Atom): Atom =>
  atom.option?.given === true && atom.guard?.kind === "condition" ? { ...atom, guard: { ...atom.guard, given: true } } : atom;

/** Whether an attempt has failed or succeeded then, or a list holds nothing. */
function outcomesOf(value: Value, holds: boolean): Partial<Atom> {
  const failed = failedIn(value, holds);
  const passed = failedIn(value, !holds);
  const empty = holds ? emptinessAsked(value) : undefined;
  const isInstead = value.kind === "test" && isFailure(value.what, holds) && isObject(value.of);
  return {
    ...(isInstead && { instead: true as const }),
    ...(failed !== undefined && { failed }),
    ...(passed !== undefined && { passed }),
    ...(empty !== undefined && { empty }),
  };
}

const settingOf = (value: Value, isOn: boolean): Pick<Atom, "setting" | "isOn"> =>
  value.kind === "part" || value.kind === "input" ? { setting: value, isOn } : {};

/** Who does not choose a variant chooses one of the others: where all of these are insecure by their names, the one is not. */
function polarityBeside(variant: string, asker: Asker): -1 | 0 {
  const others = variant.includes("::") ? asker.siblingsOf(variant).filter((it) => it.name !== lastOf(variant)) : [];
  return others.length > 0 && others.every((it) => polarityOfName(it.name) > 0) ? -1 : 0;
}

/** Which side of a question about a variant chooses insecurity, by the names of the variants. */
const isChosenVariant = ({ variant, holds }: Asked, asker: Asker): boolean =>
  variant !== undefined && (holds ? polarityOfName(lastOf(variant)) > 0 : polarityBeside(variant, asker) < 0);

/** Whether it is on: who turns it on gives it. */
function ofSwitch(value: Value, key: string, holds: boolean, { given, key: asked, unset }: Switch, asker: Asker): Atom {
  const at = asker.askedAt(key, holds);
  const text = at?.text ?? textOf(value, asker.inputs);
  const place = at?.place ?? asker.given ?? asker.place;
  const declared = asker.declarationsOf(given, asked);
  const condition = {
    text,
    polarity: polarityOf(value, asker),
    place,
    byDefault: unset,
    declared,
    unset: asker.unsetAt(given, asked, unset, asker.given),
  };
  const atom = inWords(conditionAtom(condition, !holds, sidesOf(asker, key).group), at?.text === undefined ? true : at.holds, holds);
  return unset ? atom : { ...atom, option: { of: given, text, given: holds } };
}

/** What tells one side from the other, and says nothing by itself. */
const sidesOf = ({ owner }: Asker, key: string): Pick<Atom, "group" | "alternatives"> => ({ group: `${owner} ${key}`, alternatives: 2 });

/** That there is something and that there is nothing are two sides of one question, however it is asked. */
function askedOption(value: Value, holds: boolean, asker: Asker): Pick<Atom, "group" | "alternative" | "option"> | undefined {
  const asked = presenceAsked(value, holds);
  if (asked === undefined) return undefined;
  const option = { of: asked.of, text: asked.name ?? textOf(asked.of, asker.inputs), given: asked.given };
  return { group: `${asker.owner} option ${asked.of.id}`, alternative: asked.given ? 0 : 1, option };
}

/** The words may say the opposite. */
const inWords = (atom: Atom, said: boolean, holds: boolean): Atom =>
  atom.guard?.kind === "condition" ? { ...atom, guard: { ...atom.guard, negated: said !== holds } } : atom;

/** Which command a program was started with. */
function isOfCommands(value: Value): boolean {
  if (value.kind === "part" || value.kind === "labelled") return isOfCommands(value.of);
  return value.kind === "apply" && COMMANDS_OF.has(lastOf(value.callee));
}

/** The option of whose presence is asked: nobody sets it unless he wants to. */
function givenOption(value: Value): string | undefined {
  const [name] = value.kind === "apply" && value.callee === IS_GIVEN ? value.arguments : [];
  return name?.kind === "constant" && typeof name.value === "string" ? name.value : undefined;
}

function unknownAtoms(asker: Asker): readonly Atom[] {
  const { owner, place, stated = "", unknownAt, occasion } = asker;
  const at = unknownAt ?? place;
  const optIns = asker.optIns?.() ?? [];
  if (optIns.length > 0) return optIns;
  const asked = asker.unresolved?.();
  if (asked === "passed") return [];
  const byDefault = asked && (variantByDefault(asked, asker) ?? (asked.inside && asker.isDefaultInside(asked.inside)));
  const told = {
    text: asked?.text ?? "…",
    polarity: asked !== undefined && (asked.optIn === true || isChosenVariant(asked, asker)) ? 1 : 0,
    place: asked?.place ?? at,
  } as const;
  const condition = { ...told, ...(byDefault !== undefined && { byDefault }) };
  const here = `${at.file} ${at.span.start} ${unknownAt === undefined ? stated : "call"}`;
  const group = `some ${owner} ${unknownAt === undefined && occasion !== undefined ? occasion : here}`;
  const atom = inWords(conditionAtom(condition, false, group), asked?.holds ?? true, true);
  const outcome = asked?.failed === true ? ({ failed: true } as const) : asked?.passed === true ? ({ passed: true } as const) : {};
  const side = asked?.attempt === undefined ? {} : { group: asked.attempt, alternative: asked.failed === true ? 1 : 0, alternatives: 2 };
  return [{ ...atom, isUnknown: true, ...outcome, ...side }];
}

/** That it is not this one of several says little of which it is. */
function variantByDefault({ variant, holds }: Asked, asker: Asker): boolean | undefined {
  const isDefault = variant === undefined ? undefined : asker.isDefault(variant);
  return holds ? isDefault : isDefault === true ? false : undefined;
}

/** Who makes it so chooses insecurity. */
export function isChosen({ value, holds }: Conjunction["atoms"][number], asker: Asker): boolean {
  const polarity = value === undefined ? 0 : polarityOf(value, asker);
  return (holds ? polarity : negated(polarity)) > 0;
}
