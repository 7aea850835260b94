/** What a main puts behind the protocol. */
import type { LintHost, LintService } from "../service/api.ts";
import type { ClientFiles } from "./client-files.ts";

export interface Product {
  readonly version: string;
  createService(log: LintHost["log"], files: ClientFiles): Promise<LintService>;
}
