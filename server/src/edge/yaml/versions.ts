/** The least version of TLS, as a field says it in a product's own words. */
import type { Role, Version } from "../../tls/facts.ts";
import type { EdgeStatement } from "../proxy.ts";
import { textOf, type YamlEntry } from "./documents.ts";
import { replaced } from "./edits.ts";
import { entryPlace } from "./places.ts";
import { TomlString } from "./toml.ts";

/** Versions by the words that a product has for them. */
export type VersionWords = Readonly<Record<string, Version>>;

interface Asked {
  readonly file: string;
  readonly role: Role;
  readonly call: string;
}

const BETTER = ["TLS 1.2", "TLS 1.3"] as const;

export function leastVersion(entry: YamlEntry | undefined, words: VersionWords, { file, role, call }: Asked): readonly EdgeStatement[] {
  const written = textOf(entry?.value) ?? "";
  const version = words[written];
  if (entry === undefined || version === undefined) return [];
  const betterments = BETTER.flatMap((it) => {
    const word = Object.keys(words).find((one) => words[one] === it);
    const edits = word === undefined ? [] : replaced(entry.value, word);
    return edits.length === 0 ? [] : [{ gives: { kind: "minimum-version", version: it } as const, title: `Require ${it} or later`, edits }];
  });
  const fact = { kind: "minimum-version", version } as const;
  return [
    {
      ...entryPlace(file, entry),
      role,
      call,
      fact,
      written: entry.value?.node instanceof TomlString ? `${entry.key} = "${written}"` : `${entry.key}: ${written}`,
      betterments,
    },
  ];
}
