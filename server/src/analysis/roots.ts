/** Functions with which analysis begins: those that nothing enters, and those that only code enters that is there for tests. */
import type { Span } from "../base/span.ts";
import type { Steps } from "../base/steps.ts";
import type { Flow, FunctionId } from "../flow/index.ts";
import { cfgOf, type Declared, isTestCode } from "../rust/index.ts";
import { cfgAtoms, exampleAtom, offerAtom, testAtom } from "./guards.ts";
import { handsOnKey } from "./key-texts.ts";
import { isOffer } from "./lexicon.ts";
import type { Path } from "./path-conditions.ts";
import type { Records, Root } from "./records.ts";
import type { Site, Sites } from "./sites.ts";
import type { SourceFile } from "./source-file.ts";

/** What the files say of the code in them. */
type Files = ReadonlyMap<string, Pick<SourceFile, "testCode" | "example" | "crate">>;

export function* rootsOf(
  flow: Flow,
  sites: Sites,
  bodies: Iterable<FunctionId>,
  files: Files,
): Steps<{ readonly roots: readonly Root[]; readonly others: readonly Root[] }> {
  const all = [...bodies].flatMap((id) => [id, ...closuresOf(flow, id)]);
  for (const id of all) yield* flow.prepare(id);
  const isAside = (id: FunctionId): boolean => isAsideCode(id, sites, files);
  const roots: Root[] = [];
  const others: Root[] = [];
  for (const id of all) {
    const callers = [...flow.callersOf(id)].filter((it) => it !== id);
    const isRoot = isAside(id) ? callers.length === 0 : callers.every(isAside);
    const path = pathOf(id, sites, files);
    (isRoot ? roots : others).push({
      id,
      inputs: inputsOf(flow, id),
      path: isRoot ? [...path, ...offerOf(id, sites, files)] : path,
      home: {},
    });
  }
  return { roots, others };
}

/** Callers may add something to what a function does, or something in it. Of what is no function nobody knows. */
export function* isOpenFor(flow: Flow, id: FunctionId): Steps<boolean> {
  yield* flow.prepare(id);
  const all = [id, ...closuresOf(flow, id)];
  for (const it of all) yield* flow.prepare(it);
  const summaries = all.map((it) => flow.summary(it));
  return summaries.some((it) => it === undefined || it.events.some(({ settled }) => !settled) || handsOnKey(it));
}

/** A public method does it by itself, for whoever wants it. */
export function isOffered({ sites }: Records, root: Root, site: Site): boolean {
  const lowered = site.owner === root.id ? sites.declared(root.id)?.lowered : undefined;
  return lowered?.kind === "function" && lowered.receiver !== undefined && lowered.visibility === "public";
}

/** Tests, examples and benches use the program; what they do with it does not make it another one. */
/** Whether it is there for tests, or as an example. */
export function isAsideCode(id: FunctionId, sites: Sites, files: Files): boolean {
  const declared = sites.declared(id);
  return declared !== undefined && isAsideIn(files, declared);
}

export function isAsideIn(files: Files, declared: Declared): boolean {
  const file = files.get(declared.fragment.path);
  return isTestCode(declared) || file?.testCode === true || file?.example !== undefined;
}

/** What tells its callers by its name that nobody is verified, and has none here, is for them to ask for. */
function offerOf(id: FunctionId, sites: Sites, files: Files): Path {
  const declared = id.includes("|") ? undefined : sites.declared(id);
  if (declared === undefined || !isOffer(declared.name)) return [];
  const isOpen = declared.tree.visibility === "pub" || declared.holder?.tree.implements?.trait !== undefined;
  const counts = (caller: Declared): boolean => caller.name !== declared.name && !isAsideIn(files, caller);
  if (!isOpen || sites.program.isCalled(id, counts)) return [];
  return [offerAtom(declared.name, sites.place({ owner: id }, nameSpanOf(declared)))];
}

const nameSpanOf = ({ nameStart, name }: Declared): Span => ({ start: nameStart, end: nameStart + name.length });

/** Those in closures, too. */
export function closuresOf(flow: Flow, id: FunctionId): readonly FunctionId[] {
  const found: FunctionId[] = [];
  const count = flow.head(id)?.closures ?? 0;
  for (let at = 0; at < count; at++) found.push(`${id}|${at}`, ...closuresOf(flow, `${id}|${at}`));
  return found;
}

export const inputsOf = (flow: Flow, id: FunctionId): readonly string[] => (flow.head(id)?.inputs ?? []).map((it) => it ?? "…");

/** The conditions under which a function is there at all. */
export function pathOf(id: FunctionId, sites: Sites, files: Files): Path {
  const declared = sites.declared(id);
  const path = sites.file(id);
  const file = files.get(path);
  const place = sites.place({ owner: id }, declared === undefined ? { start: 0, end: 0 } : nameSpanOf(declared));
  const isTest = (declared !== undefined && isTestCode(declared)) || file?.testCode === true;
  const cfg = declared === undefined ? undefined : cfgOf(declared);
  const compiled = cfg === undefined ? [] : cfgAtoms(cfg, place, false, file?.crate).filter((it) => it.guard?.kind !== "test");
  return [...(isTest ? [testAtom(place)] : []), ...(file?.example === undefined ? [] : [exampleAtom(file.example)]), ...compiled];
}
