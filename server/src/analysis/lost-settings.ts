/** Settings of a client without which it connects all the same: TLS where it speaks plaintext by default, and a certificate of its own. */
import { failing, type Loss, state } from "./fail-open-facts.ts";
import { missingSetting } from "./missing-settings.ts";
import type { Event, ModelObject } from "./model-object.ts";
import type { Draft, Records } from "./records.ts";

/** What a client is told where it could be had, and goes on without where it could not. `draft`: the index of the statement. */
export function stateLostSetting({ sites, origins, drafts }: Records, draft: number): void {
  const { object, callModel, chain } = drafts[draft] ?? {};
  const site = chain?.at(-1);
  const loses = object && lossOf(object, callModel, draft);
  const missing = loses === undefined || chain === undefined ? undefined : missingSetting(sites, chain);
  if (object === undefined || loses === undefined || missing === undefined || site === undefined) return;
  const { attempt, told } = missing;
  const failed = { ...sites.named(attempt), message: "where this fails" };
  const goesOn = told === undefined ? [] : [{ ...sites.place(told, told.operation.span), message: "the program goes on here" }];
  const call = { call: sites.written(attempt), related: [failed, ...goesOn] };
  for (const path of origins.get(object)?.paths ?? [[]]) state(object, sites.named(site), draft, { loses, ...failing(call), path });
}

export function lossOf(object: ModelObject, model: Draft["callModel"], draft: number): Loss | undefined {
  if (object.role !== "client" || object.sort !== "configuration") return undefined;
  const effects = model?.effects ?? [];
  const said = object.events.filter((it) => it.draft === draft && !it.byDefault);
  const shows = effects.some(
    (it) =>
      (it.kind === "takes" && (it.part === "certificates" || it.part === "private-key")) ||
      (it.kind === "loads" && (it.as === "own-chain" || it.as === "own-key")),
  );
  if (shows || said.some(({ facts }) => facts.any.some((it) => it.kind === "own-certificate" && it.there))) return "own-certificate";
  const secures = effects.some((it) => it.kind === "takes" && it.part === "configuration") || said.some(demandsTls);
  return secures && object.events.some((it) => it.byDefault && isPlaintext(it)) ? "tls" : undefined;
}

const demandsTls = ({ facts }: Event): boolean =>
  facts.any.some((it) => (it.kind === "client-transport" && it.tls) || (it.kind === "upgrade" && it.demand === "required"));

const isPlaintext = ({ facts }: Event): boolean =>
  facts.any.some((it) => (it.kind === "client-transport" && !it.tls) || (it.kind === "upgrade" && it.demand === "never"));
