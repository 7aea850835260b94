/** What a check asks of a service, as far as it changes nothing: an earlier run may have the answers. */
import type { LintService } from "../service/api.ts";

export interface Asked extends Pick<LintService, "configurationFault" | "files" | "lint" | "dependents" | "shownText"> {
  /** These will be asked for, one after the other. */
  prepare?(paths: readonly string[]): void;
}
