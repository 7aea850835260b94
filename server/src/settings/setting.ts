/** What a file that is no Rust states: observations like those of code, each with the edits that would state something better. */
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Fact, FactKind, Guard, Observation, RelatedPlace, Role } from "../tls/facts.ts";

/** Where and how something is stated. */
export interface Circumstance {
  readonly file: string;
  readonly guards: readonly Guard[];
}

export interface Betterment {
  /** What the text states after the edits. */
  readonly gives: (Partial<Fact> & { readonly kind: FactKind }) | { readonly kind: FactKind };
  /** Lower case, no full stop. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface Setting {
  readonly observation: Observation;
  readonly betterments: readonly Betterment[];
  /** Why there are none. Lower case, no full stop. */
  readonly unfixed?: string;
}

export interface Statement {
  readonly fact: Fact;
  readonly span: Span;
  /** For messages. Never holds a secret. */
  readonly written: string;
  /** What states it, for the machine: `connection.sslmode`, `Rocket.toml:mandatory`. */
  readonly call: string;
  readonly role?: Role;
  readonly byDefault?: boolean;
  readonly version?: string;
  readonly related?: readonly RelatedPlace[];
  readonly guards?: readonly Guard[];
  readonly betterments?: readonly Betterment[];
  readonly unfixed?: string;
}

export function settingOf(statement: Statement, { file, guards }: Circumstance): Setting {
  const { fact, span, written, call, role, byDefault, version, related, betterments, unfixed } = statement;
  return {
    observation: {
      fact,
      role: role ?? "unknown",
      place: { file, span },
      related: related ?? [],
      guards: [...guards, ...(statement.guards ?? [])],
      byDefault: byDefault ?? false,
      call,
      written,
      ...(version === undefined ? {} : { version }),
      guessed: false,
      handle: -1,
    },
    betterments: betterments ?? [],
    ...(unfixed === undefined ? {} : { unfixed }),
  };
}
