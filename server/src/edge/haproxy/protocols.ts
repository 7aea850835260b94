/** Versions and cipher suites: of a `bind` or a `server`, and what `global` says for every `bind` (Configuration Manual, 3.1, 5.1, 5.2). */
import { RECOMMENDED_CIPHERS } from "../../tls/ciphers.ts";
import type { Version } from "../../tls/facts.ts";
import type { EdgeStatement, ProxyServer } from "../proxy.ts";
import { has, lines, optionOf, pair } from "./options.ts";
import type { HaproxyText, Line, Word } from "./syntax.ts";

const VERSIONS: Readonly<Record<string, Version>> = {
  SSLv3: "SSL 3.0",
  "TLSv1.0": "TLS 1.0",
  "TLSv1.1": "TLS 1.1",
  "TLSv1.2": "TLS 1.2",
  "TLSv1.3": "TLS 1.3",
};

export function versionOf(line: Line, file: string, role: "client" | "server"): readonly EdgeStatement[] {
  const least = optionOf(line, "ssl-min-ver");
  const version = VERSIONS[least?.value ?? ""];
  if (least === undefined || version === undefined) return [];
  const better = (wanted: "TLS 1.2" | "TLS 1.3") => ({
    gives: { kind: "minimum-version", version: wanted } as const,
    title: `Require ${wanted} or later`,
    edits: [{ span: least.span, text: wanted.replace("TLS ", "TLSv") }],
  });
  const written = `ssl-min-ver ${least.value}`;
  const fact = { kind: "minimum-version", version } as const;
  return [{ ...pair(file, line, least), fact, role, call: "ssl-min-ver", written, betterments: [better("TLS 1.2"), better("TLS 1.3")] }];
}

export const ciphersOf = (line: Line, file: string, role: "client" | "server"): readonly EdgeStatement[] =>
  cipherList(line, optionOf(line, "ciphers"), file, role);

function cipherList(line: Line, ciphers: Word | undefined, file: string, role: "client" | "server"): readonly EdgeStatement[] {
  const name = ciphers === undefined ? undefined : line.words[line.words.indexOf(ciphers) - 1];
  if (ciphers === undefined || name === undefined) return [];
  const edits = [{ span: ciphers.span, text: RECOMMENDED_CIPHERS }];
  const betterments = [
    { gives: { kind: "cipher-list", ciphers: RECOMMENDED_CIPHERS } as const, title: "Allow only strong cipher suites", edits },
  ];
  const fact = { kind: "cipher-list", ciphers: ciphers.value } as const;
  return [{ ...pair(file, line, ciphers), fact, role, call: "ciphers", written: name.value, betterments }];
}

/** What a line says of old versions: what `global` says then does not count for it. */
const isOfOldest = ({ value }: Word): boolean => value === "ssl-min-ver" || value === "no-tlsv11" || value.startsWith("force-tlsv");

/** `ssl-default-bind-options` and `ssl-default-bind-ciphers`, where a `bind` goes by them. */
export function defaultsOf({ sections }: HaproxyText, file: string): readonly ProxyServer[] {
  const binds = sections.flatMap((it) => lines(it, "bind")).filter((it) => has(it, "ssl"));
  const said = (keyword: string): readonly Line[] => sections.filter(({ kind }) => kind === "global").flatMap((it) => lines(it, keyword));
  const statements = [
    ...(binds.some(({ words }) => !words.some(isOfOldest)) ? said("ssl-default-bind-options") : []).flatMap((it) =>
      versionOf(it, file, "server"),
    ),
    ...(binds.some((it) => !has(it, "ciphers")) ? said("ssl-default-bind-ciphers") : []).flatMap((it) =>
      cipherList(it, it.words[1], file, "server"),
    ),
  ];
  return statements.map((it) => ({ product: "HAProxy", place: { file, span: it.span }, tls: true, statements: [it], routes: [] }));
}
