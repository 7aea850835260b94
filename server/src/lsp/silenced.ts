/** `tlslint/silenced`: what is not reported of a document because comments or the configuration say so, for the editor's status. */
import { RequestType } from "vscode-languageserver";
import type { Session } from "./session.ts";

export interface Silenced {
  readonly comments: number;
  readonly configuration: number;
  /** Of both, those that would be errors. */
  readonly errors: number;
  /** Why the document is not linted at all, where the configuration leaves it out. */
  readonly skipped: string | null;
}
const SilencedRequest = new RequestType<{ readonly uri: string }, Silenced | null, void>("tlslint/silenced");

export function offerSilenced({ connection, documents, reports, runSafe }: Session): void {
  connection.onRequest(
    SilencedRequest,
    runSafe.request<{ readonly uri: string }, Silenced | null>(
      SilencedRequest.method,
      async ({ uri }, signal) => {
        const report = await reports.of(documents.path(uri), signal);
        if (!report) return null;
        const { suppressed = [], gaps } = report;
        return {
          comments: suppressed.filter((it) => it.suppressed?.by === "comment").length,
          configuration: suppressed.filter((it) => it.suppressed?.by === "configuration").length,
          errors: suppressed.filter((it) => it.severity === "error").length,
          skipped: gaps.find((it) => it.kind === "skipped")?.reason ?? null,
        };
      },
      null,
    ),
  );
}
