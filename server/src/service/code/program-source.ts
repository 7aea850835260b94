/** The files of a program as they are read together: texts with what their findings depend on, then trees. */
import { models } from "../../models/index.ts";
import { type Reading, readTogether, type SourceFile, type Surroundings } from "../../reading/index.ts";
import type { RustFile, RustParser } from "../../rust/index.ts";
import type { Configuration } from "../configuration/layers.ts";

/** One file of a program with what its findings depend on besides its text. */
export interface ProgramSource extends Omit<SourceFile, "file"> {
  readonly text: string;
  readonly configuration: Configuration;
  readonly surroundings: Surroundings;
}

export interface Parsed {
  readonly source: ProgramSource;
  readonly rust: RustFile;
}

export const readingOf = (parsed: readonly Parsed[]): Reading =>
  readTogether({ files: parsed.map(({ source, rust }) => ({ ...source, file: rust })), models });

export function syntaxErrors(parser: RustParser, text: string): number | undefined {
  const parsed = parser.parse(text);
  return parsed.ok ? parsed.value.errors.length : undefined;
}
