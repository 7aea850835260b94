/** Which hosts a connection is made to by default, as far as literals tell. */
import type { Reach } from "../tls/facts.ts";
import { reachOfHost, widest } from "../tls/hosts.ts";
import type { Defaults } from "./defaults.ts";
import { originsOf } from "./option-defaults.ts";
import { hostIn } from "./peers.ts";
import type { Sites } from "./sites.ts";
import type { Asking } from "./unset.ts";

/** Undefined where no literal says it. */
export function hostsBehind(program: { readonly sites: Sites; readonly defaults: Defaults }, asked: readonly Asking[]): Reach | undefined {
  const hosts = asked.flatMap((it) =>
    originsOf(program, it).flatMap(({ only }) =>
      only.kind === "constant" && only.literal.type === "string" ? [hostIn(only.literal.value).host] : [],
    ),
  );
  return hosts.length === 0 ? undefined : widest(hosts.map(reachOfHost));
}
