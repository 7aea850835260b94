/** Who the peer is: headers that are taken for it, and servers that demand a certificate of which nobody takes any notice. */
import { HEADER_TRIGGERS, IDENTITY_HEADER } from "../models/identity-headers.ts";
import type { Block, Expression, Item, Statement } from "../rust/index.ts";
import type { FactOf } from "../tls/facts.ts";
import { effectiveEvents } from "./effective-events.ts";
import type { Body } from "./entries.ts";
import type { ReadingInput } from "./index.ts";
import { ADDRESS_CHECK, LOOKS_AT_PEER } from "./lexicon.ts";
import type { Machine } from "./machine.ts";
import type { ObservationDraft } from "./objects.ts";
import { nameObservations } from "./peer-names/index.ts";
import { expressionsIn } from "./spelling/trail.ts";

/** `isBeginning`: whether reading begins in a body. */
export function identityObservations(
  machine: Machine,
  input: ReadingInput,
  all: readonly Body[],
  isBeginning: (body: Body) => boolean,
): ObservationDraft[] {
  const bodies = all.filter(isBeginning);
  return [
    ...headersRead(machine, bodies),
    ...certificatesRead(machine, input, bodies),
    ...verdictsRead(machine, input, bodies),
    ...unseenPeers(machine, input),
    ...nameObservations(machine, input, { all, beginning: new Set(bodies) }, askingCalls(input)),
  ];
}

/** Calls that give the peer's certificate. */
export const askingCalls = (input: ReadingInput): ReadonlySet<string> =>
  new Set(
    input.models.flatMap((it) => it.calls.flatMap((call) => (call.readsPeerIdentity === "certificate" ? [lastName(call.path)] : []))),
  );

/** Calls that ask for the peer's certificate, and what becomes of the answer. */
function certificatesRead(machine: Machine, input: ReadingInput, bodies: readonly Body[]): ObservationDraft[] {
  const calls = askingCalls(input);
  const optional = demands(machine).includes("optional");
  return bodies.flatMap(({ item, file, path, names }) => {
    const block = item.kind === "function" && [...calls].some((it) => names.has(it)) ? item.body() : undefined;
    if (block === undefined) return [];
    const draft = (use: "dropped" | "assumed", of: Asking): ObservationDraft => ({
      fact: { kind: "peer-certificate", use, call: of.name },
      place: { file, span: of.nameSpan },
      related: [],
      path,
      draft: -1,
    });
    const dropped = statementsIn(block).flatMap((it) => {
      const unused = it.kind === "let" ? it.pattern.kind === "wildcard" : it.semicolon;
      const value = it.kind === "let" ? it.value : it.expression;
      const asking = unused && value !== undefined ? askingIn(value, calls, SAME) : undefined;
      return asking === undefined ? [] : [draft("dropped", asking)];
    });
    const assumed = expressionsIn(block).flatMap((it) => {
      if (!optional || it.kind !== "method" || !PANICKING.has(it.name)) return [];
      const asking = askingIn(it.receiver, calls, CARRYING);
      return asking === undefined ? [] : [draft("assumed", asking)];
    });
    return [...dropped, ...assumed];
  });
}

/**
 * Places where the verdict alone decides, in programs that only serve, and that never ask whether there is a certificate: of a client
 * that shows none the verdict is good. A client always has its server's certificate.
 */
function verdictsRead(machine: Machine, input: ReadingInput, bodies: readonly Body[]): ObservationDraft[] {
  const demanded = demands(machine);
  if (demanded.length === 0 || demanded.includes("required") || machine.objects.some(({ role }) => role === "client")) return [];
  const tellers = input.models.flatMap((it) =>
    it.calls.flatMap(({ tellsVerdict, path }) => (tellsVerdict !== undefined ? [lastName(path)] : [])),
  );
  const calls = new Set(tellers);
  if (input.files.some(({ file }) => ASKS_FOR_PEER.test(file.text))) return [];
  return bodies.flatMap(({ item, file, path, names }) => {
    const block = item.kind === "function" && tellers.some((it) => names.has(it)) ? item.body() : undefined;
    if (block === undefined) return [];
    return expressionsIn(block).flatMap((it): ObservationDraft[] => {
      if (it.kind !== "binary" || (it.operator !== "==" && it.operator !== "!=")) return [];
      const asking = askingIn(it.left, calls, SAME) ?? askingIn(it.right, calls, SAME);
      if (asking === undefined || ![it.left, it.right].some(isGood)) return [];
      return [
        {
          fact: { kind: "peer-certificate", use: "unasked", call: asking.name },
          place: { file, span: asking.nameSpan },
          related: [],
          path,
          draft: -1,
        },
      ];
    });
  });
}

const ASKS_FOR_PEER = /peer_cert|verified_chain/;
const isGood = (it: Expression): boolean => it.kind === "path" && it.path.segments.at(-1)?.name === "OK";

type Asking = Extract<Expression, { kind: "method" }>;
const lastName = (path: string): string => path.split("::").at(-1) ?? path;

/** Methods that hand on what they are called on, and those that hand on something of it, present or not. */
const SAME: ReadonlySet<string> = new Set(["clone", "cloned", "as_ref", "as_deref", "ok"]);
const CARRYING: ReadonlySet<string> = new Set([...SAME, "map", "and_then"]);
const PANICKING: ReadonlySet<string> = new Set(["unwrap", "expect"]);

function askingIn(value: Expression, calls: ReadonlySet<string>, through: ReadonlySet<string>): Asking | undefined {
  if (value.kind === "reference" || value.kind === "await") return askingIn(value.operand, calls, through);
  if (value.kind !== "method") return undefined;
  if (calls.has(value.name)) return value;
  return through.has(value.name) ? askingIn(value.receiver, calls, through) : undefined;
}

const statementsIn = (block: Block): readonly Statement[] => [
  ...block.statements,
  ...expressionsIn(block).flatMap((it) => blocksOf(it).flatMap(({ statements }) => statements)),
];

function blocksOf(it: Expression): readonly Block[] {
  if (it.kind === "block") return [it.block];
  if (it.kind === "if") return [it.then];
  return it.kind === "for" || it.kind === "while" || it.kind === "loop" ? [it.body] : [];
}

/** What servers of the program demand at the end. */
const demands = (machine: Machine): readonly string[] =>
  machine.objects.flatMap((object) =>
    effectiveEvents(object).flatMap((event) =>
      [...(event.facts.server ?? []), ...event.facts.any].flatMap((fact) => (fact.kind === "client-authentication" ? [fact.mode] : [])),
    ),
  );

function headersRead(machine: Machine, bodies: readonly Body[]): ObservationDraft[] {
  const reach = reachOfAll(machine);
  return bodies.flatMap((body) => {
    const { item, definition, file, path } = body;
    if (item.kind !== "function" || !NAMES.test([...body.names].join(" "))) return [];
    const block = item.body();
    if (block === undefined) return [];
    const { text } = definition.scope.source;
    const checked = ADDRESS_CHECK.test(text.slice(item.span.start, item.span.end));
    return expressionsIn(block).flatMap((expression): ObservationDraft[] => {
      const argument = headerArgument(expression, text);
      const header = argument === undefined ? undefined : headerIn(machine, argument, body);
      if (argument === undefined || header === undefined) return [];
      const fact = { kind: "identity-header", header, reach, checked } as const;
      return [{ fact, place: { file, span: argument.span }, related: [], path, draft: -1 }];
    });
  });
}

/** Whether a body may take a header for who the client is, in a file that names such headers. */
export const mayReadIdentity = (names: ReadonlySet<string>): boolean => [...names].some((it) => NAMES.test(it));
export const namesIdentity = (text: string): boolean => HEADER_TRIGGERS.some((it) => text.includes(it));

const NAMES = /header/i;
const GETTERS: ReadonlySet<string> = new Set(["get", "get_all", "get_one", "contains_key", "header", "get_header"]);

/** What names the header, where a header is read: `headers().get(name)`, `headers[name]`, `header(name)`. */
function headerArgument(it: Expression, text: string): Expression | undefined {
  const says = (of: Expression): boolean => /header/i.test(text.slice(of.span.start, of.span.end).slice(-80));
  if (it.kind === "method") {
    const [only, ...others] = it.arguments;
    if (only === undefined || others.length > 0 || !GETTERS.has(it.name)) return undefined;
    return /header/.test(it.name) || says(it.receiver) ? only : undefined;
  }
  if (it.kind === "index") return says(it.base) ? it.index : undefined;
  if (it.kind === "call" && it.callee.kind === "path" && it.arguments.length === 1)
    return it.callee.path.segments.some((one) => one.name === "header") ? it.arguments[0] : undefined;
  return undefined;
}

/** By its literal, or by the constant that stands for it. */
function headerIn(machine: Machine, argument: Expression, { definition }: Body): string | undefined {
  const { scope } = definition;
  const literal = (text: string): string | undefined =>
    [...text.matchAll(/"([^"\\\n]+)"/g)].flatMap(([, name = ""]) => (IDENTITY_HEADER.test(name) ? [name] : []))[0];
  if (argument.kind !== "path") return literal(scope.source.text.slice(argument.span.start, argument.span.end));
  const found = machine.scopes.resolve(argument.path, scope);
  if (found.kind !== "local" || (found.definition.item.kind !== "const" && found.definition.item.kind !== "static")) return undefined;
  const { span } = found.definition.item;
  return literal(found.definition.scope.source.text.slice(span.start, span.end));
}

/** Who can reach the program: by its listeners, as far as they are known. */
function reachOfAll(machine: Machine): FactOf<"identity-header">["reach"] {
  const all = machine.objects.flatMap((object) =>
    object.events.flatMap((event) => event.facts.any.flatMap((fact) => (fact.kind === "listener" ? [fact.reach] : []))),
  );
  if (all.includes("public")) return "public";
  return all.length > 0 && all.every((it) => it === "loopback") ? "loopback" : "unknown";
}

/** Only of a program all of whose files are read: elsewhere somebody may look. */
function unseenPeers(machine: Machine, input: ReadingInput): ObservationDraft[] {
  if (machine.readsPeerIdentity || !isComplete(machine, input)) return [];
  if (input.files.some(({ file }) => LOOKS_AT_PEER.test(file.text))) return [];
  return machine.objects.flatMap((object) =>
    object.events.flatMap((event): ObservationDraft[] => {
      if (!event.facts.any.some((it) => it.kind === "listener" && it.transport === "tls")) return [];
      const { place, path, draft } = event;
      return [{ fact: { kind: "peer-identity", looked: false }, place, related: [], path, draft, object }];
    }),
  );
}

/** Every module that a file declares is there, and the program begins in one of them. */
function isComplete(machine: Machine, input: ReadingInput): boolean {
  const paths = new Set(input.files.map(({ modulePath }) => modulePath.join("::")));
  const declared = (items: readonly Item[], within: readonly string[]): readonly string[] =>
    items.flatMap((it) => {
      if (it.kind !== "module") return [];
      const path = [...within, it.name];
      return it.items === undefined ? [path.join("::")] : declared(it.items, path);
    });
  const modules = new Map(input.files.map(({ name, modulePath }) => [name, modulePath]));
  return machine.scopes.roots.every((root) => declared(root.items, modules.get(root.file) ?? []).every((it) => paths.has(it)));
}
