/** The vocabularies of `models/connections/` applied to a text that may be a connection string. */
import { span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { type ConnectionModel, connections, type SchemeModel, type SwitchModel, type ValueModel } from "../models/connections/index.ts";
import type { Fact, Role } from "../tls/facts.ts";
import { type Address, type Parameter, readPairs, readUrl } from "./addresses.ts";
import type { Variable } from "./environment.ts";
import { type Betterment, type Circumstance, type Setting, settingOf } from "./setting.ts";

export interface ConnectionText extends Circumstance {
  readonly text: string;
  /** Where the text stands in its file. */
  readonly offset: number;
  /** Packages that may be the ones that read it. */
  readonly drivers: ReadonlySet<string>;
  /** Whether one of these calls is given it, as far as that can be seen. */
  isGivenTo?(clients: readonly string[]): boolean;
}

const schemes = [...new Set(connections.flatMap((it) => it.schemes.map(({ scheme }) => scheme)))];
/** In strings of pairs no scheme shows what they are. */
const keys = [
  ...new Set(
    connections.flatMap(({ pairs, switches }) => (switches ?? []).flatMap((it: SwitchModel) => (it.unmistakable || pairs ? it.keys : []))),
  ),
];
const escaped = (word: string): string => word.replace(/[.+*]/g, "\\$&");

/** Where a connection string or a piece of one may be: schemes, and keys that mean nothing else. Global, to find them all. */
export const CONNECTION_WORDS = new RegExp(
  `\\b(?:${schemes.map(escaped).join("|")})(?=://)|\\b(?:${keys.map(escaped).join("|")})(?=\\s*=)`,
  "gi",
);

const hasWords = new RegExp(CONNECTION_WORDS.source, "i");
export const mentionsConnection = (text: string): boolean => hasWords.test(text);

/** Packages that some vocabulary asks for. */
export const drivers: ReadonlySet<string> = new Set(
  connections.flatMap((it) => [
    ...(it.switches ?? []).flatMap((one: SwitchModel) => one.drivers ?? []),
    ...(it.silences ?? []).flatMap((one) => one.drivers),
  ]),
);

export function readConnection(input: ConnectionText): readonly Setting[] {
  if (!mentionsConnection(input.text)) return [];
  const url = readUrl(input.text, input.offset);
  if (url) {
    const found = connections.find((it) => it.schemes.some(({ scheme }) => scheme === url.scheme?.name));
    return found ? [...switchesOf(found, url, input), ...silenceOf(found, url, input)] : [];
  }
  for (const model of connections) {
    const address = readPairs(input.text, input.offset, model.pairs);
    const found = address?.parameters.some((it) => isOwn(model, it)) ? switchesOf(model, address, input) : [];
    if (found.length > 0) return found;
  }
  return [];
}

/** `PGSSLMODE=prefer`: a variable that some driver reads by itself. */
export function readVariable(variable: Variable, input: Circumstance & { readonly drivers: ReadonlySet<string> }): readonly Setting[] {
  for (const model of connections) {
    const switches = (model.switches ?? []).filter((it: SwitchModel) => it.variables?.includes(variable.name));
    const key = switches[0]?.keys[0];
    if (key === undefined) continue;
    const readers = (them: readonly SwitchModel[]): boolean => them.some((it) => it.drivers?.some((driver) => input.drivers.has(driver)));
    // The drivers that are there read no variables.
    if (readers(model.switches ?? []) && !readers(switches)) continue;
    const address: Address = { reach: "unknown", password: false, parameters: [{ ...variable, key }], span: variable.span };
    return switchesOf({ ...model, switches }, address, {
      ...input,
      text: `${variable.name}=${variable.value}`,
      offset: variable.span.start,
    });
  }
  return [];
}

const isOwn = (model: ConnectionModel, { key }: Parameter): boolean =>
  (model.switches ?? []).some((it) => it.unmistakable && it.keys.includes(key)) || (model.pairs?.hosts.includes(key) ?? false);

function switchesOf(model: ConnectionModel, address: Address, input: ConnectionText): readonly Setting[] {
  const { fragment } = address;
  const word = fragment && { name: fragment.text.slice(1), key: fragment.text.slice(1).toLowerCase(), value: "" };
  const candidates: readonly (Parameter & { readonly place?: "fragment" })[] = [
    ...address.parameters,
    ...(fragment && word ? [{ ...word, place: "fragment" as const, valueSpan: fragment.span, span: fragment.span }] : []),
  ];
  return candidates.flatMap((parameter): readonly Setting[] => {
    const switches = (model.switches ?? []).filter((it) => it.keys.includes(parameter.key) && it.place === parameter.place);
    const value = meaning(switches, parameter.value, address, input.drivers);
    if (!value) return [];
    const { fact, role } = placed(value.states, address, input.isGivenTo?.(model.clients ?? []) ? "client" : undefined);
    return [
      settingOf(
        {
          fact,
          span: parameter.span,
          written: parameter.place === "fragment" ? `#${parameter.name}` : `${parameter.name}=${parameter.value}`,
          call: `${model.name}.${parameter.key}`,
          ...(role ? { role } : {}),
          betterments: bettermentsOf(value, parameter, fact),
        },
        input,
      ),
    ];
  });
}

/** What those who may read it agree on; nothing where they do not. */
function meaning(switches: readonly SwitchModel[], written: string, address: Address, known: ReadonlySet<string>): ValueModel | undefined {
  const readers = switches.filter((it) => it.drivers?.some((driver) => known.has(driver)));
  const asked = readers.length > 0 ? readers : switches.filter((it) => it.drivers === undefined);
  const found = asked.map((it) => it.values.find(({ is }) => is.includes(written.toLowerCase())));
  const [first] = found;
  if (!first || found.some((it) => it === undefined)) return undefined;
  if (first.unless?.some((key) => address.parameters.some((it) => it.key === key))) return undefined;
  const gravest = found.map((it) => it?.states).every((it) => JSON.stringify(it) === JSON.stringify(first.states));
  return gravest ? first : found.find((it) => it && "mode" in it.states && it.states.mode === "optional");
}

/** Facts of a connection tell how far it goes. */
function placed(fact: Fact, { reach, scheme }: Address, role: Role | undefined): { readonly fact: Fact; readonly role?: Role } {
  // A piece of an address shows no host.
  const known = scheme !== undefined || reach !== "unknown";
  switch (fact.kind) {
    case "server-verification":
    case "hostname-verification":
    case "database-tls":
    case "upgrade":
      return { fact: known ? { ...fact, reach } : fact, ...(role ? { role } : {}) };
    default:
      return { fact, ...(role ? { role } : {}) };
  }
}

function bettermentsOf({ better }: ValueModel, { value, valueSpan, name }: Parameter, fact: Fact): readonly Betterment[] {
  if (better === undefined) return [];
  const gives = wantedOf(fact);
  if (better === "") return [{ gives, title: `Remove \`#${name}\``, edits: [{ span: valueSpan, text: "" }] }];
  // `disabled` or `DISABLED`, as the neighbours are written.
  const word = /^[a-z_-]+$/.test(value) ? better.toLowerCase() : /^[A-Z_-]+$/.test(value) ? better.toUpperCase() : better;
  return [{ gives, title: `Set \`${name}=${word}\``, edits: [{ span: valueSpan, text: word }] }];
}

function wantedOf(fact: Fact): Betterment["gives"] {
  switch (fact.kind) {
    case "database-tls":
      return { kind: fact.kind, mode: "verified" };
    case "upgrade":
      return { kind: fact.kind, demand: "required" };
    case "server-verification":
    case "hostname-verification":
      return { kind: fact.kind, enabled: true };
    default:
      return { kind: fact.kind };
  }
}

/** What an address without a word about TLS means. */
function silenceOf(model: ConnectionModel, address: Address, input: ConnectionText): readonly Setting[] {
  const { scheme, parameters, reach, host, password } = address;
  if (!scheme) return [];
  const found: SchemeModel | undefined = model.schemes.find((it) => it.scheme === scheme.name);
  const says = (keys: readonly string[] | undefined): boolean => parameters.some((it) => keys?.includes(it.key));
  const silence = model.silences?.find((it) => it.drivers.some((driver) => input.drivers.has(driver)));
  const place = span(scheme.span.start, scheme.span.end + 3);
  const written = `${scheme.name}://`;
  if (silence && !says(silence.keys) && found && !found.tls) {
    const { fact } = placed(silence.states, address, undefined);
    // Of a host that is put in at run time the code says more.
    const told = password && reach !== "unknown" && fact.kind === "database-tls" ? { ...fact, credentials: true as const } : fact;
    return [settingOf({ fact: told, span: place, written, call: `${model.name}.silence`, role: "client", byDefault: true }, input)];
  }
  if (!found?.plaintext || says(found.plaintext.unless) || (found.onlyWithPassword && !password)) return [];
  const fact: Fact = { kind: "upstream", reach, credentials: password, ...(host === undefined ? {} : { host }) };
  return [
    settingOf(
      {
        fact,
        span: place,
        written,
        call: `${model.name}.${scheme.name}`,
        role: "client",
        betterments: encrypted(found, model, input),
      },
      input,
    ),
  ];
}

/** The scheme with TLS, and its port where that of the other is written. Of a list of addresses, all of them. */
function encrypted({ scheme, better, port }: SchemeModel, model: ConnectionModel, { text, offset }: ConnectionText): readonly Betterment[] {
  if (better === undefined) return [];
  const open = `(?<![\\w+.-])(${escaped(scheme)})://`;
  const schemes = [...text.matchAll(new RegExp(open, "gi"))].map(
    ({ 1: word = "", index }): TextEdit => ({ span: span(offset + index, offset + index + word.length), text: better }),
  );
  const other = model.schemes.find((it) => it.scheme === better)?.port;
  const ports =
    port === undefined || other === undefined
      ? []
      : [...text.matchAll(new RegExp(`${open}[^/?#,\\s"']*:(?=${port}(?![^/?#,\\s"']))`, "gi"))].map(({ 0: before, index }): TextEdit => {
          const start = offset + index + before.length;
          return { span: span(start, start + String(port).length), text: String(other) };
        });
  const title = `Use \`${better}://\`${ports.length === 0 ? "" : ` and port \`${other}\``}`;
  return [{ gives: { kind: "upstream" }, title, edits: [...schemes, ...ports] }];
}
