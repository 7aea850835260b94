/** Paths as the place can write them: an import in scope, a new `use` in its sorted place, or the whole path. */
import type { TextEdit } from "../base/text-edit.ts";
import type { Expression, FunctionItem, Type, UseItem } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { canonical, meanings } from "./canonical.ts";
import { type Ground, levels } from "./ground.ts";
import { joining } from "./listed-imports.ts";
import { expressionsAt } from "./trail.ts";
import { insertion } from "./use-lines.ts";
import { byUseOrder } from "./use-order.ts";

export interface Imports {
  /** The text that means `path` at the place; adds an import where one is needed and `instead`, which it replaces, has none. */
  spell(path: string, instead?: Expression): string;
  /** A trait whose methods are called: its import, without a name being written. */
  need(path: string): void;
  /** The same as `spell`, but never adds an import: `std::io::Error::other` is used too rarely for one. */
  written(path: string): string;
  /** Whether the texts that were spelled rely on this imported name. */
  uses(name: string): boolean;
  /** `gone`: items that other edits take away, which are no landmarks. */
  edits(gone?: readonly UseItem[]): readonly TextEdit[];
}

/** `around`: the function around it, whose result's own way to write a path is followed. */
export function importsAt(ground: Ground, around?: FunctionItem): Imports {
  const returns = around?.returns;
  const visible = visibleImports(ground);
  const added = new Set<string>();
  const used = new Set<string>();
  const written = (path: string): string => inScope(canonical(path, ground.models), visible) ?? viaRoot(path, ground, visible);
  const spell = (wanted: string, instead?: Expression): string => {
    const path = canonical(wanted, ground.models);
    const known = exactly(path, visible) ?? viaGlob(path, ground) ?? inModule(path, visible);
    if (known !== undefined) {
      used.add(known.split("::")[0] ?? known);
      return known;
    }
    const likewise = (instead && asWrittenIn(instead, path, ground)) ?? (returns && asReturned(returns, path, ground));
    if (likewise !== undefined) return likewise;
    return imported(viaRoot(wanted, ground, visible));
  };
  const imported = (full: string): string => {
    // A function's name could be that of a variable; with its crate before it, it never is.
    if (/::[a-z]\w*$/.test(full)) return full;
    const name = lastOf(full);
    if (!added.has(full) && (isTaken(name, ground, visible) || [...added].some((it) => it.endsWith(`::${name}`)))) return full;
    added.add(full);
    return name;
  };
  return {
    spell,
    need: (wanted) => {
      const path = canonical(wanted, ground.models);
      const known = exactly(path, visible) ?? viaGlob(path, ground);
      if (known !== undefined) used.add(known);
      // In scope, a module brings none of the methods of its traits.
      else if (!visible.some((it) => it.name === "_" && it.meanings.includes(path))) imported(viaRoot(wanted, ground, visible));
    },
    written,
    uses: (name) => used.has(name),
    edits: (gone = []) => {
      const paths = [...added].sort(byUseOrder);
      return paths.map(
        (path, at) => joining(path, ground, gone) ?? insertion(path, ground, gone, { around, follows: at < paths.length - 1 }),
      );
    },
  };
}

interface Visible {
  readonly name: string | undefined;
  readonly path: readonly string[];
  readonly global: boolean;
  /** It stands in a block: other functions of the module do not see it. */
  readonly local: boolean;
  readonly meanings: readonly string[];
}

/** Imports of the scope and of the blocks around it, as far as its module. */
function visibleImports({ scope, scopes, models }: Ground): readonly Visible[] {
  const found: Visible[] = [];
  const module = levels(scope).at(-1);
  for (const level of levels(scope)) {
    for (const item of level.items) {
      if (item.kind !== "use") continue;
      for (const { name, path, global } of item.imports) {
        if (name !== undefined)
          found.push({ name, path, global, local: level !== module, meanings: meanings(path, level, scopes, models, global) });
      }
    }
  }
  return found;
}

const exactly = (path: string, visible: readonly Visible[]): string | undefined =>
  visible.find((it) => it.name !== "_" && it.meanings.length === 1 && it.meanings[0] === path)?.name;

/** `server::WebPkiClientVerifier` where `rustls::server` is imported; the crate alone does not count. */
function inModule(path: string, visible: readonly Visible[]): string | undefined {
  for (let cut = path.lastIndexOf("::"); cut > 0; cut = path.lastIndexOf("::", cut - 1)) {
    const prefix = path.slice(0, cut);
    if (!prefix.includes("::")) return undefined;
    const name = exactly(prefix, visible);
    if (name !== undefined) return name + path.slice(cut);
  }
  return undefined;
}

/** `reqwest::tls::Version` where `reqwest::tls::Version::TLS_1_0` stands, `rustls::NoKeyLog` where `rustls::KeyLogFile` does. */
function asWrittenIn(replaced: Expression, path: string, { scope, scopes, models }: Ground): string | undefined {
  const wanted = path.split("::");
  for (const it of expressionsAt(replaced)) {
    if (it.kind !== "path") continue;
    const written = it.path.segments.map((one) => one.name);
    const [meant, ...others] = meanings(written, scope, scopes, models, it.path.global).map((one) => one.split("::"));
    if (meant === undefined || others.length > 0) continue;
    for (let cut = 1; cut < written.length; cut++) {
      const [prefix, same] = [written.slice(0, -cut), meant.slice(0, -cut).join("::")];
      const global = it.path.global ? "::" : "";
      if (same === path && prefix.length > 1) return global + prefix.join("::");
      if (same === wanted.slice(0, -1).join("::")) return `${global}${prefix.join("::")}::${wanted.at(-1)}`;
    }
  }
  return undefined;
}

/** `rustls::Error` where the function returns `Result<T, rustls::Error>`. */
function asReturned(type: Type, path: string, ground: Ground): string | undefined {
  if (type.kind !== "path") return undefined;
  const written = type.path.segments.map((one) => one.name);
  const found = meanings(written, ground.scope, ground.scopes, ground.models, type.path.global);
  if (written.length > 1 && found.length === 1 && found[0] === path) return (type.path.global ? "::" : "") + written.join("::");
  for (const it of type.path.segments.at(-1)?.generics ?? []) {
    const inner = asReturned(it, path, ground);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

const inScope = (path: string, visible: readonly Visible[]): string | undefined => exactly(path, visible) ?? inModule(path, visible);

function viaGlob(path: string, { scope, scopes, models }: Ground): string | undefined {
  const name = lastOf(path);
  const found = meanings([name], scope, scopes, models);
  return found.length === 1 && found[0] === path && path !== name ? name : undefined;
}

/** The path from the crate as this file reaches it: `tokio_rustls::rustls::RootCertStore`, `tls::RootCertStore`. */
function viaRoot(path: string, ground: Ground, visible: readonly Visible[]): string {
  const cut = path.indexOf("::");
  const crate = cut < 0 ? path : path.slice(0, cut);
  if (crate === "std" || crate === "core" || crate === "alloc") return path;
  const rest = cut < 0 ? "" : path.slice(cut);
  return rootOf(crate, ground, visible) + rest;
}

function rootOf(crate: string, ground: Ground, visible: readonly Visible[]): string {
  const { scope, scopes, models, dependencies } = ground;
  const direct = [...(dependencies ?? [])].find(([name, it]) => name === crate && it.package.replaceAll("-", "_") === crate);
  const spellings: string[] = [];
  // New imports go to the module's top, whose own imports tell how it is done there: the same for every function.
  for (const { path } of visible.filter((it) => !it.local)) {
    for (let length = 1; length <= path.length; length++) {
      const start = path.slice(0, length);
      if (meanings(start, scope, scopes, models).includes(crate)) {
        spellings.push(start.join("::"));
        break;
      }
    }
  }
  if (spellings.includes(crate)) return crate;
  const [first] = spellings;
  if (first !== undefined) return first;
  if (direct !== undefined) return crate;
  const renamed = [...(dependencies ?? [])].find(([, it]) => it.package.replaceAll("-", "_") === crate);
  if (renamed !== undefined) return renamed[0];
  for (const level of levels(scope)) {
    for (const item of level.items) if (item.kind === "extern-crate" && item.crate === crate) return item.name;
  }
  return dependencies === undefined ? crate : (reexported(crate, ground) ?? crate);
}

/** A dependency that re-exports the crate whole, for a crate that is no dependency itself. */
function reexported(crate: string, { models, dependencies }: Ground): string | undefined {
  for (const model of models) {
    for (const [alias, target] of Object.entries(model.aliases ?? {})) {
      if (target !== crate || !alias.includes("::")) continue;
      const [head = ""] = alias.split("::");
      const found = [...(dependencies ?? [])].find(([, it]) => it.package.replaceAll("-", "_") === head);
      if (found !== undefined) return found[0] + alias.slice(head.length);
    }
  }
  return undefined;
}

function isTaken(name: string, { scope, scopes }: Ground, visible: readonly Visible[]): boolean {
  if (visible.some((it) => it.name === name)) return true;
  return scopes.resolveSegments([name], scope).kind === "local";
}
