/**
 * Names of peers that are compared only in part: the way of a name is followed from the peer's certificate (as the connection gives it,
 * or as a verifier is asked about it) through variables, closures, functions and structs of the program to the comparison.
 */
import { CERTIFICATE_IN_QUESTION, PEER_TYPES } from "../../models/certificate-names.ts";
import type { Place } from "../../tls/facts.ts";
import { type Body, COMMON_NAMES } from "../entries.ts";
import { isAside } from "../guards.ts";
import type { ReadingInput } from "../index.ts";
import type { Machine } from "../machine.ts";
import { isNameless } from "../nameless.ts";
import type { ObservationDraft } from "../objects.ts";
import { traitOf } from "../verifiers.ts";
import { Flow } from "./flow.ts";
import { NAME_WORDS } from "./kinds.ts";

/** `beginning`: those in which reading begins. `asking`: calls that give the peer's certificate. */
export function nameObservations(
  machine: Machine,
  input: ReadingInput,
  { all, beginning }: { readonly all: readonly Body[]; readonly beginning: ReadonlySet<Body> },
  asking: ReadonlySet<string>,
): ObservationDraft[] {
  if (!input.files.some(({ file }) => NAME_WORDS.some((it) => file.text.includes(it)))) return [];
  const sources = new Set([...asking, ...CERTIFICATE_IN_QUESTION.map(lastName)]);
  const telling = tellingIn(all, new Set([...sources, ...PEER_TYPES.map(lastName)]));
  const flow = new Flow(machine, sources, telling);
  // The rest says nothing here, but may make up for what a verifier or a switch of this program leaves out.
  const bodies = leavesNames(machine) ? [...beginning, ...all.filter((it) => !beginning.has(it))] : [...beginning];
  // What a struct was given in one body is read in another, which may come first.
  for (let round = 0, known = -1; round < MOST_ROUNDS && flow.records.size > known; round++) {
    known = flow.records.size;
    for (const body of bodies) {
      const judged = judgedParameters(machine, body);
      if (judged.length > 0 || names(body, telling) || flow.records.knows(body.names)) flow.begin(body, judged, beginning.has(body));
    }
  }
  noteClients(machine, input, all, flow.refusing());
  return flow.found();
}

const leavesNames = (machine: Machine): boolean =>
  machine.loose.some(({ fact }) => isNameless(fact)) ||
  machine.objects.some(({ events }) => events.some((it) => it.facts.any.some(isNameless)));

/**
 * Crates in which every client that makes its own connections compares the peer's names itself: what the library does not compare is
 * compared there. One connection of the crate that nobody looks at, and nothing is known of any.
 */
function noteClients(machine: Machine, input: ReadingInput, bodies: readonly Body[], refusing: ReadonlyMap<Body, Place>): void {
  if (refusing.size === 0) return;
  const crates = new Map(input.files.map((it) => [it.name, it.crate]));
  const clients = bodies.filter((it) => !isAside(it.path) && it.item.kind === "function" && connects(it));
  for (const { name, crate } of input.files) {
    const own = clients.filter(({ file }) => crates.get(file) === crate);
    const places = own.map((it) => (handlesAnother(it) ? undefined : refusing.get(it)));
    const [first] = places;
    if (first !== undefined && places.every((it) => it !== undefined)) machine.comparing.set(name, first);
  }
}

/** It makes a TLS connection as a client. */
function connects({ item, definition }: Body): boolean {
  const text = definition.scope.source.text.slice(item.span.start, item.span.end);
  return TLS_CLIENT.test(text) && /\bconnect\w*\s*\(|\bClientConnection::new\b/.test(text);
}

/** It has a connection already, or accepts one: whose certificate it looks at is not known. */
function handlesAnother({ item, definition }: Body): boolean {
  const text = definition.scope.source.text.slice(item.span.start, item.span.end);
  const given = item.kind === "function" ? text.slice(0, text.indexOf("{")).replace(/->[\s\S]*/, "") : "";
  return /\baccept\w*\s*\(|Acceptor\b|\bServerConnection\b|\bserver::/.test(text) || /TlsStream|SslStream|Connection\b/.test(given);
}

const TLS_CLIENT =
  /\b(?:\w*TlsConnector\w*|SslConnector\w*|ConnectConfiguration|ClientConnection|HttpsConnector\w*|SslStream|TlsStream|StreamOwned)\b/;
const MOST_ROUNDS = 3;

/** With the names of the functions that name one, and of those that name these. */
function tellingIn(bodies: readonly Body[], sources: ReadonlySet<string>): ReadonlySet<string> {
  const telling = new Set(sources);
  for (let round = 0; round < MOST_ROUNDS; round++)
    for (const body of bodies) if (names(body, telling) && !COMMON_NAMES.has(body.item.name)) telling.add(body.item.name);
  return telling;
}

const names = (body: Body, words: ReadonlySet<string>): boolean => [...body.names].some((it) => words.has(it));
const lastName = (path: string): string => path.split("::").at(-1) ?? path;

/** Positions of the peer's certificate among the parameters of a verifier's method. */
function judgedParameters(machine: Machine, { item, implementationAt }: Body): readonly number[] {
  if (item.kind !== "function" || implementationAt?.item.kind !== "impl" || !machine.models.verifierMethods.has(item.name)) return [];
  const found = traitOf(machine, implementationAt.item, implementationAt);
  return found?.hit.of.methods.find((it) => it.name === item.name)?.certificate ?? [];
}
