/** Values that have a private key in them as text or bytes. */
import type { Summary, Value } from "../flow/index.ts";
import { UNCHANGING } from "../models/file-contents.ts";
import { type FileStatement, LEGIBLE, PRIVATE_KEY } from "../models/key-files.ts";
import { lastOf } from "../rust/last-of.ts";
import { isFileStatement } from "./file-rows.ts";
import { partsOf } from "./peer-names.ts";

export const writesTo = ({ file }: FileStatement): boolean => file === "writes" || file === "fills";

/** Callers may write down what it gives, or say who may read what it has written. */
export const handsOnKey = ({ result, writes, events }: Summary): boolean =>
  [result, ...writes.values()].some(carriesKey) ||
  events.some(
    (it) => it.kind === "effect" && isFileStatement(it.data) && (writesTo(it.data) || tells(it.data)) && it.with.some(carriesKey),
  );

/** Who is told of what by it: a log, or the standard output. */
export const tells = ({ file }: FileStatement): boolean => file === "logs" || file === "prints";

/** Whoever reads it has the key: it is in it as text or bytes, in whatever form. */
export function carriesKey(value: Value): boolean {
  if (!value.labels.includes(PRIVATE_KEY)) return false;
  switch (value.kind) {
    case "labelled":
      return value.label === PRIVATE_KEY || carriesKey(value.of);
    case "apply":
      return (UNCHANGING.has(lastOf(value.callee)) || LEGIBLE.has(lastOf(value.callee))) && value.arguments.some(carriesKey);
    case "closure":
    case "test":
      return false;
    default:
      return partsOf(value).some(carriesKey);
  }
}
