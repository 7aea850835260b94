/** Progress of long work in the client's window, with a way for the user to stop it. */
import type { Session } from "./session.ts";

export interface Progress {
  /** Raised when the user has had enough. */
  readonly signal: AbortSignal;
  report(done: number): void;
  end(): void;
}

/** Work below this many steps is over before anybody could read of it. */
const WORTH_SHOWING = 200;

export async function showProgress({ abilities, connection }: Session, title: string, steps: number): Promise<Progress> {
  const stopped = new AbortController();
  if (!abilities.progress || steps < WORTH_SHOWING) return { signal: stopped.signal, report() {}, end() {} };
  const reporter = await connection.window.createWorkDoneProgress();
  const listener = reporter.token.onCancellationRequested(() => stopped.abort());
  reporter.begin(title, 0, undefined, true);
  let shown = 0;
  return {
    signal: stopped.signal,
    report(done) {
      const percentage = Math.floor((100 * done) / steps);
      if (percentage === shown) return;
      shown = percentage;
      reporter.report(percentage, `${done} of ${steps} files`);
    },
    end() {
      listener.dispose();
      reporter.done();
    },
  };
}
