/** A dependency or a feature added to a manifest's text, in the manifest's own manner: text in, edits out. */
import { err, ok, type Result } from "../base/result.ts";
import { type Span, span } from "../base/span.ts";
import { applyEdits, type TextEdit } from "../base/text-edit.ts";
import { compareWritten } from "../base/version.ts";
import { member, parseToml, stringAt, stringsAt, type TomlKey, type TomlTable, tableAt, tomlKeys } from "./toml.ts";
import { lowerBound } from "./version.ts";

export interface WantedDependency {
  readonly package: string;
  /** As a manifest writes it: `0.23`. */
  readonly requirement: string;
  readonly features: readonly string[];
}

/** No edits where everything is there. `workspace`: the text of the workspace's root manifest, where that is another file. */
export function withDependency(text: string, wanted: WantedDependency, workspace?: string): Result<readonly TextEdit[], string> {
  const parsed = parseToml(text);
  const shared = workspace === undefined ? undefined : parseToml(workspace);
  if (!parsed.ok) return err("Cargo.toml does not parse");
  const root = tableAt(shared?.ok ? shared.value : parsed.value, "workspace", "dependencies");
  const dependencies = tableAt(parsed.value, "dependencies") ?? {};
  const key = keyOf(dependencies, wanted.package);
  const edits =
    key === undefined
      ? added(text, dependencies, wanted, root)
      : completed(text, key, member(dependencies, key), wanted, member(root, key));
  if (edits === undefined) return err("Cargo.toml is written in a way that is better changed by hand");
  const result = parseToml(applyEdits(text, edits));
  return result.ok && holds(tableAt(result.value, "dependencies") ?? {}, wanted, root)
    ? ok(edits)
    : err("Cargo.toml is written in a way that is better changed by hand");
}

/** The key of a package, which a rename tells apart. */
const keyOf = (dependencies: TomlTable, name: string): string | undefined =>
  Object.entries(dependencies).find(([key, value]) => (stringAt(value, "package") ?? key) === name)?.[0];

function holds(dependencies: TomlTable, wanted: WantedDependency, root: TomlTable | undefined): boolean {
  const key = keyOf(dependencies, wanted.package);
  const value = key === undefined ? undefined : member(dependencies, key);
  if (key === undefined || value === undefined) return false;
  const has = [...stringsAt(value, "features"), ...stringsAt(member(root, key), "features")];
  return wanted.features.every((it) => has.includes(it));
}

/** A new line in `[dependencies]`: in its place where the keys are sorted, else at the end. */
function added(text: string, dependencies: TomlTable, wanted: WantedDependency, root: TomlTable | undefined): readonly TextEdit[] {
  const inherited = root !== undefined && member(root, wanted.package) !== undefined;
  const features = list(wanted.features);
  const version = inherited ? "workspace = true" : `version = ${JSON.stringify(wanted.requirement)}`;
  const value =
    wanted.features.length > 0
      ? `${wanted.package} = { ${version}, features = ${features} }`
      : inherited
        ? `${wanted.package}.workspace = true`
        : `${wanted.package} = ${JSON.stringify(wanted.requirement)}`;
  const eol = /\r\n|\n/.exec(text)?.[0] ?? "\n";
  const keys = tomlKeys(text);
  const header = keys.find((it) => it.value === undefined && isPath(it, ["dependencies"]));
  const own = keys.filter(
    (it) => it.value !== undefined && it.path[0] === "dependencies" && header !== undefined && it.span.start > header.span.end,
  );
  // Tables of their own, `[dependencies.name]`, end the list of lines.
  const end =
    keys.find((it) => it.value === undefined && header !== undefined && it.span.start > header.span.start)?.span.start ?? text.length;
  const lines = own.filter((it) => it.path.length <= 3 && it.span.start < end && startsLine(text, it.span.start));
  if (header === undefined) {
    const table = keys.find((it) => it.value === undefined && it.path[0] === "dependencies");
    const at = table === undefined ? text.length : lineStart(text, table.span.start);
    const before = table !== undefined || text === "" ? "" : /\n$/.test(text) ? eol : eol + eol;
    return [{ span: span(at, at), text: `${before}[dependencies]${eol}${value}${eol}${table === undefined ? "" : eol}` }];
  }
  const names = Object.keys(dependencies);
  const sorted = names.every((it, at) => at === 0 || (names[at - 1] ?? "") <= it);
  const next = sorted ? lines.find((it) => (it.path[1] ?? "") > wanted.package) : undefined;
  if (next !== undefined) {
    const at = lineStart(text, next.span.start);
    return [{ span: span(at, at), text: value + eol }];
  }
  const last = lines.at(-1);
  const at = lineEnd(text, last?.value?.end ?? header.span.end);
  return [{ span: span(at, at), text: eol + value }];
}

/** Features, and a newer version where the requirement admits too old ones. */
function completed(text: string, key: string, value: unknown, wanted: WantedDependency, root: unknown): readonly TextEdit[] | undefined {
  const keys = tomlKeys(text);
  const at = (...path: readonly string[]): TomlKey | undefined => keys.find((it) => isPath(it, ["dependencies", key, ...path]));
  const has = [...stringsAt(value, "features"), ...stringsAt(root, "features")];
  const missing = wanted.features.filter((it) => !has.includes(it));
  const edits: TextEdit[] = [];

  // What is inherited is raised where the workspace says it, which is another file.
  const written = typeof value === "string" ? value : (stringAt(value, "version") ?? inheritedVersion(value, root));
  const newer = written === undefined || !isOlder(written, wanted.requirement) ? written : wanted.requirement;
  const versionPlace = typeof value === "string" ? at()?.value : at("version")?.value;
  if (newer !== written && versionPlace === undefined) return undefined;
  if (typeof value === "string") {
    if (missing.length === 0 && newer === written) return [];
    const whole = missing.length === 0 ? JSON.stringify(newer) : `{ version = ${JSON.stringify(newer)}, features = ${list(missing)} }`;
    return versionPlace === undefined ? undefined : [{ span: versionPlace, text: whole }];
  }
  if (newer !== written && versionPlace !== undefined) edits.push({ span: versionPlace, text: JSON.stringify(newer) });
  if (missing.length === 0) return edits;

  const features = at("features")?.value;
  if (features !== undefined) return [...edits, ...appended(text, features, missing)];
  const whole = at();
  const eol = /\r\n|\n/.exec(text)?.[0] ?? "\n";
  if (whole?.value !== undefined) {
    const inside = text.slice(whole.value.start, whole.value.end);
    const entries = inside.slice(0, -1).trimEnd();
    if (!inside.startsWith("{") || !inside.endsWith("}") || entries.endsWith(",")) return undefined;
    const end = whole.value.start + entries.length;
    return [...edits, { span: span(end, end), text: `, features = ${list(missing)}` }];
  }
  // `name.workspace = true` or a table of its own: one line more, behind the last one that says something of it.
  const last = keys.filter((it) => it.path[0] === "dependencies" && it.path[1] === key && it.path.length === 3).at(-1);
  const line = last?.value ?? whole?.span;
  if (line === undefined) return undefined;
  const prefix =
    last !== undefined && /^[^\r\n]*\./.test(text.slice(last.span.start, last.span.end))
      ? `${text.slice(last.span.start, last.span.end).replace(/\.[^.]*$/, "")}.`
      : "";
  const end = lineEnd(text, line.end);
  return [...edits, { span: span(end, end), text: `${eol}${prefix}features = ${list(missing)}` }];
}

const inheritedVersion = (value: unknown, root: unknown): string | undefined =>
  member(value, "workspace") === true ? (typeof root === "string" ? root : stringAt(root, "version")) : undefined;

/** Into a list of strings, on one line or several. */
function appended(text: string, { start, end }: Span, missing: readonly string[]): readonly TextEdit[] {
  const written = text.slice(start, end);
  const quotedOnes = missing.map((it) => JSON.stringify(it));
  if (/^\[\s*\]$/.test(written)) return [{ span: span(start, end), text: list(missing) }];
  const elements = written.slice(0, -1).trimEnd();
  const at = start + elements.length - (elements.endsWith(",") ? 1 : 0);
  const line = /[\r\n]/.test(written) ? /(\r\n|\n|\r)[ \t]*(?=["'])/.exec(written)?.[0] : undefined;
  return [{ span: span(at, at), text: quotedOnes.map((it) => (line === undefined ? `, ${it}` : `,${line}${it}`)).join("") }];
}

const isOlder = (written: string, wanted: string): boolean => {
  const [a, b] = [lowerBound(written), lowerBound(wanted)];
  return a !== undefined && b !== undefined && compareWritten(a, b) < 0;
};

const list = (features: readonly string[]): string => `[${features.map((it) => JSON.stringify(it)).join(", ")}]`;
const isPath = ({ path }: TomlKey, wanted: readonly string[]): boolean =>
  path.length === wanted.length && wanted.every((it, at) => it === path[at]);
const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;
const startsLine = (text: string, offset: number): boolean => /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));

/** Before the line's end and its comment stays where it is. */
function lineEnd(text: string, offset: number): number {
  const found = /\r?\n/.exec(text.slice(offset))?.index;
  return found === undefined ? text.length : offset + found;
}
