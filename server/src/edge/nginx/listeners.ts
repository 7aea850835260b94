/** Where an nginx `server` answers, with TLS and without (ngx_http_core_module, `listen`). */
import { listensOnLoopback } from "../authority.ts";
import { inherited, type Level } from "../directives/levels.ts";
import { placeOf, writtenOf } from "../directives/places.ts";
import type { ProxyListener } from "../proxy.ts";

export function listenersOf(server: Level): readonly ProxyListener[] {
  const isAll = inherited(server, "ssl")?.words[0]?.value === "on";
  return (
    server.directives
      .filter(({ name }) => name.value === "listen")
      // What a variable holds may be `443 ssl`.
      .filter(({ words }) => !words.some(({ value }) => value.startsWith("$")))
      .map((listen) => ({
        place: placeOf(listen),
        written: writtenOf(listen),
        tls: isAll || listen.words.some(({ value }) => value === "ssl" || value === "quic"),
        isLoopback: listensOnLoopback(listen.words[0]?.value ?? ""),
      }))
      .filter((it) => it.tls || !isTurnedAway(server))
  );
}

/** Variables that tell requests without TLS from others. */
const TELLING: ReadonlySet<string> = new Set(["$scheme", "$https", "$ssl_protocol", "$ssl_cipher", "$server_port"]);

/** `if ($scheme = http) { return 301 https://$host$request_uri; }` */
const isTurnedAway = (server: Level): boolean =>
  server.directives.some(({ name }) => name.value === "return") ||
  server.blocks.some(
    ({ kind, opened, directives }) =>
      kind === "if" &&
      opened?.words.some(({ value }) => TELLING.has(value.replace("(", "").replace(")", ""))) === true &&
      directives.some(({ name }) => name.value === "return" || name.value === "rewrite"),
  );
