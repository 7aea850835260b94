/** Fields of Envoy's messages, which its JSON and YAML may name in either case (protobuf, "ProtoJSON Format"), and the types of `Any`. */
import type { Place } from "../../tls/facts.ts";
import { entries, get, placeOf, textOf, type YamlEntry, type YamlValue } from "../yaml/documents.ts";

/** A file that is read. */
export interface EnvoyText {
  readonly file: string;
  readonly text: string;
  /** `static_resources.secrets`, by name. */
  readonly secrets: ReadonlyMap<string, YamlValue>;
}

const camel = (name: string): string => {
  const [first = "", ...more] = name.split("_");
  return first + more.map((it) => it.charAt(0).toUpperCase() + it.slice(1)).join("");
};

export const entry = (value: YamlValue | undefined, name: string): YamlEntry | undefined => {
  const other = camel(name);
  return entries(value).find(({ key }) => key === name || key === other);
};

export const field = (value: YamlValue | undefined, ...path: readonly string[]): YamlValue | undefined =>
  path.reduce<YamlValue | undefined>((it, name) => entry(it, name)?.value, value);

export const fieldText = (value: YamlValue | undefined, ...path: readonly string[]): string | undefined => textOf(field(value, ...path));

/** `DownstreamTlsContext` of `type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext`. */
export const typeOf = (value: YamlValue | undefined): string | undefined => textOf(get(value, "@type"))?.split(".").at(-1);

/** Where a message is: its type, else its first field. */
export function messagePlace(file: string, value: YamlValue): Place | undefined {
  const at = [get(value, "@type"), value].map((it) => (it === undefined ? undefined : placeOf(it)));
  const first = entries(value)[0];
  if (at[0] !== undefined) return { file, span: at[0] };
  return first === undefined ? undefined : { file, span: first.keySpan };
}
