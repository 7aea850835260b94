/** An inspection as JSON holds it: one of `files` in `server/schema/inspect.schema.json`. */
import type { Inspection } from "../api.ts";

/** `path`: as the file is named to whoever reads it. */
export const inspectionValue = ({ entries, findings, notAnalysed }: Inspection, path: string): object => ({
  path,
  entries: entries.map(({ kind, label, container, alias, daysLeft, contents, verdicts, surroundings, pem }) => ({
    kind,
    label,
    container,
    alias,
    daysLeft,
    contents,
    verdicts,
    surroundings,
    pem,
  })),
  findings: findings.map(({ rule, severity, message, help, notes }) => ({ rule, severity, message, help, notes })),
  notAnalysed,
});
