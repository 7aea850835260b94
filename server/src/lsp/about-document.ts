/** Requests about a document that is open in the editor: of any other there is nothing to say. */
import type { CancellationToken, ResponseError, TextDocumentIdentifier } from "vscode-languageserver";
import type { OpenDocument } from "./documents.ts";
import type { Session } from "./session.ts";

/** Places in an answer are those of the text that was asked about: where that has changed meanwhile, the answer is null, too. */
export function aboutDocument<P extends { readonly textDocument: TextDocumentIdentifier }, R>(
  { documents, reports, runSafe }: Session,
  method: string,
  answer: (document: OpenDocument, params: P, signal: AbortSignal) => Promise<R | undefined>,
): (params: P, token: CancellationToken) => Promise<R | null | ResponseError<void>> {
  return runSafe.request<P, R | null>(
    method,
    async (params, signal) => {
      await reports.ready();
      const { uri } = params.textDocument;
      const document = documents.get(uri);
      const answered = document && (await answer(document, params, signal));
      return documents.get(uri) === document ? (answered ?? null) : null;
    },
    null,
  );
}
