/** Ways on which one of the options that TLS needs is missing, and whether a function goes on there. */
import type { Condition } from "../flow/index.ts";
import type { Place } from "../tls/facts.ts";
import { pathsOf } from "./conditions.ts";
import { exclude, type Path, turned } from "./path-conditions.ts";
import { askerOf, type Records, type Root } from "./records.ts";
import { inputsOf } from "./roots.ts";
import { ERR } from "./std-names.ts";

/** One of the options that are given under it is missing. */
export const halvesIn = (path: Path): readonly Path[] => {
  const given = path.filter((it) => it.option?.given === true);
  return given.length < 2 ? [] : given.map((missing) => path.map((it) => (it === missing ? turned(it) : it)));
};

/** It returns, and no error. */
export function goesOn(records: Records, root: Root["id"], half: Path): boolean {
  const { flow } = records.sites;
  const summary = flow.summary(root);
  const asker = askerOf(records, root, inputsOf(flow, root), NOWHERE);
  const isPossible = (it: Condition): boolean => pathsOf(it, asker).some((path) => !exclude(path, half));
  if (summary === undefined || !isPossible(summary.returns)) return false;
  const { result } = summary;
  return (
    result.kind !== "alternatives" ||
    result.of.some((it) => !(it.value.kind === "record" && it.value.type === ERR) && isPossible(it.condition))
  );
}

const NOWHERE: Place = { file: "", span: { start: 0, end: 0 } };
