/** Versions and suites as Apache's directives list them, for clients or for upstreams (mod_ssl, `SSLProtocol`, `SSLCipherSuite`). */
import { isOlder, type Version } from "../../tls/facts.ts";
import { placeOf, reworded } from "../directives/places.ts";
import type { Directive } from "../directives/tree.ts";
import type { EdgeStatement } from "../proxy.ts";

const VERSIONS: Readonly<Record<string, Version>> = {
  sslv3: "SSL 3.0",
  tlsv1: "TLS 1.0",
  "tlsv1.1": "TLS 1.1",
  "tlsv1.2": "TLS 1.2",
  "tlsv1.3": "TLS 1.3",
};

/** `+` adds, `-` takes away, and a bare word begins anew, whatever stands before it (`ssl_cmd_protocol_parse`). */
function allowed({ words }: Directive): ReadonlySet<Version> {
  const found = new Set<Version>();
  for (const { value } of words) {
    const sign = value.charAt(0);
    const name = (sign === "+" || sign === "-" ? value.slice(1) : value).toLowerCase();
    const meant = name === "all" ? Object.values(VERSIONS) : [VERSIONS[name]];
    if (sign !== "+" && sign !== "-") found.clear();
    for (const it of meant) if (it !== undefined) sign === "-" ? found.delete(it) : found.add(it);
  }
  return found;
}

export function versionStatement(listed: Directive, written: string, role: "client" | "server"): readonly EdgeStatement[] {
  const [first, ...others] = allowed(listed);
  // What a variable holds may take versions away.
  if (first === undefined || listed.words.some(({ value }) => value.includes("$"))) return [];
  const oldest = others.reduce((a, b) => (isOlder(b, a) ? b : a), first);
  const betterments = [
    { version: "TLS 1.2", text: "-all +TLSv1.2 +TLSv1.3" },
    { version: "TLS 1.3", text: "-all +TLSv1.3" },
  ] as const;
  return [
    {
      ...placeOf(listed),
      fact: { kind: "minimum-version", version: oldest },
      role,
      call: `apache.${written}`,
      written,
      betterments: betterments.map(({ version, text }) => ({
        gives: { kind: "minimum-version", version },
        title: `Require ${version} or later`,
        edits: reworded(listed, text),
      })),
    },
  ];
}

/** What Apache itself excludes from every list (`ssl_cmd_SSLCipherSuite`). */
const ALWAYS = ":!aNULL:!eNULL:!EXP";

/** With two words the first one says of which protocol the suites are; those of TLS 1.3 are none of a cipher string. */
export function cipherStatement(listed: Directive, written: string, role: "client" | "server", strong: string): readonly EdgeStatement[] {
  const [first, second] = listed.words;
  const ciphers = second ?? first;
  if (ciphers === undefined || (second !== undefined && first?.value !== "SSL")) return [];
  const gives = { kind: "cipher-list", ciphers: strong } as const;
  const betterments = [{ gives, title: "Allow only strong cipher suites", edits: [{ span: ciphers.span, text: strong }] }];
  return [
    {
      ...placeOf(listed),
      fact: { kind: "cipher-list", ciphers: `${ciphers.value}${ALWAYS}` },
      role,
      call: `apache.${written}`,
      written,
      betterments,
    },
  ];
}
