/** What was written behind a command: its words, and the values of its options by the option that they belong to. */
import { parseArgs } from "node:util";
import { closest } from "../../base/closest.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Flag, Option, Preset, Valued } from "./option.ts";

export class Given {
  readonly words: readonly string[];
  readonly #texts: ReadonlyMap<string, readonly string[]>;

  constructor(words: readonly string[], texts: ReadonlyMap<string, readonly string[]>) {
    this.words = words;
    this.#texts = texts;
  }

  has(option: Option): boolean {
    return this.#texts.has(option.name);
  }

  flag(option: Flag): boolean {
    return this.has(option);
  }

  value<T>(option: Valued<T>): T | undefined {
    return this.all(option).at(-1);
  }

  valueOr<T>(option: Preset<T>): T {
    return this.value(option) ?? option.otherwise;
  }

  all<T>(option: Valued<T>): readonly T[] {
    return (this.#texts.get(option.name) ?? []).flatMap((it) => {
      const parsed = option.parse(it);
      return parsed.ok ? [parsed.value] : [];
    });
  }
}

/** The names of options, each with a value or none, in the order in which they were written. */
export interface Written {
  readonly words: readonly string[];
  readonly options: readonly WrittenOption[];
}
interface WrittenOption {
  readonly name: string;
  /** With its dashes. */
  readonly raw: string;
  readonly value: string | undefined;
  /** The value stands behind `=`. */
  readonly isInline: boolean;
}

/** Divides the arguments; `options` are those of all commands, for which one it is stands among the words. */
export function divided(args: readonly string[], options: readonly Option[]): Result<Written, string> {
  const known = new Map(options.map((it) => [it.name, it]));
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      options.map((it): [string, { type: "string" | "boolean"; short?: string }] => [
        it.name,
        {
          type: it.kind === "value" && it.optional === undefined ? "string" : "boolean",
          ...(it.short !== undefined && { short: it.short }),
        },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const words: string[] = [];
  const written: WrittenOption[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    if (!known.has(token.name)) return err(unknownOption(token.rawName, token.name, [...known.keys()]));
    written.push({ name: token.name, raw: token.rawName, value: token.value, isInline: token.inlineValue === true });
  }
  return ok({ words, options: written });
}

function unknownOption(raw: string, name: string, known: readonly string[]): string {
  const near = closest(name, known);
  return `unknown option \`${raw}\`${near === undefined ? "" : `; did you mean \`--${near}\`?`}`;
}

/** The values that a command's options were given, each read once to see whether it is one. */
export function givenTo(options: readonly Option[], { words, options: written }: Written): Result<Given, string> {
  const texts = new Map<string, string[]>();
  for (const one of written) {
    const option = options.find((it) => it.name === one.name);
    const fault = option && (faultOf(one, option) ?? repetition(one, option, texts));
    if (fault !== undefined) return err(fault);
    const all = texts.get(one.name) ?? [];
    if (one.value !== undefined) all.push(one.value);
    texts.set(one.name, all);
  }
  return ok(new Given(words, texts));
}

/** Of two values one would not count: of two files of roots somebody believes that both are trusted. */
function repetition({ name, raw }: WrittenOption, option: Option, texts: ReadonlyMap<string, readonly string[]>): string | undefined {
  const isRepeated = option.kind === "value" && option.many === undefined && texts.has(name);
  return isRepeated ? `\`${raw}\` is given more than once; expected one \`${raw} ${option.placeholder}\`` : undefined;
}

function faultOf({ raw, value, isInline }: WrittenOption, option: Option): string | undefined {
  if (option.kind === "flag") return value === undefined ? undefined : `\`${raw}\` takes no value`;
  if (value === undefined) return option.optional ? undefined : `\`${raw}\` needs a value: \`${raw} ${option.placeholder}\``;
  if (!isInline && value.startsWith("-") && value !== "-")
    return `\`${raw}\` needs a value; one that begins with a dash is written \`${raw}=${value}\``;
  if (value === "" && option.choices === undefined) return `\`${raw}\` is empty; expected ${expected(raw, option)}`;
  const parsed = option.parse(value);
  return parsed.ok ? undefined : `${option.choices ? "unknown" : "invalid"} value \`${value}\` for \`${raw}\`; ${parsed.error}`;
}

const expected = (raw: string, { optional, placeholder }: Valued<unknown>): string => `\`${raw}${optional ? "=" : " "}${placeholder}\``;
