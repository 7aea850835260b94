/** What an option of the command line is: its name, how its value is read, and what is said of it in help, completions and manual. */
import { closest } from "../../base/closest.ts";
import { err, ok, type Result } from "../../base/result.ts";

interface Named {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  readonly help: string;
}
export interface Flag extends Named {
  readonly kind: "flag";
}
export interface Valued<T> extends Named {
  readonly kind: "value";
  /** What stands for the value, such as `FILE`. */
  readonly placeholder: string;
  readonly choices?: readonly string[];
  readonly completes?: "files";
  /** May be given more than once. */
  readonly many?: true;
  /** May stand without a value; one is written with `=`. */
  readonly optional?: true;
  readonly preset?: string;
  parse(text: string): Result<T, string>;
}
export interface Preset<T> extends Valued<T> {
  /** The value where the option is not given. */
  readonly otherwise: T;
}
export type Option = Flag | Valued<unknown>;

type More = Partial<Pick<Valued<unknown>, "short" | "many" | "optional" | "completes">>;

export const flag = (name: string, help: string, short?: string): Flag => ({
  kind: "flag",
  name,
  help,
  ...(short !== undefined && { short }),
});

export const text = (name: string, placeholder: string, help: string, more: More = {}): Valued<string> => ({
  kind: "value",
  name,
  placeholder,
  help,
  parse: ok,
  ...more,
});

export const file = (name: string, help: string, more: More = {}): Valued<string> =>
  text(name, "FILE", help, { completes: "files", ...more });

export const choice = <T extends string>(name: string, choices: readonly T[], otherwise: T, help: string): Preset<T> => ({
  ...demandedChoice(name, choices, help),
  otherwise,
  preset: otherwise,
});

/** Without a value that holds otherwise. */
export const demandedChoice = <T extends string>(name: string, choices: readonly T[], help: string): Valued<T> => ({
  kind: "value",
  name,
  placeholder: choices.length > 4 ? name.toUpperCase() : choices.join("|"),
  choices,
  help,
  parse(given) {
    const found = choices.find((it) => it === given);
    if (found !== undefined) return ok(found);
    const near = closest(given, choices);
    return err(near === undefined ? `expected ${listed(choices)}` : `did you mean \`${near}\`?`);
  },
});

/** `a`, `b` or `c`. */
export function listed(words: readonly string[]): string {
  const quoted = words.map((it) => `\`${it}\``);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

/** `src/main.rs:15`; a file's name may have colons. */
export const lineOfFile = (name: string, help: string): Valued<{ readonly file: string; readonly line: number }> => ({
  kind: "value",
  name,
  placeholder: "FILE:LINE",
  help,
  completes: "files",
  parse(given) {
    const [, file, line] = /^(.+):([1-9]\d{0,8})$/s.exec(given) ?? [];
    return file === undefined ? err("expected a file and a line such as src/main.rs:15") : ok({ file, line: Number(line) });
  },
});

/** From 1 on. */
export const count = (name: string, help: string, most: number): Valued<number> => ({
  kind: "value",
  name,
  placeholder: "N",
  help,
  parse(given) {
    const number = /^[1-9]\d{0,5}$/.test(given) ? Number(given) : Number.POSITIVE_INFINITY;
    return number <= most ? ok(number) : err(`expected a number from 1 to ${most}`);
  },
});

/** `30d`, `2w`; in days. */
export const days = (name: string, help: string): Valued<number> => ({
  kind: "value",
  name,
  placeholder: "DAYS",
  help,
  parse(given) {
    const [, count, unit] = /^(\d{1,5})([dw]?)$/.exec(given) ?? [];
    return count === undefined ? err("expected days or weeks such as 30d or 4w") : ok(Number(count) * (unit === "w" ? 7 : 1));
  },
});

/** ISO 8601, a date alone, or seconds since 1970; in milliseconds. */
export const time = (name: string, help: string): Valued<number> => ({
  kind: "value",
  name,
  placeholder: "TIME",
  help,
  parse(given) {
    const at = /^\d+$/.test(given) ? Number(given) * 1000 : /^\d{4}-\d\d-\d\d/.test(given) ? Date.parse(given) : Number.NaN;
    return Number.isFinite(at) ? ok(at) : err("expected a time such as 2026-01-01T00:00:00Z");
  },
});
