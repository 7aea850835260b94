/** The one place of the server that catches: a request that fails is logged by its name and answered with nothing. */
import { type CancellationToken, type Connection, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { withoutWholeKeys } from "../service/redaction.ts";

export interface RunSafe {
  /** A handler whose signal is raised when the client cancels. A `ResponseError` that it throws is the answer. */
  request<P, R, E = void>(
    name: string,
    handler: (params: P, signal: AbortSignal) => Promise<R>,
    nothing: R,
  ): (params: P, token: CancellationToken) => Promise<R | ResponseError<E>>;
  notification<P>(name: string, handler: (params: P) => void | Promise<void>): (params: P) => void;
  /** Runs what no request waits for. */
  task(name: string, body: () => void | Promise<void>): void;
}

/** `isClosed`: after "shutdown" every request is invalid. */
export function createRunSafe(connection: Connection, isClosed: () => boolean): RunSafe {
  const failed = (name: string, reason: unknown): void => {
    const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    connection.console.error(withoutWholeKeys(`${name} failed: ${text}`));
  };

  async function guarded(name: string, body: () => void | Promise<void>): Promise<void> {
    try {
      await body();
    } catch (reason) {
      failed(name, reason);
    }
  }

  return {
    request: (name, handler, nothing) => async (params, token) => {
      if (isClosed()) return new ResponseError(ErrorCodes.InvalidRequest, `${name} came after shutdown`);
      const controller = new AbortController();
      const listener = token.onCancellationRequested(() => controller.abort());
      try {
        if (token.isCancellationRequested) return cancelled(name);
        const answer = await handler(params, controller.signal);
        return controller.signal.aborted ? cancelled(name) : answer;
      } catch (reason) {
        if (controller.signal.aborted) return cancelled(name);
        if (reason instanceof ResponseError) return reason;
        failed(name, reason);
        return nothing;
      } finally {
        listener.dispose();
      }
    },
    notification: (name, handler) => (params) => void guarded(name, () => handler(params)),
    task: (name, body) => void guarded(name, body),
  };
}

const cancelled = <E>(name: string): ResponseError<E> => new ResponseError<E>(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
