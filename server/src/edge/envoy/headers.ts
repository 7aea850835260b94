/**
 * What Envoy tells the service of its client: `x-forwarded-client-cert` (HttpConnectionManager, `forward_client_cert_details`), and headers
 * that are added. A header is added to the client's own copy unless it overwrites it, and one without a value overwrites nothing (seen
 * with Envoy 1.40).
 */
import { type ForwardedHeader, isOfCertificate, type Provenance, type ProxyAuthentication } from "../proxy.ts";
import { entries, items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import { added, replaced } from "../yaml/edits.ts";
import { entryPlace } from "../yaml/places.ts";
import { type EnvoyText, entry, field, fieldText, messagePlace } from "./fields.ts";

const FORWARDED = "x-forwarded-client-cert";

/** Of a connection manager, by its mode; by default the header is removed, and without mutual TLS by all modes but one. */
export function forwardedCertificate(
  manager: YamlValue,
  { file }: EnvoyText,
  authentication: ProxyAuthentication | undefined,
): readonly ForwardedHeader[] {
  const mode = entry(manager, "forward_client_cert_details");
  const place = entryPlace(file, mode) ?? messagePlace(file, manager);
  if (place === undefined) return [];
  const removes = replaced(mode?.value, "SANITIZE_SET");
  const details = field(manager, "set_current_client_cert_details");
  const isWhole = ["cert", "chain"].some((it) => fieldText(details, it) === "true");
  const said = textOf(mode?.value) ?? "SANITIZE";
  switch (authentication === undefined && said !== "ALWAYS_FORWARD_ONLY" ? "SANITIZE" : said) {
    case "SANITIZE":
    case "0":
      return [{ name: FORWARDED, from: "nothing", place, removes: [] }];
    case "SANITIZE_SET":
    case "3":
      return [{ name: FORWARDED, from: isWhole ? "certificate" : "identity", place, removes: replaced(mode?.value, "SANITIZE") }];
    case "APPEND_FORWARD":
    case "2":
      return [{ name: FORWARDED, from: isWhole ? "certificate" : "identity", kept: "beside", place, removes }];
    case "FORWARD_ONLY":
    case "1":
    case "ALWAYS_FORWARD_ONLY":
    case "4":
      return [{ name: FORWARDED, from: "client", place, removes }];
    default:
      return [];
  }
}

/** `request_headers_to_add` and `request_headers_to_remove` of one level. */
export function changedHeaders(
  level: YamlValue,
  text: EnvoyText,
  authentication: ProxyAuthentication | undefined,
): readonly ForwardedHeader[] {
  const { file } = text;
  const removed = items(field(level, "request_headers_to_remove")).flatMap((it): readonly ForwardedHeader[] => {
    const name = textOf(it);
    const at = placeOf(it);
    return name === undefined || at === undefined ? [] : [{ name, from: "nothing", place: { file, span: at }, removes: [] }];
  });
  const set = items(field(level, "request_headers_to_add")).flatMap((it) => addedHeader(it, text, authentication));
  return [...set, ...removed.filter((it) => !set.some(({ name }) => name.toLowerCase() === it.name.toLowerCase()))];
}

function addedHeader(
  option: YamlValue,
  { file, text }: EnvoyText,
  authentication: ProxyAuthentication | undefined,
): readonly ForwardedHeader[] {
  const key = field(option, "header", "key");
  const at = key === undefined ? undefined : placeOf(key);
  const name = textOf(key);
  if (name === undefined || at === undefined) return [];
  const from = provenanceOf(fieldText(option, "header", "value") ?? "");
  const place = { file, span: at };
  const overwrites =
    fieldText(option, "append_action")?.startsWith("OVERWRITE_IF_EXISTS") === true || fieldText(option, "append") === "false";
  const own = { name, from, place, removes: [] };
  const isAlways =
    overwrites && (authentication?.mode === "required" || fieldText(option, "keep_empty_value") === "true" || !isOfCertificate(own));
  if (isAlways || from === "client") return [own];
  const older = entry(option, "append");
  const newer = entry(option, "append_action");
  const needed = {
    ...(overwrites ? {} : { append_action: "OVERWRITE_IF_EXISTS_OR_ADD" }),
    ...(authentication?.mode === "required" ? {} : { keep_empty_value: true }),
  };
  const removes =
    older !== undefined && !overwrites
      ? replaced(older.value, "false")
      : newer !== undefined && !overwrites
        ? replaced(newer.value, "OVERWRITE_IF_EXISTS_OR_ADD")
        : added(text, option, needed);
  return [{ name, from, kept: overwrites ? "without-certificate" : "beside", place, removes }];
}

/** By the commands that Envoy fills in ("Access log format strings", which headers share). */
function provenanceOf(value: string): Provenance {
  if (value.includes("%REQ(")) return "client";
  if (value.includes("%DOWNSTREAM_PEER_CERT%")) return "certificate";
  if (value.includes("%DOWNSTREAM_TLS_FAILURE_REASON%")) return "verdict";
  return value.includes("%DOWNSTREAM_PEER_") ? "identity" : "other";
}

/** Before the fields of a route or connection manager: nothing of the header goes on. */
export const clearing = (route: YamlValue, manager: YamlValue, header: string, { text }: EnvoyText) =>
  header.toLowerCase() === FORWARDED
    ? replaced(field(manager, "forward_client_cert_details"), "SANITIZE")
    : entries(route).some(({ key }) => key === "request_headers_to_remove")
      ? []
      : added(text, route, { request_headers_to_remove: [header] });
