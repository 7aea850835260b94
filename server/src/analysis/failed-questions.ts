/** Questions whose answer says that an attempt has failed: of a result, of what came of an attempt, of a file that is not there. */
import { CONFIGURED, type Value } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Site, Sites } from "./sites.ts";
import { ABSENT, NONE, PRESENT, SOME } from "./std-names.ts";

/** What is done where an attempt has failed is done in its place. */
export const isFailure = (what: string, holds: boolean): boolean => (holds ? ABSENT : PRESENT).has(what);

/** The call that has failed, where one has: what is not in the environment was only not asked for. */
export function failedIn(value: Value, holds: boolean): Value | undefined {
  if (isOfFile(value)) return holds ? undefined : value;
  if (value.kind !== "test" || value.what === NONE || value.what === SOME || !isFailure(value.what, holds)) return undefined;
  const of = value.of.kind === "labelled" ? value.of.of : value.of;
  const isCall = of.kind === "object" || (of.kind === "apply" && of.callee !== CONFIGURED && !of.callee.startsWith("std::env::"));
  return isCall ? of : undefined;
}

/** Whether a file is there: who finds none cannot load it. */
export const isOfFile = (value: Value): boolean => value.kind === "apply" && OF_FILES.has(lastOf(value.callee));

/** Questions of `std::path::Path`. */
const OF_FILES: ReadonlySet<string> = new Set(["exists", "is_file"]);

/** What is not in the environment was only not asked for. */
export const isOfEnvironment = (sites: Sites, { owner, operation }: Site): boolean =>
  sites.called(owner, operation).some((it) => it.kind === "external" && it.path.startsWith("std::env::"));
