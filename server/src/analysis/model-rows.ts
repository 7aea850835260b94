/** Models of crates as rows of flow: for each call what it gives, and one effect that says which call it was and what it was given. */
import { type CallerRows, type CallForm, type Row, type Term, type Value, viewName } from "../flow/index.ts";
import { BITFLAGS } from "../models/bitflags.ts";
import { CERTIFICATE_IN_QUESTION, NAME_VERDICTS } from "../models/certificate-names.ts";
import type { CallModel, CanonicalPath, Effect } from "../models/model.ts";
import { lastOf } from "../rust/last-of.ts";
import { saysByName } from "./by-name.ts";
import { eachPath, membersOf } from "./canonical-paths.ts";
import { certificateRead, certificateReadBy } from "./certificate-rows.ts";
import type { FileRows } from "./file-rows.ts";
import { wordIn } from "./meanings.ts";
import type { ModelIndex } from "./model-index.ts";
import type { Hit } from "./model-tables.ts";
import { SOME } from "./std-names.ts";

/** What an effect of flow says: a call of a model, on the object that it makes or is made on. */
export interface Statement {
  readonly path: CanonicalPath;
  /** Undefined for a struct expression, which makes an object of the type `path`. */
  readonly hit: Hit<CallModel> | undefined;
  readonly form: CallForm;
  /** Where in the operation the model's first argument stands: behind the receiver of a call that is written as a path, too. */
  readonly first: number;
  /** A new object, whose constructor this is. */
  readonly makes: CanonicalPath | undefined;
  /** Another type, as which the object goes on. */
  readonly becomes: CanonicalPath | undefined;
  /** Of the values of the effect, how many are arguments; those behind them are what callbacks gave, one for each of `called`, and behind those what makes
   * something new, if it is a method.
   */
  readonly count: number;
  readonly called: readonly Effect[];
  /** By the name of the call alone: of what it is made on no type is known. */
  readonly guessed?: true;
}

export const isStatement = (data: unknown): data is Statement => typeof data === "object" && data !== null && "form" in data;

export class ModelRows implements CallerRows {
  readonly #models: ModelIndex;
  readonly #fileOf: (owner: string) => string;
  readonly #rows = new Map<CallModel, Map<CallForm, Row>>();
  readonly #made = new Map<CanonicalPath, Row>();
  readonly #constructed = new Map<CanonicalPath, Row>();
  readonly isJudged: CallerRows["isJudged"];
  readonly speaks: CallerRows["speaks"];
  readonly #isOwn: (path: string) => boolean;
  readonly #written: FileRows | undefined;

  /** `fileOf`: the file in which a function stands. `isOwn`: a path leads to something of the program's. `written`: where keys are. */
  constructor(
    models: ModelIndex,
    fileOf: (owner: string) => string,
    isJudged: (owner: string) => boolean,
    isOwn: (path: string) => boolean = () => false,
    speaks: (owner: string) => boolean = () => true,
    written?: FileRows,
  ) {
    this.#written = written;
    this.speaks = speaks;
    this.#isOwn = isOwn;
    this.#models = models;
    this.#fileOf = fileOf;
    this.isJudged = isJudged;
  }

  of(path: string, owner: string, form: CallForm): Row | undefined {
    const file = this.#fileOf(owner);
    if (path.endsWith("::*"))
      return this.#models.type(this.#models.canonical(path.slice(0, -3)))?.of.chains === true ? HANDED_ON : undefined;
    if (path.endsWith(" {}")) return this.#expression(path.slice(0, -3));
    const canonical = eachPath(path, this.#models);
    if (this.#models.delegates.has(canonical) || NAME_VERDICTS.includes(canonical)) return verdictOf(lastOf(canonical));
    const read = form === "path" ? certificateRead(canonical) : undefined;
    if (read !== undefined) return read;
    if (CERTIFICATE_IN_QUESTION.includes(canonical)) return certificateOf(canonical);
    const hit = this.#hit(canonical, file);
    if (hit?.of.givesPrivateKey === true) return this.#written?.key(hit.path);
    if (hit !== undefined) return this.#row(hit, form);
    const written = this.#written?.of(path, file, form);
    if (written !== undefined) return written;
    const known = this.#ofFlags(canonical) ?? (form === "path" ? this.#unknownConstructor(canonical) : undefined);
    const handedOn = known === undefined ? this.#models.throughReexport(canonical.split("::")) : undefined;
    return handedOn === undefined || this.#isOwn(ownerOf(path)) ? known : this.of(handedOn, owner, form);
  }

  /** Whoever answers it: what a verifier says is a verdict, which others may hand on. */
  anywhere(name: string, owner: string, count: number | undefined): Row | undefined {
    const guessed = name.includes("::") ? this.#models.guess(name.split("::")) : undefined;
    const hit = guessed === undefined ? undefined : this.#hit(guessed, this.#fileOf(owner));
    if (hit !== undefined) return guessedRow(hit);
    if (this.#models.verifierMethods.has(name) || NAMED_VERDICTS.has(name)) return verdictOf(name);
    const asked = CERTIFICATE_IN_QUESTION.find((it) => lastOf(it) === name);
    if (asked !== undefined) return certificateOf(asked);
    const reading = certificateReadBy(name);
    if (reading !== undefined) return reading;
    // Connections are asked for nothing in particular.
    const read = count === undefined || count === 1 ? this.#models.peerReaders.get(name) : undefined;
    if (read !== undefined) return certificateOf(read, { readsPeer: read });
    return this.#written?.anywhere(name, this.#fileOf(owner));
  }

  isActing(name: string): boolean {
    return this.#models.isLibraryName(name) || this.#written?.acts(name) === true;
  }

  isTelling(name: string, given: readonly Value[]): boolean {
    if (this.#written?.acts(name) === true) return true;
    return this.#models.isLibraryName(name) && (saysByName(name) || given.some((it) => wordIn(it, this.#models) !== undefined));
  }

  #hit(canonical: CanonicalPath, file: string): Hit<CallModel> | undefined {
    const own = this.#models.call(canonical, file);
    if (own !== undefined) return own;
    const { type, name, separator } = membersOf(canonical);
    return type === undefined ? undefined : this.#models.member(this.#models.canonical(type), name, file, separator);
  }

  #ofFlags(canonical: CanonicalPath): Row | undefined {
    const { type = "", name } = membersOf(canonical);
    return Object.hasOwn(BITFLAGS, name) && this.#models.isFlagType(type) ? BITFLAGS[name] : undefined;
  }

  /** An associated function that no model knows of a type that one does: it gives one of which no more is known. */
  #unknownConstructor(path: CanonicalPath): Row | undefined {
    const type = ownerOf(path);
    const hit = this.#models.type(type);
    // What is a word of a model's is no object.
    if (hit === undefined || hit.of.sort === "other" || this.#models.value(path) !== undefined) return undefined;
    const row = this.#constructed.get(type) ?? { result: { object: type } };
    this.#constructed.set(type, row);
    return row;
  }

  #expression(written: string): Row | undefined {
    const type = this.#models.canonical(written);
    const hit = this.#models.type(type);
    if (hit === undefined || (hit.of.sort === "other" && !this.#models.hasFields(type))) return undefined;
    const known = this.#made.get(type);
    if (known !== undefined) return known;
    const data: Statement = { path: type, hit: undefined, form: "path", first: 0, makes: type, becomes: undefined, count: 0, called: [] };
    const row: Row = { result: { object: type }, effects: [{ on: { result: true }, data }] };
    this.#made.set(type, row);
    return row;
  }

  #row(hit: Hit<CallModel>, form: CallForm): Row {
    const rows = this.#rows.get(hit.of) ?? new Map<CallForm, Row>();
    this.#rows.set(hit.of, rows);
    const row = rows.get(form) ?? rowOf(hit, form);
    rows.set(form, row);
    return row;
  }
}

const ownerOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("::")));

/** What says whether a certificate is one of a name. */
export const NAMED_VERDICTS: ReadonlySet<string> = new Set(NAME_VERDICTS.map(lastOf));

/** What a call of a model gives of which no more is known. */
export const GIVEN_BY = "what is given by ";

/** What an inner verifier says: an object that is a `Result`, or a truth, and was asked of by that name. */
export const VERDICT = "verdict of ";

/** The peer's certificate was asked for, of something of which no type is known. */
export interface PeerReading {
  readonly readsPeer: CanonicalPath;
}

/** An inner verifier was asked, whatever becomes of its answer: the first argument of a method, the second of a function. */
export interface Consultation {
  readonly consulted: string;
}

export const isConsultation = (data: unknown): data is Consultation => typeof data === "object" && data !== null && "consulted" in data;

const verdicts = new Map<string, Row>();
function verdictOf(name: string): Row {
  const data: Consultation = { consulted: name };
  const row = verdicts.get(name) ?? {
    result: { object: `${VERDICT}${name}` },
    effects: [{ on: { result: true }, data, with: [RECEIVER, { argument: 1 }, { argument: 2 }] }],
  };
  verdicts.set(name, row);
  return row;
}

const RECEIVER: Term = { argument: 0 };
/** Builders with dozens of settings that say nothing of TLS. */
const HANDED_ON: Row = { result: RECEIVER };

function rowOf(hit: Hit<CallModel>, form: CallForm): Row {
  const data = statementOf(hit, form);
  const { first, makes, becomes } = data;
  const argument = (index: number): Term => ({ argument: index + first });
  const on: Term = makes !== undefined || becomes !== undefined ? { result: true } : first === 1 ? RECEIVER : { unit: true };
  const answers = data.called.flatMap((it): readonly Term[] => callbackOf(it, on, argument));
  const values = Array.from({ length: data.count }, (_, index) => argument(index));
  const maker = makes !== undefined && first === 1 ? [RECEIVER] : [];
  return { result: resultOf(hit, first, argument), effects: [{ on, data, with: [...values, ...answers, ...maker] }] };
}

/** Of a path that leads nowhere: the one that only one model has of that name. */
function guessedRow(hit: Hit<CallModel>): Row {
  const row = rowOf(hit, "path");
  return { ...row, effects: (row.effects ?? []).map((it) => ({ ...it, data: { ...statementOf(hit, "path"), guessed: true } })) };
}

export function statementOf(hit: Hit<CallModel>, form: CallForm): Statement {
  const { returns, effects = [] } = hit.of;
  const given = typeof returns === "object" ? returns : undefined;
  const makes = given !== undefined && "new" in given ? given.new : given !== undefined && "of" in given ? given.of : undefined;
  const becomes = given !== undefined && "becomes" in given ? given.becomes : undefined;
  const isOnReceiver = returns === "self" || returns === "clone" || (given !== undefined && "view" in given);
  const count = Math.max(0, ...effects.flatMap(argumentsOf).map((it) => it + 1), sideOf(hit.of) + 1);
  const called = effects.filter((it) => it.kind === "calls" || it.kind === "callback");
  return { path: hit.path, hit, form, first: form === "method" || isOnReceiver ? 1 : 0, makes, becomes, count, called };
}

/** What a call gives. */
function resultOf({ path, of }: Hit<CallModel>, first: number, argument: (index: number) => Term): Term {
  const { returns } = of;
  if (returns === "self" || returns === "clone") return RECEIVER;
  // What a peer shows keeps whose it is; of anything else only that it may have failed is of interest.
  if (returns === undefined && of.readsPeerIdentity !== undefined) return shown(path, first, of.readsPeerIdentity);
  if (returns === undefined) return { object: `${GIVEN_BY}${path}` };
  if ("new" in returns) return { object: returns.new };
  if ("of" in returns) {
    const made = Array.from({ length: returns.arguments }, (_, index) => argument(index));
    return { part: viewName(returns.of), of: { symbol: path, of: [RECEIVER, ...made] } };
  }
  if ("becomes" in returns) return { as: returns.becomes, of: RECEIVER };
  return "view" in returns ? { as: returns.view, of: RECEIVER } : argument(returns.argument);
}

function shown(path: CanonicalPath, first: number, reads: NonNullable<CallModel["readsPeerIdentity"]>): Term {
  const given: Term = { symbol: path, of: first === 1 ? [RECEIVER] : [] };
  return reads === "certificate" ? { label: "certificate", of: given } : given;
}

const certificates = new Map<CanonicalPath, Row>();
/** What a callback is asked about, or something that nobody knows gives by the name of a call that does. */
function certificateOf(path: CanonicalPath, data?: PeerReading): Row {
  const row = certificates.get(path) ?? {
    result: shown(path, 1, "certificate"),
    ...(data !== undefined && { effects: [{ on: RECEIVER, data }] }),
  };
  certificates.set(path, row);
  return row;
}

/** The call that gave a value of which no more is known. */
export function pathGiving(value: Value): CanonicalPath | undefined {
  if (value.kind === "labelled") return pathGiving(value.of);
  if (value.kind === "object" && value.type.startsWith(GIVEN_BY)) return value.type.slice(GIVEN_BY.length);
  return value.kind === "apply" ? value.callee : undefined;
}

const sideOf = ({ returns }: CallModel): number =>
  typeof returns === "object" && "new" in returns && returns.side !== undefined ? returns.side : -1;

function argumentsOf(effect: Effect): readonly number[] {
  const found: number[] = [];
  if ("argument" in effect && effect.argument !== undefined) found.push(effect.argument);
  if ("key" in effect && typeof effect.key === "number") found.push(effect.key);
  if ("unlessNone" in effect && effect.unlessNone !== undefined) found.push(effect.unlessNone);
  if ("configuration" in effect && effect.configuration !== undefined) found.push(effect.configuration);
  if (effect.kind === "handshake") found.push(...[effect.of, effect.name].filter((it) => it !== undefined));
  if (effect.kind === "verifies-as") found.push(...[effect.of, effect.to?.argument].filter((it) => it !== undefined));
  if ("handler" in effect && effect.handler !== undefined) found.push(effect.handler);
  if ("when" in effect && effect.when !== undefined) found.push(effect.when.argument);
  return found;
}

/** What a callback is given at each handshake: the library's own answer, the peer's certificate, or something else. */
function handshakeArgument(index: number, inner: number | undefined, certificate: readonly number[]): Term {
  if (index === inner) return { part: "answer", of: { object: `${VERDICT}the library` } };
  const given: Term = { part: `argument ${index}`, of: { object: "handshake" } };
  return certificate.includes(index) ? { label: "certificate", of: given } : given;
}

/** Closures that are called with the object itself: what they do to it happens to it. */
function callbackOf(effect: Effect, on: Term, argument: (index: number) => Term): readonly Term[] {
  if (effect.kind === "callback") {
    const certificate = effect.certificate ?? [];
    const count = Math.max(2, (effect.inner ?? -1) + 1, ...certificate.map((it) => it + 1));
    const shown = Array.from({ length: count }, (_, index) => handshakeArgument(index, effect.inner, certificate));
    if (effect.optional === true) return [{ match: argument(effect.argument), arms: { [SOME]: { call: { payload: 0 }, with: shown } } }];
    return [{ call: argument(effect.argument), with: shown }];
  }
  if (effect.kind !== "calls") return [];
  const seen = (type: CanonicalPath): Term => (effect.connection === true ? { payload: 0 } : { as: type, of: on });
  const given = effect.with.map((type): Term => (type === undefined ? { unknown: "argument of a callback" } : seen(type)));
  const answer: Term = { call: argument(effect.argument), with: given };
  const connection = effect.connection === true ? effect.with.find((it) => it !== undefined) : undefined;
  // The connection first, which is the endpoint's, and is none.
  return connection === undefined ? [answer] : [{ bind: { object: connection }, in: { tuple: [{ payload: 0 }, answer] } }];
}
