/** Where HAProxy answers: the address of a `bind` (Configuration Manual, 5.1), unless its section sends requests without TLS away. */
import { span } from "../../base/span.ts";
import { listensOnLoopback } from "../authority.ts";
import type { ProxyListener } from "../proxy.ts";
import type { Line, Section } from "./syntax.ts";

export function listenersOf(bind: Line, { lines }: Section, file: string): readonly ProxyListener[] {
  const address = bind.words[1];
  const tls = bind.words.some(({ value }) => value === "ssl");
  if (address === undefined || (!tls && lines.some(isTurnedAway))) return [];
  const bare = address.value.replace(/^ipv[46]@/, "");
  return [
    {
      place: { file, span: span(bind.span.start, address.span.end) },
      written: `bind ${address.value}`,
      tls,
      isLoopback: bare.startsWith("abns@") || listensOnLoopback(bare),
    },
  ];
}

/** `redirect scheme https if !{ ssl_fc }`, or a rule that denies by `ssl_fc`, as a line or as a rule of requests. */
const isTurnedAway = ({ words }: Line): boolean => {
  const has = (value: string): boolean => words.some((it) => it.value === value);
  return (has("redirect") && has("scheme") && has("https")) || ((has("deny") || has("reject")) && has("ssl_fc"));
};
