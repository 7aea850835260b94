/** Where fields of maps stand, for findings. */
import type { Place } from "../../tls/facts.ts";
import { entries, placeOf, textOf, type YamlEntry, type YamlValue } from "./documents.ts";

export const entryOf = (value: YamlValue | undefined, key: string): YamlEntry | undefined => entries(value).find((it) => it.key === key);

/** From the key of a field to the end of a scalar value; of another value, the key. */
export function entryPlace(file: string, it: YamlEntry): Place;
export function entryPlace(file: string, it: YamlEntry | undefined): Place | undefined;
export function entryPlace(file: string, it: YamlEntry | undefined): Place | undefined {
  if (it === undefined) return undefined;
  const end = it.value === undefined || textOf(it.value) === undefined ? undefined : placeOf(it.value)?.end;
  return { file, span: end === undefined ? it.keySpan : { start: it.keySpan.start, end } };
}
