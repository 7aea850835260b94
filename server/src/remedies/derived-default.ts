/** Defaults that no function writes: in an attribute, of a derive, of the type of a field. They are changed where their type is declared. */
import type { Decided } from "../analysis/decisions.ts";
import type { Sites } from "../analysis/sites.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { FileEdits, TextEdit } from "../base/text-edit.ts";
import { derivedId } from "../flow/index.ts";
import { READERS } from "../models/configuration.ts";
import type { Attribute, EnumItem, FieldDeclaration, Item, RustFile, Scope, Scopes, StructItem } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { STRUCT_WIDTH } from "../rust/layout/shape.ts";
import { type Argument, argumentsOf, replacedIn, withoutAttribute } from "./attribute-edits.ts";
import { otherVariant } from "./decision.ts";
import { indentationAt, indented, startsLine, styleOf } from "./lines.ts";
import { scopeOf } from "./remedy-sites.ts";
import { itemAncestor, trailTo, visitAll } from "./trail.ts";

export interface Defaulted {
  readonly title: string;
  readonly edits: readonly FileEdits[];
}

/** Undefined where its type is not found, or is made by a macro. `together`: the fields of this default that are changed at once. */
export function derivedDefault(
  decided: Decided,
  together: ReadonlySet<string>,
  scopes: Scopes,
  { program }: Sites,
): Result<Defaulted, string> | undefined {
  const { owner, only, field: name, better } = decided;
  const wanted = better?.kind === "record" ? lastOf(better.type) : undefined;
  const end = owner.lastIndexOf("::");
  const declared = program.ids.known(owner.slice(0, end));
  if (declared?.sort !== "item") return undefined;
  const file = declared.fragment.path;
  const root = scopes.roots.find((it) => it.file === file);
  const item = root && itemOf(root.source, declared.kind, declared.name);
  if (root === undefined || item === undefined) return undefined;
  const { source } = root;
  const around = { file, source, scopes };
  if (item.kind === "enum") return only.kind === "path" ? moved(item, only.path.segments.at(-1)?.name ?? "", wanted, around) : undefined;
  const field = item.fields.find((it) => it.name === name);
  if (field === undefined) return undefined;
  const edited = (title: string, edits: readonly TextEdit[] | undefined): Result<Defaulted, string> | undefined =>
    edits && ok({ title, edits: [{ file, edits }] });
  const strict = `Default \`${field.name}\` to \`true\``;
  if (only.kind === "call") {
    if (owner === derivedId(owner.slice(0, end), "default")) return edited(strict, written(item, together, source));
    const [plain] = argumentsOf(field.attributes.texts, ["serde"]).filter(({ argument }) => isPlain(argument));
    if (plain === undefined) return err(`\`${field.name}\` is off unless it is given: whether it is on by default is for its users to say`);
    return edited(strict, named(plain, item, field, around));
  }
  if (only.kind !== "constant" && only.kind !== "path") return undefined;
  return stated(field, item, wanted, around);
}

/** The only one of its name in the file. */
function itemOf({ items }: RustFile, kind: string, name: string): StructItem | EnumItem | undefined {
  const found: (StructItem | EnumItem)[] = [];
  visitAll(items.map(itemAncestor), ({ of, node }) => {
    if (of === "item" && isType(node) && node.kind === kind && node.name === name) found.push(node);
    return true;
  });
  return found.length === 1 ? found[0] : undefined;
}

const isType = (it: Item): it is StructItem | EnumItem => it.kind === "struct" || it.kind === "enum";

const isPlain = ({ path, value }: Attribute): boolean => path === "default" && value === undefined;

/** Where it stands: the scope of the type. */
interface Around {
  readonly file: string;
  readonly source: RustFile;
  readonly scopes: Scopes;
}

const scopeAround = ({ file, source, scopes }: Around, item: StructItem) => scopeOf(trailTo(source, item.span), scopes, file, source);

/** `#[default]`, in front of the one other variant. */
function moved(
  item: EnumItem,
  variant: string,
  wanted: string | undefined,
  { file, source: { text } }: Around,
): Result<Defaulted, string> | undefined {
  const other = otherVariant(item, variant, wanted);
  const chosen = item.variants.find((it) => it.name === variant)?.attributes.texts.find((it) => it.text === "default");
  if (other === undefined || chosen === undefined) return undefined;
  const start = other.span.end - other.name.length;
  if (text.slice(start, other.span.end) !== other.name) return undefined;
  const between = startsLine(text, start) ? styleOf(text).eol + indentationAt(text, start) : " ";
  const edits = [withoutAttribute(chosen, text), { span: { start, end: start }, text: `#[default]${between}` }];
  return ok({ title: `Make \`${item.name}::${other.name}\` the default`, edits: [{ file, edits }] });
}

/** A `Default` of its own in place of the derived one, of a struct whose fields have names and are there in any case. */
function written(item: StructItem, together: ReadonlySet<string>, source: RustFile): readonly TextEdit[] | undefined {
  const { text } = source;
  const [derived] = argumentsOf(item.attributes.texts, ["derive"]).filter(({ argument }) => lastOf(argument.path) === "Default");
  const next = source.tokenFrom(item.nameSpan.end);
  const isGeneric = next !== undefined && text.slice(next.start, next.end) === "<";
  const isPlainStruct = !isGeneric && item.fields.every((it) => it.attributes.cfg.length === 0);
  const isTuple = item.fields.some((it) => Number.isInteger(Number(it.name)));
  if (derived === undefined || derived.read.path !== "derive" || !isPlainStruct || isTuple) return undefined;
  const { path } = derived.argument;
  const without =
    derived.read.arguments.length === 1
      ? withoutAttribute(derived.written, text)
      : (replacedIn(derived, undefined, `${path}, `, "") ?? replacedIn(derived, undefined, `, ${path}`, ""));
  if (without === undefined) return undefined;
  const fields = item.fields.map((it) => `${it.name}: ${together.has(it.name) ? "true" : isTruth(it) ? "false" : "Default::default()"}`);
  const line = fields.join(", ");
  const made =
    line.length > STRUCT_WIDTH
      ? ["        Self {", ...fields.map((it) => `            ${it},`), "        }"]
      : [`        Self { ${line} }`];
  return [without, behind(item, [`impl Default for ${item.name} {`, "    fn default() -> Self {", ...made, "    }", "}"], text)];
}

const isTruth = ({ type }: FieldDeclaration): boolean => type.kind === "path" && type.path.segments.at(-1)?.name === "bool";

/** A function that serde calls: one that several fields have already, or a new one. */
function named(plain: Argument, item: StructItem, { name }: FieldDeclaration, around: Around): readonly TextEdit[] | undefined {
  const { items } = scopeAround(around, item);
  const known = items.find((it) => givesTrue(it) && sharing(it, items) > 1);
  const fresh = [`default_${name}`, `${name}_by_default`].find((it) => !items.some((one) => "name" in one && one.name === it));
  const path = known?.kind === "function" ? known.name : fresh;
  if (path === undefined) return undefined;
  const value = JSON.stringify(path);
  const called = replacedIn(plain, { ...plain.argument, value: { written: value, text: path } }, "default", `default = ${value}`);
  if (called === undefined) return undefined;
  return known === undefined ? [called, behind(item, [`fn ${path}() -> bool {`, "    true", "}"], around.source.text)] : [called];
}

function givesTrue(item: Item): boolean {
  if (item.kind !== "function" || item.parameters.length > 0 || item.receiver !== undefined || item.attributes.texts.length > 0)
    return false;
  const body = item.body();
  const tail = body?.statements.length === 0 ? body.tail : undefined;
  return tail?.kind === "literal" && tail.literal.type === "bool" && tail.literal.value;
}

/** How many fields have it as their default: one that only one has is that field's own. */
function sharing(called: Item, items: readonly Item[]): number {
  const fields = items.flatMap((it) => (it.kind === "struct" ? it.fields : []));
  const defaults = fields.flatMap((it) =>
    argumentsOf(it.attributes.texts, ["serde"]).map(({ argument: { path, value } }) => path === "default" && value?.text),
  );
  return defaults.filter((it) => "name" in called && it === called.name).length;
}

/** Lines of an item, after another. */
function behind({ span }: StructItem, lines: readonly string[], text: string): TextEdit {
  const style = styleOf(text);
  const indentation = indentationAt(text, span.start);
  return { span: { start: span.end, end: span.end }, text: style.eol + style.eol + indentation + indented(lines, indentation, style) };
}

/** The value that an attribute states. */
function stated(
  field: FieldDeclaration,
  item: StructItem,
  wanted: string | undefined,
  around: Around,
): Result<Defaulted, string> | undefined {
  for (const { attributes, defaults } of Object.values(READERS)) {
    for (const it of argumentsOf(field.attributes.texts, attributes)) {
      const { path, value } = it.argument;
      const how = Object.hasOwn(defaults, path) ? defaults[path] : undefined;
      if (how === undefined || how === "called" || value === undefined) continue;
      const word = value.text ?? value.written;
      const other = otherWord(word, value.text === undefined, field, wanted, scopeAround(around, item), around.scopes);
      if (other === undefined) return undefined;
      if (other === "true" && !isSettable(argumentsOf(field.attributes.texts, attributes)))
        return err(`\`${field.name}\` is a flag: with \`${other}\` as its default nothing could switch it off`);
      const made = value.text === undefined ? { written: other, text: undefined } : { written: JSON.stringify(other), text: other };
      const edit = replacedIn(it, { ...it.argument, value: made }, value.written, made.written);
      return edit && ok({ title: `Default \`${field.name}\` to \`${other}\``, edits: [{ file: around.file, edits: [edit] }] });
    }
  }
  return undefined;
}

/** It is given a value, and is not on as soon as it is given. */
const isSettable = (all: readonly Argument[]): boolean =>
  all.some(({ argument: { path, value } }) => path === "parse" || (path === "action" && lastOf(value?.written ?? "") === "Set"));

function otherWord(
  word: string,
  isCode: boolean,
  { type }: FieldDeclaration,
  wanted: string | undefined,
  scope: Scope,
  scopes: Scopes,
): string | undefined {
  if (word === "true" || word === "false") return String(word !== "true");
  const found = isCode
    ? scopes.resolveSegments(word.split("::"), scope)
    : type.kind === "path"
      ? scopes.resolve(type.path, scope)
      : undefined;
  const { item, variant } = found?.kind === "local" ? found.definition : {};
  if (item?.kind !== "enum") return undefined;
  if (isCode) {
    const other = variant === undefined ? undefined : otherVariant(item, variant, wanted);
    return other && [...word.split("::").slice(0, -1), other.name].join("::");
  }
  const own = item.variants.find(({ name }) => wordOf(name) === word);
  const other = own && otherVariant(item, own.name, wanted);
  return other === undefined || other.attributes.texts.length > 0 ? undefined : wordOf(other.name);
}

/** As clap writes a variant on a command line. */
const wordOf = (name: string): string =>
  [...name].map((it, at) => (it === it.toLowerCase() ? it : `${at === 0 ? "" : "-"}${it.toLowerCase()}`)).join("");
