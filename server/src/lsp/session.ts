/** What the capabilities of one connection share once the client has introduced itself. */
import type { Connection, Location } from "vscode-languageserver";
import { LineIndex } from "../base/line-index.ts";
import type { HintWish, LintService } from "../service/api.ts";
import type { Place } from "../tls/facts.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import type { Documents } from "./documents.ts";
import { rangeOf } from "./positions.ts";
import type { Reports } from "./reports.ts";
import type { RunSafe } from "./run-safe.ts";

export interface Session {
  readonly connection: Connection;
  readonly service: LintService;
  readonly abilities: ClientAbilities;
  readonly documents: Documents;
  readonly reports: Reports;
  readonly runSafe: RunSafe;
  /** Nobody types for the moment, or asks for something that he means: whether there is news. */
  pause(): boolean;
  /** Which paths have inlay hints. */
  hints(): HintWish | "off";
  /** Workspace folders as they are now. */
  roots(): readonly string[];
}

/** Lines of a file, open or on disk, read once for each use of the returned function. */
export function lineReader({ documents, service }: Session): (path: string) => Promise<LineIndex> {
  const known = new Map<string, Promise<LineIndex>>();
  return (path) => {
    const lines = known.get(path) ?? readLines(path);
    known.set(path, lines);
    return lines;
  };

  async function readLines(path: string): Promise<LineIndex> {
    return documents.at(path)?.lines ?? new LineIndex((await service.text(path)) ?? "");
  }
}

export function locationsOf(session: Session, places: readonly Place[]): Promise<Location[]> {
  const read = lineReader(session);
  const { abilities, documents } = session;
  return Promise.all(
    places.map(async ({ file, span }) => ({ uri: documents.uri(file), range: rangeOf(await read(file), span, abilities.unit) })),
  );
}
