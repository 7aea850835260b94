/** Addresses that clients are given: whom they lead to, and whether what they say of themselves means TLS. */
import { covers } from "../base/span.ts";
import { and, type Condition, type Flow, isAlways, not, or, payloadOf, relative, type Value, whenTrue } from "../flow/index.ts";
import type { AddressWord, Effect, LaxAddress } from "../models/model.ts";
import type { Fact, Place, RelatedPlace } from "../tls/facts.ts";
import type { CallEvent, Cause } from "./call-event.ts";
import { constructedIn } from "./constructed.ts";
import { type Arm, armsOf } from "./meanings.ts";
import type { ModelObject } from "./model-object.ts";
import { isBegunElsewhere, knownOf, type Peer, peerOf, writtenAs } from "./peers.ts";
import { asksForScheme } from "./schemes-asked.ts";
import { withoutScheme } from "./schemes-exchanged.ts";
import { ERR, NONE, OK, SOME } from "./std-names.ts";
import { textVariants } from "./text-variants.ts";

/** Where the texts are written that may be the address, but for those that say themselves that there is TLS. */
function noteAddresses(call: CallEvent, effect: Extract<Effect, { kind: "peers" }>, whole: Condition, object: ModelObject): void {
  const { argument = 0, words = [] } = effect;
  const secured = words.filter(({ states }) => states.kind === "client-transport" && states.tls);
  call.each(argument, whole, (value) => {
    const known = knownOf(value);
    if (secured.some(({ word }) => known.includes(word))) return;
    call.records.addresses.push({ object, place: call.writtenAt(argument, value), path: call.root.path, draft: call.draft });
  });
}

function noteContact({ records: { contacts } }: CallEvent, object: ModelObject | undefined, address: Value): void {
  if (object !== undefined) contacts.set(object, [...(contacts.get(object) ?? []), address]);
}

export function peers(
  call: CallEvent,
  effect: Extract<Effect, { kind: "peers" }>,
  object: ModelObject | undefined,
  whole: Condition,
): void {
  const { argument, words = [], silent = [] } = effect;
  const schemes = [...words, ...silent].map((it) => it.word);
  const value = argument === undefined ? call.effect.on : call.given(argument).value;
  // What a model made knows by itself whom it connects to.
  const made = value.leads ? call.records.objects.within(value, { root: call.root.id, place: call.own }) : [];
  if (made.some((it) => it.object.known || (argument !== undefined && it.object === object))) return;
  const secured = words.flatMap(({ word, states }) => (states.kind === "client-transport" && states.tls ? word : []));
  const texts = argument === undefined ? [] : textsOf(call, argument, whole, secured);
  const { values } = call.records.sites.flow;
  const written = argument === undefined ? armsOf(value).flatMap((it) => variantsOf(call, it.value, it.condition, secured)) : texts;
  const aside = written.filter((it) => isOfAnotherKind(it.value, schemes));
  const meant = written.length > aside.length ? written.filter((it) => !aside.includes(it)) : written;
  const one = values.join(meant.map((it) => ({ value: it.value, condition: it.condition })));
  noteContact(call, object, one);
  const found = peerOf(
    one,
    (it) => call.unset(it),
    (it) => isOfAnotherKind(it, schemes),
  );
  const isWhole = meant.some((it) => isGivenWhole(it.value));
  // A file, until somebody gives the address of a server.
  const isHere = isWhole && aside.length > 0;
  const isGiven = isWhole && effect.holdsPassword === true;
  const { demand: demandedBy } = effect.lax ?? {};
  const peer: Peer = {
    ...found,
    ...(isHere && { assumed: true }),
    ...(isGiven && { given: true, ...(demandedBy !== undefined && { demandedBy }) }),
  };
  // Where nothing is said of TLS, whoever sets the host asks for none.
  const hostAlone = words.length + silent.length === 0 && argument !== undefined;
  call.state(object, "peer", { any: [hostAlone ? { ...peer, hostAlone } : peer] }, whole);
  if (argument === undefined) return;
  if (object !== undefined) noteAddresses(call, effect, whole, object);
  if (words.length + silent.length === 0) return;
  // Without TLS in the library, whatever else is given as an address says the same.
  const { model } = call.statement.hit ?? {};
  const isBare = model !== undefined && call.records.isPlaintextOnly(model, call.own.file);
  const lax = effect.lax !== undefined && mayBeServer(call, effect.lax) ? effect.lax : undefined;
  const isMute = (it: Value): boolean => isBare || (lax !== undefined && (lax.orOptions !== true || isText(call, it)));
  const isUnset = (it: Value): boolean => asksForScheme(it, schemes);
  const silences = texts.flatMap(({ value: text, condition, at, cause }): readonly Silence[] => {
    const isPutIn = writtenAs(text).kind === "text" && peer.reach === "unknown";
    const said = isPutIn ? silent.filter(({ word }) => knownOf(text).startsWith(word)) : [];
    const place = at ?? call.writtenAt(argument, cause.value);
    if (said.length > 0 || !isGivenWhole(text) || !isMute(text) || words.some((it) => says(knownOf(text), it)))
      return said.map(({ states }) => ({ states, place, related: [connectsHere(call)], condition }));
    const readAt = isInArgument(call, argument, place) ? [] : [{ ...place, message: "the address comes from here" }];
    return silent.slice(0, 1).map(({ states }) => ({ states, place: call.own, related: readAt, condition }));
  });
  const otherwise = aside.reduce<Condition>((any, it) => or(any, it.condition), []);
  for (const { states, place, related, condition } of together(values, silences, otherwise, whole)) {
    const before = object?.events.length;
    call.push(object, states.kind, { any: [states] }, condition, { place, related }, true, { isUnset });
    // Silence decides nothing: what was said before holds.
    if (object !== undefined) object.events.unshift(...object.events.splice(before ?? 0));
  }
  for (const { value: text, condition, at, cause } of texts)
    for (const { states } of words.filter((it) => says(knownOf(text), it)))
      if (at === undefined) call.state(object, states.kind, { any: [states] }, condition, cause, { isUnset });
      else call.push(object, states.kind, { any: [states] }, condition, { place: at, related: [connectsHere(call)] }, false, { isUnset });
}

/** Nothing of it is written down, its end at most: somebody gives it. */
function isGivenWhole(value: Value): boolean {
  const text = writtenAs(value);
  return text.kind === "input" || text.kind === "part" || text.kind === "apply" || (text.kind === "text" && isBegunElsewhere(text));
}

function isInArgument({ records, site, statement }: CallEvent, index: number, { file, span }: Place): boolean {
  const argument = records.sites.argument(site, index + statement.first)?.place;
  return argument?.file === file && covers(argument.span, span);
}

/** Where an address may name a file, too, the features of the library tell whether it may name a server. */
function mayBeServer({ records, own, statement }: CallEvent, { servers, files = [] }: LaxAddress): boolean {
  const model = statement.hit?.model;
  const isWith = (names: readonly string[]): boolean => model !== undefined && records.hasFeature(model, own.file, names);
  return servers === undefined || (isWith(servers) && !isWith(files));
}

/** It is declared as a text, or a variable of the environment: options that were made elsewhere are none. */
function isText(call: CallEvent, value: Value): boolean {
  const text = writtenAs(value);
  const attempt = text.kind === "part" && payloadOf(text.name) !== undefined ? text.of : text;
  if (attempt.kind === "apply") return attempt.callee === "std::env::var";
  return TEXTS.has(call.records.sites.inputType(text, call.root.id) ?? "");
}

const TEXTS: ReadonlySet<string> = new Set(["std::string::String", "str"]);

const connectsHere = (call: CallEvent): RelatedPlace => ({ ...call.own, message: `\`${call.written}\` connects here` });

/** One of the texts that an address may be, and what it is due to. */
interface AddressText extends Arm {
  readonly cause: Cause;
  /** Where it is written, if nothing that is given here leads there. */
  readonly at?: Place;
}

function textsOf(call: CallEvent, argument: number, whole: Condition, secured: readonly string[]): readonly AddressText[] {
  const found: AddressText[] = [];
  call.each(argument, whole, (value, condition, cause) => {
    const own = variantsOf(call, value, condition, secured).map((it) => ({ ...it, cause }));
    const made = constructedIn(call.records.sites, writtenAs(value), call.root.id);
    const kept = made.flatMap(({ place, ...it }) =>
      variantsOf(call, it.value, condition, secured).map((one) => ({ ...one, cause, ...(place !== undefined && { at: place }) })),
    );
    // What some constructor leaves to others may be anything, and who has the choice between schemes has chosen.
    const [scheme, ...others] = new Set(kept.map((it) => schemeOf(it.value)));
    found.push(...(scheme !== undefined && others.length === 0 ? kept : own));
  });
  return found;
}

/** With what follows it; undefined where nothing is known of it. */
function schemeOf(value: Value): string | undefined {
  const [scheme, ...rest] = knownOf(value).split("://");
  return rest.length === 0 ? undefined : scheme;
}

/** As it is written, for each of the pieces that a text may be put together of. */
function variantsOf(call: CallEvent, value: Value, condition: Condition, secured: readonly string[]): readonly Arm[] {
  const { values } = call.records.sites.flow;
  const text = withoutScheme(values, writtenAs(value), secured);
  return armsOf(call.records.displayed.of(text, call.root.id), condition).flatMap(({ value: one, condition: when }) =>
    one.kind === "text" ? textVariants(values, one, when) : [{ value: one === text ? value : one, condition: when }],
  );
}

/** Which of several kinds of servers is connected to is no decision about TLS, where a client's schemes are known: a file of SQLite, say. */
function isOfAnotherKind(address: Value, words: readonly string[]): boolean {
  const schemes = words.filter((it) => it.endsWith("://"));
  const scheme = schemeOf(address);
  return schemes.length > 0 && scheme !== undefined && /^[a-z][a-z\d+.-]*$/.test(scheme) && !schemes.includes(`${scheme}://`);
}

/**
 * What is said at one place, whichever of its texts it is, and what all texts say, wherever they are written. `otherwise`: where the address is
 * of another kind.
 */
function together(values: Flow["values"], silences: readonly Silence[], otherwise: Condition, whole: Condition): readonly Silence[] {
  const found = new Map<string, Silence>();
  for (const it of silences) {
    const key = `${it.place.file} ${it.place.span.start} ${JSON.stringify(it.states)}`;
    const known = found.get(key);
    const condition = asOneQuestion(values, it.condition);
    found.set(key, { ...it, condition: known === undefined ? condition : or(known.condition, condition) });
  }
  const [first, ...others] = found.values();
  if (first === undefined) return [];
  const any = others.reduce((all, it) => or(all, it.condition), or(first.condition, otherwise));
  const isSame = others.every((it) => JSON.stringify(it.states) === JSON.stringify(first.states));
  return isSame && isAlways(relative(any, whole)) ? [{ ...first, condition: whole }] : [...found.values()];
}

/** That an option is `None` is that it is not `Some`. */
const asOneQuestion = (values: Flow["values"], condition: Condition): Condition =>
  condition.reduce<Condition>((any, { atoms, some }) => {
    const asked = atoms.map((it) => {
      const other = it.value?.kind === "test" ? OTHERS.get(it.value.what) : undefined;
      if (it.value?.kind !== "test" || other === undefined) return [{ atoms: [it], some: false }];
      const truth = whenTrue(values.make({ kind: "test", of: it.value.of, what: other }));
      return it.holds ? not(truth) : truth;
    });
    return or(any, asked.reduce<Condition>(and, [{ atoms: [], some }]));
  }, []);

const OTHERS: ReadonlyMap<string, string> = new Map([
  [NONE, SOME],
  [ERR, OK],
]);

/** A scheme stands at the beginning: behind it are addresses of others. */
const says = (address: string, { word }: AddressWord): boolean =>
  word.endsWith("://") ? address.startsWith(word) : address.includes(word);

/** What an address says by its beginning: however it goes on, that is the same. */
interface Silence {
  readonly states: Fact;
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  readonly condition: Condition;
}
