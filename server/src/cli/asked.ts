/** What a check asks of a service, as far as it changes nothing: an earlier run may have the answers. */
import type { LintService } from "../service/api.ts";

export type Asked = Pick<LintService, "configurationFault" | "files" | "lint" | "dependents" | "shownText">;
