/** What analysis gathers while it goes through the roots of a program, and what it asks on the way. */

import type { Span } from "../base/span.ts";
import type { Conjunction, Effect, FunctionId, Value } from "../flow/index.ts";
import type { FileStatement } from "../models/key-files.ts";
import type { CallModel, CrateModel } from "../models/model.ts";
import type { DefaultPlace, Place } from "../tls/facts.ts";
import { askedInside } from "./asked-inside.ts";
import { askedText, questionsIn } from "./asked-text.ts";
import type { Attempts } from "./attempts.ts";
import type { Asked, Asker } from "./conditions.ts";
import { declarationsOf } from "./declarations.ts";
import { type Condition, defaultPlaces } from "./default-places.ts";
import type { Defaults } from "./defaults.ts";
import type { Displayed } from "./displayed.ts";
import type { Features } from "./guards.ts";
import type { ModelIndex } from "./model-index.ts";
import type { FileUse, ModelObject, ObservationDraft } from "./model-object.ts";
import type { Objects } from "./objects.ts";
import type { Origin } from "./own-conditions.ts";
import type { Path } from "./path-conditions.ts";
import type { Question } from "./questions.ts";
import type { Site, Sites } from "./sites.ts";
import { wordAt } from "./words-asked.ts";

/** A function with which analysis begins, and what holds of everything that happens in it. */
export interface Root {
  readonly id: FunctionId;
  readonly inputs: readonly string[];
  readonly path: Path;
  /** The same for everything that a function makes. */
  readonly home: object;
}

/** The call, method or type that states something. */
export interface Draft {
  readonly site: { readonly model: CrateModel; readonly file: string; readonly call: string; readonly function: object };
  readonly written: string;
  readonly guessed: boolean;
  /** Undefined for what no expression says. */
  readonly at: Site | undefined;
  /** The calls that lead there, the outermost first, and it. */
  readonly chain?: readonly Site[];
  readonly nameSpan: Span;
  readonly callModel: CallModel | undefined;
  /** A public method does it, for whoever wants it. */
  readonly isOffered?: boolean;
  /** What it is said of, once that is known. */
  object?: ModelObject;
}

/** A value of one of the program's own types was installed as a verifier. */
export interface Installation {
  /** Its path. */
  readonly type: string;
  readonly value: Value;
  readonly place: Place;
  /** Where the value was written down, if a caller did it. */
  readonly givenAt: Place | undefined;
  /** Where callers chose that it is installed at all. */
  readonly chosenAt: readonly Place[];
  readonly path: Path;
  readonly call: string;
  readonly object: ModelObject | undefined;
}

/** A call that gives who the peer is. */
export interface PeerRead {
  readonly site: Site;
  readonly place: Place;
  readonly call: string;
  readonly path: Path;
  /** The calls that lead there, the outermost first, and the conditions under which they do. */
  readonly chain: readonly Site[];
  readonly paths: readonly Path[];
  /** Whose it is, as far as that is seen. */
  readonly connections: readonly ModelObject[];
  /** It gives the certificate itself, and no data of the program's own. */
  readonly givesCertificate: boolean;
  readonly ofClient: boolean;
  /** The library whose connection it is, of either side as far as its type tells. */
  readonly eitherOf: string | undefined;
  /** A public method hands it on, to whoever wants it. */
  readonly isOffered: boolean;
}

/** A verdict of the verification that is compared with the one where all is well. */
export interface VerdictRead {
  readonly place: Place;
  readonly call: string;
  readonly path: Path;
}

/** An endpoint is given sessions that a field keeps: whose is known once everything is. */
export interface SessionsKept {
  readonly from: Value;
  readonly root: FunctionId;
  take(configuration: ModelObject): void;
}

/** Where an address is written that a client is given. */
export interface AddressUse {
  readonly object: ModelObject;
  readonly place: Place;
  readonly path: Path;
  readonly draft: number;
}

/** What happens to a file of a program that writes private keys down. */
export interface FileEvent {
  readonly does: FileStatement["file"];
  readonly root: FunctionId;
  /** Callers may tell more of the file. */
  readonly isOpen: boolean;
  /** A path, or a file that was opened with one. */
  readonly target: Value | undefined;
  readonly given: Value | undefined;
  readonly call: string;
  readonly place: Place;
  readonly paths: readonly Path[];
}

/** Something that a client makes: a request, or a connection. */
export interface Connection {
  readonly by: ModelObject;
  /** Undefined where callers decide what it is. */
  readonly made: ModelObject | undefined;
  /** Of a connection of which callers decide something, what flow calls it. */
  readonly stream?: string;
  /** It goes there over what is connected already. */
  readonly over: boolean;
  readonly place: Place;
}

/** A call that loads something from a file, or from what was in one. */
export interface Loaded {
  readonly sort: "certificates" | "crls" | "private-key";
  /** Those that lead to it, the outermost first, and it. */
  readonly chain: readonly Site[];
  /** Which of its arguments hold what it loads, or name it. */
  readonly given: readonly number[];
  /** A certificate with its key, for whoever presents it. */
  readonly isIdentity: boolean;
  readonly model: CrateModel;
  /** The file, as far as it is known. */
  readonly from: string | undefined;
  readonly root: FunctionId;
  readonly path: Path;
  readonly draft: number;
}

export interface Records {
  readonly models: ModelIndex;
  readonly sites: Sites;
  readonly objects: Objects;
  readonly defaults: Defaults;
  readonly displayed: Displayed;
  readonly attempts: Attempts;
  /** Where what conditions ask is declared, and is written what that is by default: asked of each condition once. */
  readonly declared: Map<string, readonly Place[]>;
  readonly unset: Map<string, readonly DefaultPlace[]>;
  /** What functions ask as wholes. */
  readonly questions: Map<FunctionId, readonly Question[]>;
  /** What is asked before something happens, and chooses insecurity: of each event in the terms of its function, by what is given. */
  readonly chosen: Map<Effect, Map<string, Conjunction["atoms"]>>;
  readonly drafts: Draft[];
  readonly origins: Map<ModelObject, Origin>;
  /** Where objects are made. */
  readonly makers: Map<ModelObject, Site>;
  readonly loose: ObservationDraft[];
  readonly installations: Installation[];
  /** Files that calls read, with the object that came of it. */
  readonly fileUses: { readonly use: FileUse; readonly object: ModelObject | undefined }[];
  /** What happens to files, where private keys are written down. */
  readonly fileEvents: FileEvent[];
  /** Types that implement a verifier's trait. */
  readonly verifiers: ReadonlySet<string>;
  /** Where somebody looks at who the peer is. */
  readonly peerReads: PeerRead[];
  readonly verdictReads: VerdictRead[];
  readonly sessionsKept: SessionsKept[];
  /** Calls that load certificates, keys and revocation lists. */
  readonly loaded: Loaded[];
  readonly addresses: AddressUse[];
  /** What clients are told of whom they connect to, in terms of their roots. */
  readonly contacts: Map<ModelObject, Value[]>;
  /** What clients make to connect with. */
  readonly connections: Connection[];
  featuresIn(file: string): Features | undefined;
  /** Whether a library can but connect to a server in plaintext, whatever address it is given. */
  isPlaintextOnly(model: CrateModel, file: string): boolean;
  /** Whether a crate asks for one of these features of a library. */
  hasFeature(model: CrateModel, file: string, names: readonly string[]): boolean;
}

export const askerOf = (records: Records, owner: FunctionId, inputs: readonly string[], place: Place): Asker => ({
  inputs,
  owner,
  place,
  features: records.featuresIn(records.sites.file(owner)),
  askedAt: (key, holds) => {
    const { flow } = records.sites;
    const asked = flow.askedAt(owner, key, holds) === undefined ? !holds : holds;
    const at = flow.askedAt(owner, key, asked);
    if (at === undefined) return undefined;
    const { sites } = records;
    return { place: sites.place({ owner: at.in }, at.span), text: askedText(sites, at), word: wordAt(sites, at), holds: asked };
  },
  declarationsOf: (value, key) => kept(records.declared, `${owner} ${key} ${value.id}`, () => declaredOf(records, value, key, owner)),
  unsetAt: (value, key, truth, given) => {
    const at = given === undefined ? "" : `${given.file} ${given.span.start}`;
    return kept(records.unset, [owner, key, value.id, truth, at, ...inputs].join("\n"), () =>
      unsetOf(records, { value, key, owner, given, inputs }, truth),
    );
  },
  questions: () => kept(records.questions, owner, () => questionsIn(records.sites, owner)),
  siblingsOf: (variant) => records.sites.program.ids.variantsOf(variant.slice(0, Math.max(variant.lastIndexOf("::"), 0))),
  isCommand: (variant) => records.sites.program.isCommand(variant),
  answer: (closure, on) => {
    const summary = closure.kind === "closure" ? records.sites.flow.summary(closure.of) : undefined;
    return summary && closure.kind === "closure" ? records.sites.flow.with(summary.result, [...closure.captures, on]) : undefined;
  },
  isLeftOut: (value, holds) => records.defaults.isLeftOut(value, holds, owner, inputs.length),
  byDefault: (value, holds, key) =>
    records.defaults.isTrue(value, holds, owner, inputs.length) ??
    (key === undefined ? undefined : byDefaultInside(records, value, holds, key, owner)),
  isDefault: (variant) => records.defaults.isDefault(variant),
  isDefaultInside: (asked) => isDefaultInside(records, asked),
});

/** Many things happen under one condition. */
function kept<T extends object>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

function declaredOf({ sites }: Records, value: Value, key: string, owner: FunctionId): readonly Place[] {
  const own = declarationsOf(sites, value, key, owner);
  const inside = own.length > 0 ? undefined : askedInside(sites, value, key, owner);
  return inside === undefined ? own : declarationsOf(sites, inside.value, key, inside.in);
}

function unsetOf(records: Records, condition: Condition, truth: boolean | undefined): readonly DefaultPlace[] {
  const { value, key, owner } = condition;
  const own = defaultPlaces(records, condition, truth);
  const inside = own.length > 0 ? undefined : askedInside(records.sites, value, key, owner);
  if (inside === undefined) return own;
  const within = { value: inside.value, key, owner: inside.in, inputs: [] };
  return defaultPlaces(records, within, truth === undefined ? undefined : truth === inside.isAlike);
}

function isDefaultInside({ sites, defaults }: Records, { in: owner, condition }: NonNullable<Asked["inside"]>): boolean | undefined {
  const parameters = sites.flow.head(owner)?.parameters ?? 0;
  const isDefault = ({ value, holds }: Conjunction["atoms"][number]): boolean | undefined => {
    const known = value && defaults.isTrue(value, holds, owner, parameters);
    return known === undefined ? undefined : known === holds;
  };
  const ways = condition.map(({ atoms, some }) => {
    const all = atoms.map(isDefault);
    return all.includes(false) ? false : some || all.includes(undefined) ? undefined : true;
  });
  return ways.includes(true) ? true : ways.includes(undefined) ? undefined : false;
}

/** What the caller does not know of a value the function knows that it gives it to, by its type. */
function byDefaultInside({ sites, defaults }: Records, value: Value, holds: boolean, key: string, owner: FunctionId): boolean | undefined {
  const inside = askedInside(sites, value, key, owner);
  if (inside === undefined) return undefined;
  const { isAlike } = inside;
  const known = defaults.isTrue(inside.value, holds === isAlike, inside.in, sites.flow.head(inside.in)?.parameters ?? 0);
  return known === undefined ? undefined : known === isAlike;
}
