/**
 * Functions that derives stand for, as the Rust text that a compiler would write, so that they are read as any other function: what
 * `Default` gives, what a deserialiser or the command line gives, with the default of each field.
 */
import { attributeArguments, type Declared } from "../rust/index.ts";

export type Derived = "default" | "read" | "result";

const READERS: ReadonlySet<string> = new Set(["Deserialize", "Parser", "Args", "StructOpt"]);

/** Undefined where the type derives nothing of the kind. */
export function derivedText(declared: Declared, what: Derived): string | undefined {
  const derives = derivedBy(declared);
  if (what === "default") return derives.has("Default") ? defaultText(declared) : undefined;
  if (![...READERS].some((it) => derives.has(it))) return undefined;
  if (what === "result") return "fn result() -> Self { ::std::result::Result::Ok(<Self as Read>::read()) }";
  return readText(declared, derives.has("Deserialize"));
}

function derivedBy({ tree }: Declared): ReadonlySet<string> {
  const lists = tree.attributes.flatMap((it) => (/^\s*derive\b/.test(it) ? [...attributeArguments(it).keys()] : []));
  return new Set(lists.map((it) => it.split("::").at(-1)?.trim() ?? ""));
}

function defaultText(declared: Declared): string | undefined {
  const { lowered } = declared;
  if (lowered?.kind === "struct")
    return record(lowered.fields.map((it) => `${it.name}: <${written(declared, it.type.span)} as Default>::default()`));
  if (lowered?.kind !== "enum") return undefined;
  const variant = lowered.variants.find((it) => it.attributes.names.includes("default"));
  return variant && `fn default() -> Self { Self::${variant.name} }`;
}

const record = (fields: readonly string[]): string => `fn made() -> Self { Self { ${fields.join(", ")} } }`;

function written({ fragment }: Declared, { start, end }: { readonly start: number; readonly end: number }): string {
  return fragment.text.slice(start - fragment.shift, end - fragment.shift);
}

/** Enums are read from what is configured alone. */
function readText(declared: Declared, isSerde: boolean): string | undefined {
  const { lowered } = declared;
  if (lowered?.kind !== "struct") return undefined;
  const whole = isSerde && declared.tree.attributes.some((it) => /^\s*serde\b/.test(it) && attributeArguments(it).has("default"));
  return record(
    lowered.fields.map((field) => {
      const type = written(declared, field.type.span);
      const options = optionsOf(field.attributes.texts.map((it) => it.text));
      const own = isSerde ? serdeDefault(options, type) : commandLineDefault(options, type);
      const other = own ?? (whole ? `<Self as Default>::default().${field.name}` : undefined);
      const value = `<${type} as Read>::read()`;
      if (options.has("skip") || options.has("skip_deserializing")) return `${field.name}: ${other ?? `<${type} as Default>::default()`}`;
      if (other === undefined) return `${field.name}: ${value}`;
      return `${field.name}: if ::std::configured::given(${JSON.stringify(field.name)}) { ${value} } else { ${other} }`;
    }),
  );
}

const OPTIONS = /^\s*(?:serde|arg|clap|structopt)\b/;

function optionsOf(attributes: readonly string[]): ReadonlyMap<string, string | undefined> {
  return new Map(attributes.flatMap((it) => (OPTIONS.test(it) ? [...attributeArguments(it)] : [])));
}

const isOf = (type: string, name: string): boolean => new RegExp(`^(?:\\w+\\s*::\\s*)*${name}\\s*<`).test(type);

function serdeDefault(options: ReadonlyMap<string, string | undefined>, type: string): string | undefined {
  if (!options.has("default")) return isOf(type, "Option") ? "::std::option::Option::None" : undefined;
  const path = options.get("default");
  return path === undefined ? `<${type} as Default>::default()` : `${path.slice(1, -1)}()`;
}

/** A flag that is not there is off, and what may be missing or repeated is missing. */
function commandLineDefault(options: ReadonlyMap<string, string | undefined>, type: string): string | undefined {
  if (options.has("default_value_t")) return options.get("default_value_t") ?? `<${type} as Default>::default()`;
  const text = options.get("default_value");
  if (text !== undefined) return type === "bool" || /^[iuf](?:\d+|size)$/.test(type) ? text.slice(1, -1) : text;
  return type === "bool" || isOf(type, "Option") || isOf(type, "Vec") ? `<${type} as Default>::default()` : undefined;
}
