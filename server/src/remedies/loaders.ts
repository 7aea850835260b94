/** Functions of the same file that load what a remedy needs: they are called before anything is written anew. */
import type { FunctionItem, Type } from "../rust/index.ts";
import { type Handling, handlingOf } from "./fallible.ts";
import type { Ground } from "./ground.ts";
import { type Held, ofType, type Spare } from "./held-values.ts";
import { means } from "./meaning.ts";

/** How a place calls a function. */
export interface Calling {
  /** What is put behind the call of a function of that name, which fails so. */
  suffix(name: string, own: Handling): string;
  /** The file, quoted. */
  file(sort: "trust-store" | "crls"): string;
  /** A path as the place can write it. */
  spell(path: string): string;
}

/** One that needs nothing, and says by its name that it is about clients: of whose authorities it gives is known by nothing else. */
export function loaderOfClients(here: FunctionItem, ground: Ground, calling: Calling): Spare | undefined {
  return only(
    loadersIn(here, ground).flatMap(({ item, held, own }): readonly Spare[] => {
      const isClients = item.name.split("_").some((word) => word === "client" || word === "clients");
      if (held.model.sort !== "trust-store" || item.parameters.length > 0 || !isClients) return [];
      return [{ take: `${item.name}()${behind(item.name, own, calling)}`, shared: held.shared }];
    }),
  );
}

/** One that is given the file. */
export function loaderOf(sort: "trust-store" | "crls", here: FunctionItem, ground: Ground, calling: Calling): Spare | undefined {
  return only(
    loadersIn(here, ground).flatMap(({ item, held, own }): readonly Spare[] => {
      const [parameter, ...more] = item.parameters;
      const isWanted = held.model.sort === sort && (sort !== "crls" || held.listed === true);
      if (!isWanted || parameter?.type === undefined || more.length > 0) return [];
      const given = asPath(parameter.type, () => calling.file(sort), ground, calling);
      return given === undefined ? [] : [{ take: `${item.name}(${given})${behind(item.name, own, calling)}`, shared: held.shared }];
    }),
  );
}

interface Loader {
  readonly item: FunctionItem;
  readonly held: Held;
  readonly own: Handling;
}

function loadersIn(here: FunctionItem, ground: Ground): readonly Loader[] {
  const { source, scope, scopes } = ground;
  return source.items.flatMap((item): readonly Loader[] => {
    if (item.kind !== "function" || item === here || item.async || item.returns === undefined) return [];
    const found = scopes.resolveSegments([item.name], scope);
    const held = ofType(item.returns, ground);
    if (found.kind !== "local" || found.definition.item !== item || held === undefined || held.borrowed) return [];
    const own = handlingOf(item.returns, ground);
    const isPlain = item.returns.kind === "path" && !/^(?:Option|Result)$/.test(item.returns.path.segments.at(-1)?.name ?? "");
    return own.kind === "none" && !isPlain ? [] : [{ item, held, own }];
  });
}

/** Of several none is meant. */
const only = (found: readonly Spare[]): Spare | undefined => (found.length === 1 ? found[0] : undefined);

const behind = (name: string, own: Handling, calling: Calling): string => (own.kind === "none" ? "" : calling.suffix(name, own));

/** `"client-ca.pem"` as the parameter takes it. */
function asPath(type: Type, file: () => string, ground: Ground, calling: Calling): string | undefined {
  if (type.kind === "bounds") return type.bounds.some(isAsPath) ? file() : undefined;
  if (type.kind !== "reference") return undefined;
  const { inner } = type;
  if (inner.kind !== "path") return undefined;
  if (inner.path.segments.length === 1 && inner.path.segments[0]?.name === "str") return file();
  return means(inner.path.segments, ground) === "std::path::Path" ? `${calling.spell("std::path::Path")}::new(${file()})` : undefined;
}

/** `impl AsRef<Path>` takes a text as it is. */
const isAsPath = (it: Type): boolean => it.kind === "path" && it.path.segments.at(-1)?.name === "AsRef";
