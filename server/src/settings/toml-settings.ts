/** A TOML file as settings: each of its strings may be a connection string, whatever its key is called. */
import { tomlTokens } from "../cargo/index.ts";
import { readConnection } from "./connections.ts";
import type { Circumstance, Setting } from "./setting.ts";

export const tomlSettings = (text: string, input: Circumstance & { readonly drivers: ReadonlySet<string> }): readonly Setting[] =>
  tomlTokens(text).strings.flatMap((it) => readConnection({ ...input, text: it.text, offset: it.span.start }));
