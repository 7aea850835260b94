/** The one place of the core that catches: an error of ours in one file must not cost the findings of all others. */
import { crashPlace, isAbort } from "../base/crash.ts";
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
    if (signal?.aborted || isAbort(error)) throw error;
    const reason = `tlslint failed on it, please report this: ${crashPlace(error)}`;
    host.log("error", `${file}: ${reason}`);
    return otherwise({ file, kind: "failed", reason });
  }
}
