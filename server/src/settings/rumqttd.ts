/** rumqttd's configuration: the `tls` tables of its listeners, which know `capath` (rustls) or `pkcs12path` (native-tls). */
import type { ServerContext } from "./rocket.ts";
import { type Setting, settingOf } from "./setting.ts";
import { TomlTables } from "./toml-tables.ts";

const KINDS = ["v4", "v5", "ws"];

export const isRumqttd = (text: string): boolean =>
  /^[ \t]*\[[ \t]*(?:v4|v5|ws)\./m.test(text) && /\b(?:certpath|capath|pkcs12path)\b/.test(text);

export function rumqttdSettings(text: string, context: ServerContext): readonly Setting[] {
  const tables = new TomlTables(text);
  return KINDS.flatMap((kind) => tables.below([kind]).map((name) => [kind, name, "tls"])).flatMap((path): readonly Setting[] => {
    const tls = tables.table(path);
    if (!tls) return [];
    const authority = tables.entry([...path, "capath"]);
    const base = { call: "rumqttd.tls", role: "server" } as const;
    if (!authority)
      return [settingOf({ ...base, ...tls, fact: { kind: "client-authentication", mode: "none" }, byDefault: true }, context)];
    if (context.needs === undefined) return [];
    const fact = { kind: "client-authentication", mode: "ignored", needs: context.needs } as const;
    return [settingOf({ ...base, fact, span: authority.span, written: "capath" }, context)];
  });
}
