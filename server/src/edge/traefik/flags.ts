/**
 * Traefik's static configuration as arguments of its command line or variables of its environment: in Compose, in containers of Kubernetes,
 * in values of its Helm chart. Names of arguments are known without regard to case, and one of a switch needs no value (traefik/paerser,
 * `flag/flagparser.go`).
 */
import { type Span, span } from "../../base/span.ts";
import type { EdgeStatement } from "../proxy.ts";
import { entries, isElsewhere, items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";

const SKIPS = "serverstransport.insecureskipverify";
const SKIPS_AS_VARIABLE = "TRAEFIK_SERVERSTRANSPORT_INSECURESKIPVERIFY";

export const hasFlags = (text: string): boolean => text.toLowerCase().includes(`--${SKIPS}`) || text.includes(SKIPS_AS_VARIABLE);

/** That no service is verified, wherever an argument or a variable says so. */
export const flagStatements = (file: string, text: string, whole: YamlValue): readonly EdgeStatement[] =>
  [...argumentsIn(whole), ...variablesIn(whole)].flatMap(({ name, value, at }) => statementOf(file, text, { name, value, at }));

interface Said {
  readonly name: string;
  /** Undefined for an argument without a value: to name it is to ask for it. */
  readonly value: string | undefined;
  /** The scalar in which it stands. */
  readonly at: Span;
}

/** A list of one argument each, or all in one text. */
function argumentsIn(value: YamlValue): readonly Said[] {
  if (isElsewhere(value)) return [];
  const at = placeOf(value);
  const words = at === undefined ? [] : (textOf(value) ?? "").split(/\s+/).filter((it) => it.toLowerCase().startsWith(`--${SKIPS}`));
  return [
    ...words.flatMap((word) => {
      const [name = "", given] = word.split("=");
      return at !== undefined && name.toLowerCase() === `--${SKIPS}` ? [{ name, value: given, at }] : [];
    }),
    ...items(value).flatMap(argumentsIn),
    ...entries(value).flatMap((it) => (it.value === undefined ? [] : argumentsIn(it.value))),
  ];
}

/** `NAME=value` in a list, `NAME: value` in a map, or `name` and `value` of a container. */
function variablesIn(value: YamlValue): readonly Said[] {
  if (isElsewhere(value)) return [];
  const all = entries(value);
  const own = all.find(({ key }) => key === SKIPS_AS_VARIABLE);
  const named = all.some((it) => it.key === "name" && textOf(it.value) === SKIPS_AS_VARIABLE);
  const given = own ?? (named ? all.find(({ key }) => key === "value") : undefined);
  const at = given?.value && placeOf(given.value);
  const [name, listed] = (textOf(value) ?? "").split("=");
  const place = placeOf(value);
  return [
    ...(given === undefined || at === undefined
      ? []
      : [{ name: SKIPS_AS_VARIABLE, value: textOf(given.value), at: own === undefined ? at : span(own.keySpan.start, at.end) }]),
    ...(name === SKIPS_AS_VARIABLE && listed !== undefined && place !== undefined ? [{ name, value: listed, at: place }] : []),
    ...items(value).flatMap(variablesIn),
    ...all.flatMap((it) => (it.value === undefined ? [] : variablesIn(it.value))),
  ];
}

function statementOf(file: string, text: string, { name, value, at }: Said): readonly EdgeStatement[] {
  if (value !== undefined && !TRUE.has(value)) return [];
  const written = text.slice(at.start, at.end);
  const start = at.start + Math.max(0, written.indexOf(name));
  const end = value === undefined ? start + name.length : text.indexOf(value, start) + value.length;
  const edits = value === undefined ? [{ span: span(end, end), text: "=false" }] : [{ span: span(end - value.length, end), text: "false" }];
  return [
    {
      file,
      span: text.startsWith(name, start) ? span(start, end) : at,
      fact: { kind: "server-verification", enabled: false, reach: "unknown" },
      role: "client",
      call: "traefik.insecureSkipVerify",
      written: "insecureSkipVerify",
      betterments: [{ gives: { kind: "server-verification", enabled: true }, title: "Verify the certificates of all services", edits }],
    },
  ];
}

/** As Go's `strconv.ParseBool` reads them. */
const TRUE: ReadonlySet<string> = new Set(["1", "t", "T", "true", "TRUE", "True"]);
