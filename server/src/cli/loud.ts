/** Which findings fail a run. */
import type { Severity } from "../service/api.ts";

/** From the loudest on. */
export const SEVERITIES = ["error", "warning", "info", "hint"] as const satisfies readonly Severity[];

export const isLoud = (severity: Severity, failOn: Severity): boolean => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
