/**
 * Names of peers that are compared only in part: the way of a name is followed from the peer's certificate (as the connection gives it,
 * or as a verifier is asked about it) through variables, closures, functions and structs of the program to the comparison.
 */
import { CERTIFICATE_IN_QUESTION, PEER_TYPES } from "../../models/certificate-names.ts";
import { type Body, COMMON_NAMES } from "../entries.ts";
import type { ReadingInput } from "../index.ts";
import type { Machine } from "../machine.ts";
import type { ObservationDraft } from "../objects.ts";
import { traitOf } from "../verifiers.ts";
import { Flow } from "./flow.ts";
import { NAME_WORDS } from "./kinds.ts";

/** `bodies`: those in which reading begins. `asking`: calls that give the peer's certificate. */
export function nameObservations(
  machine: Machine,
  input: ReadingInput,
  bodies: readonly Body[],
  asking: ReadonlySet<string>,
): ObservationDraft[] {
  if (!input.files.some(({ file }) => NAME_WORDS.some((it) => file.text.includes(it)))) return [];
  const sources = new Set([...asking, ...CERTIFICATE_IN_QUESTION.map(lastName)]);
  const telling = tellingIn(bodies, new Set([...sources, ...PEER_TYPES.map(lastName)]));
  const flow = new Flow(machine, sources, telling);
  // What a struct was given in one body is read in another, which may come first.
  for (let round = 0, known = -1; round < MOST_ROUNDS && flow.records.size > known; round++) {
    known = flow.records.size;
    for (const body of bodies) {
      const judged = judgedParameters(machine, body);
      if (judged.length > 0 || names(body, telling) || flow.records.knows(body.names)) flow.begin(body, judged);
    }
  }
  return flow.found();
}
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
