/** The one place of the core that catches: an error of ours in one file must not cost the findings of all others. */
import type { Gap, LintHost } from "./api.ts";

/** What was caught is in the log, as an error, which no test but those of this lets pass. An end that the caller asked for is none. */
export async function contained<T>(
  host: Pick<LintHost, "log">,
  file: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
  otherwise: (gap: Gap) => T,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) throw error;
    host.log("error", `${file}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return otherwise({ file, kind: "failed", reason: "tlslint failed on it, please report this; its log says more" });
  }
}
