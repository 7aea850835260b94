/** Calls on something of which no type is known: what they say by their name, or by a word of one crate's own that they are given. */
import type { Effect, OpenCall } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { wordIn } from "./meanings.ts";
import { type Statement, statementOf } from "./model-rows.ts";
import type { Records } from "./records.ts";

/** As the statement of the one model that knows such a call; undefined where several do, or the program has one of its own. */
export function guessedOf({ models, sites }: Records, event: OpenCall): Effect | undefined {
  const { call } = event;
  const [on, ...given] = call.kind === "apply" ? call.arguments : [];
  const owner = sites.flow.values.chains.stepsOf(event.key).at(-1)?.owner;
  if (call.kind !== "apply" || on === undefined || owner === undefined) return undefined;
  const name = call.callee.startsWith(".") ? call.callee.slice(1) : lastOf(call.callee);
  const word = given.map((it) => wordIn(it, models)).find((it) => it !== undefined);
  const hit = models.guessMember(name, { word, count: given.length }, sites.file(owner));
  if (hit === undefined || sites.program.names.mayMean(owner, name, given.length)) return undefined;
  const operation = sites.chain(event.key).at(-1)?.operation;
  if (operation?.kind !== "method" || operation.name !== name) return undefined;
  const data: Statement = { ...statementOf(hit, "method"), makes: undefined, becomes: undefined, called: [], guessed: true };
  const { key, condition, settled } = event;
  return { kind: "effect", key, condition, settled, decided: false, on, data, with: given.slice(0, data.count) };
}
