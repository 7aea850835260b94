/** The server or client that code under a cursor sets up. */
import { covers, type Span, span } from "../../base/span.ts";
import type { Endpoint } from "../../tls/facts.ts";
import type { Workspace } from "../workspace.ts";
import { endpointWords } from "./endpoint-words.ts";
import { lintedUnit } from "./linted-unit.ts";

export interface EndpointAt {
  readonly span: Span;
  readonly words: string;
}

/** What is made, or told something, nearest to the offset. One call may make several, each in its way. */
export async function endpointsAt(workspace: Workspace, file: string, offset: number): Promise<readonly EndpointAt[]> {
  const units = (await workspace.rust.holding(file, undefined)) ?? [];
  const found: { readonly endpoint: Endpoint; readonly span: Span }[] = [];
  for (const unit of units)
    for (const { endpoint, place } of (await lintedUnit(workspace, unit))?.observations ?? [])
      for (const at of endpoint === undefined ? [] : [place, endpoint.place])
        if (endpoint !== undefined && at.file === file && covers(at.span, span(offset, offset))) found.push({ endpoint, span: at.span });
  const shortest = Math.min(...found.map((it) => it.span.end - it.span.start));
  const nearest = found.filter((it) => it.span.end - it.span.start === shortest);
  const said = nearest.flatMap(({ endpoint, span }) =>
    [endpoint, ...(endpoint.sort === "listener" ? endpoint.parts : [])].flatMap((it) => {
      const words = endpointWords(it);
      return words === undefined ? [] : [{ span, words }];
    }),
  );
  return [...new Map(said.map((it) => [it.words, it])).values()].slice(0, MOST_SHOWN);
}

/** A helper that twenty servers call sets up twenty. */
const MOST_SHOWN = 4;
