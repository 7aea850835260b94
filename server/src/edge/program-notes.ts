/** What proxies mean for the programs behind them, at the places in code that findings name. */
import type { Place, RelatedPlace } from "../tls/facts.ts";
import { publishedPorts, sameHeader } from "./joined-observations.ts";
import type { Joined } from "./joins.ts";

export interface ProgramNote {
  /** Where the program listens, or reads who its client is. */
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  /** Of a header: each proxy sets or removes it on every route, and nothing is published beside. */
  readonly isGuarded: boolean;
}

export const notesOf = (all: readonly Joined[]): readonly ProgramNote[] => [...ofListeners(all), ...ofHeaders(all)];

function ofListeners(all: readonly Joined[]): readonly ProgramNote[] {
  const listeners = new Set(all.flatMap(({ answer }) => answer.listeners));
  return [...listeners].map(({ place }) => {
    const routes = all.filter(({ answer }) => answer.listeners.some((it) => it.place === place));
    const related = routes.slice(0, 1).map(({ route }) => ({ ...route.place, message: "a proxy forwards requests here" }));
    return { place, related, isGuarded: false };
  });
}

function ofHeaders(all: readonly Joined[]): readonly ProgramNote[] {
  const read = new Set(all.flatMap(({ answer }) => answer.headers));
  return [...read].map((header) => {
    const routes = all.filter(({ answer }) => answer.headers.includes(header));
    const said = routes.map(({ route }) => route.headers.find((it) => sameHeader(it.name, header.header)));
    const setters = said.flatMap((it) => (it === undefined || it.from === "client" ? [] : [it]));
    const isGuarded = setters.length === routes.length && routes.every((it) => publishedPorts(it).length === 0);
    const related = setters.slice(0, 1).map(({ place }) => ({ ...place, message: "a proxy sets it here" }));
    return { place: header.place, related, isGuarded };
  });
}
