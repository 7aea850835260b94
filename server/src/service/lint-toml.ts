/** `tlslint.toml`, `Cargo.toml` and `Cargo.lock` as files that are linted themselves. */
import { readLock } from "../cargo/index.ts";
import type { FileKind } from "../project/index.ts";
import type { FileReport } from "./api.ts";
import { brokenToml, configurationFindings } from "./configuration/configurations.ts";
import { ruleNames } from "./rule-names.ts";

const ADVICE = {
  lock: "let Cargo write the file anew; until then versions are taken from Cargo.toml",
  manifest: "fix the line; until then its last valid version counts, if there was one",
  configuration: "fix the line; until then its last valid version counts, else the defaults",
} as const;

export function lintToml(
  file: string,
  kind: Extract<FileKind, "lock" | "manifest" | "configuration">,
  text: string,
): Omit<FileReport, "file"> {
  if (kind === "lock") {
    const read = readLock(text);
    return { findings: read.ok ? [] : [brokenToml(file, text, read.error, ADVICE.lock)], gaps: [] };
  }
  const outcome = configurationFindings(file, text, ruleNames);
  if (outcome.ok) return { findings: outcome.value, gaps: [] };
  const findings = [brokenToml(file, text, outcome.error, ADVICE[kind])];
  const reason = "its settings cannot be read: it is not valid TOML";
  return { findings, gaps: kind === "configuration" ? [{ file, kind: "failed", reason }] : [] };
}
