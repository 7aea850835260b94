/**
 * `Rocket.toml`: profiles that are laid over one another, `default` below and `global` above the selected one, table by table
 * (Rocket's configuration guide; figment's `merge`). `mandatory` is off unless it is written.
 */
import type { Guard, Reach } from "../tls/facts.ts";
import { reachOfHost } from "../tls/hosts.ts";
import { type Circumstance, type Setting, type Statement, settingOf } from "./setting.ts";
import { type Entry, type Table, TomlTables } from "./toml-tables.ts";

export interface ServerContext extends Circumstance {
  /** What is missing of the crate for client authentication to be carried out: "the feature `mtls` of `rocket`". */
  readonly needs?: string;
}

export function rocketSettings(text: string, context: ServerContext): readonly Setting[] {
  const tables = new TomlTables(text);
  // A program built for release selects one of these; whoever starts it may select another.
  const profiles = ["release", ...tables.tops().filter((it) => !["default", "global", "release", "debug"].includes(it)), "debug"];
  return profiles.flatMap((profile) => {
    const development: readonly Guard[] =
      profile === "debug"
        ? [
            {
              kind: "cfg",
              predicate: { kind: "flag", name: "debug_assertions" },
              optIn: false,
              place: { file: context.file, span: { start: 0, end: 0 } },
            },
          ]
        : [];
    const layers = ["global", profile, "default"];
    const all = [...client(tables, layers, context), ...listener(tables, layers)];
    return all.map((it) => settingOf({ ...it, guards: development }, context));
  });
}

/** The uppermost layer that has it. */
const over = <T>(layers: readonly string[], find: (layer: string) => T | undefined): T | undefined => {
  for (const layer of layers) {
    const found = find(layer);
    if (found !== undefined) return found;
  }
  return undefined;
};

function client(tables: TomlTables, layers: readonly string[], { needs }: ServerContext): readonly Statement[] {
  const tls = over(layers, (it) => tables.table([it, "tls"]));
  if (!tls) return [];
  const mutual: Table | undefined = over(layers, (it) => tables.table([it, "tls", "mutual"]));
  const base = { call: "Rocket.toml.mutual", role: "server" } as const;
  if (!mutual) return [{ ...base, ...tls, fact: { kind: "client-authentication", mode: "none" }, byDefault: true }];
  if (needs !== undefined) return [{ ...base, ...mutual, fact: { kind: "client-authentication", mode: "ignored", needs } }];
  const mandatory: Entry | undefined = over(layers, (it) => tables.entry([it, "tls", "mutual", "mandatory"]));
  if (mandatory && mandatory.value !== "false") return [];
  const fact = { kind: "client-authentication", mode: "optional" } as const;
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const title = "Require client certificates";
  if (mandatory) {
    const edits = [{ span: mandatory.valueSpan, text: "true" }];
    return [{ ...base, fact, span: mandatory.span, written: "mandatory = false", betterments: [{ gives, title, edits }] }];
  }
  const end = tables.end(mutual.path);
  const edits = end && [{ span: { start: end.at, end: end.at }, text: `${end.lead}mandatory = true` }];
  return [{ ...base, ...mutual, fact, byDefault: true, betterments: edits ? [{ gives, title, edits }] : [] }];
}

function listener(tables: TomlTables, layers: readonly string[]): readonly Statement[] {
  const address: Entry | undefined = over(layers, (it) => tables.entry([it, "address"]));
  if (!address || over(layers, (it) => tables.table([it, "tls"]))) return [];
  const everywhere = address.value === "0.0.0.0" || address.value === "::";
  const reach: Reach = everywhere ? "public" : reachOfHost(address.value);
  return [
    {
      fact: {
        kind: "listener",
        transport: "plaintext",
        reach: reach === "loopback" ? "loopback" : everywhere ? "public" : "unknown",
        address: address.value,
      },
      span: address.span,
      written: "address",
      call: "Rocket.toml.address",
      role: "server",
    },
  ];
}
