/** A `.env` file as settings: its values as connection strings, and the variables that drivers read by themselves. */
import { readConnection, readVariable } from "./connections.ts";
import { readEnvironment } from "./environment.ts";
import type { Circumstance, Setting } from "./setting.ts";

export const environmentSettings = (text: string, input: Circumstance & { readonly drivers: ReadonlySet<string> }): readonly Setting[] =>
  readEnvironment(text).variables.flatMap((variable) => [
    ...readConnection({ ...input, text: variable.value, offset: variable.valueSpan.start }),
    ...readVariable(variable, input),
  ]);
