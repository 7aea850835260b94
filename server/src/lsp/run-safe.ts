/** The one place of the server that catches: a request that fails is logged by its name and answered with nothing. */
import { type CancellationToken, type Connection, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { crashPlace, isAbort } from "../base/crash.ts";
import { fitsMethod } from "./incoming.ts";

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
    if (!isAbort(reason)) connection.console.error(`${name} failed, please report this: ${crashPlace(reason)}`);
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
      if (!fitsMethod(name, params)) return new ResponseError(ErrorCodes.InvalidParams, `${name} has parameters of another shape`);
      const controller = new AbortController();
      const listener = token.onCancellationRequested(() => controller.abort());
      try {
        if (token.isCancellationRequested) return cancelled(name);
        const answer = await handler(params, controller.signal);
        return controller.signal.aborted ? cancelled(name) : answer;
      } catch (reason) {
        if (controller.signal.aborted) return cancelled(name);
        if (reason instanceof ResponseError) return reason;
        // The work was given up for another's sake.
        if (isAbort(reason)) return new ResponseError(LSPErrorCodes.ContentModified, "something changed meanwhile");
        failed(name, reason);
        return nothing;
      } finally {
        listener.dispose();
      }
    },
    notification: (name, handler) => (params) => {
      if (fitsMethod(name, params)) void guarded(name, () => handler(params));
      else connection.console.warn(`${name} has parameters of another shape and was left out`);
    },
    task: (name, body) => void guarded(name, body),
  };
}

const cancelled = <E>(name: string): ResponseError<E> => new ResponseError<E>(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
