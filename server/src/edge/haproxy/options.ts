/** Options of a line: a word, and what stands behind it. */
import { span } from "../../base/span.ts";
import type { Place } from "../../tls/facts.ts";
import type { Line, Section, Word } from "./syntax.ts";

export const lines = ({ lines: all }: Section, keyword: string): readonly Line[] => all.filter(({ words }) => words[0]?.value === keyword);

/** What stands behind a word of a line. */
const after = ({ words }: Line, name: string): Word | undefined => words[words.findIndex(({ value }) => value === name) + 1];
export const optionOf = (line: Line, name: string): Word | undefined => (has(line, name) ? after(line, name) : undefined);

/** Options of a `bind` or a `server` that a value follows (configuration manual, 5.1 and 5.2). */
const VALUED: ReadonlySet<string> = new Set(
  [
    "crt crt-list ca-file ca-sign-file ca-verify-file crl-file verify verifyhost sni alpn npn proto ciphers ciphersuites curves ecdhe",
    "ssl-min-ver ssl-max-ver tls-ticket-keys name id interface maxconn minconn maxqueue weight inter fastinter downinter rise fall port addr",
    "cookie check-sni check-alpn check-proto resolvers resolve-prefer init-addr source slowstart observe on-error error-limit mss process",
    "thread backlog user group mode uid gid namespace",
  ]
    .join(" ")
    .split(" "),
);

/** Behind the address of a `bind` or a `server`, what a variable holds may be any option. */
export const isOpen = ({ words }: Line): boolean => {
  const options = words.slice(words[0]?.value === "server" ? 3 : words[0]?.value === "bind" ? 2 : 1);
  return options.some(({ value }, at) => value.startsWith("$") && !VALUED.has(options[at - 1]?.value ?? ""));
};

export const has = ({ words }: Line, name: string): boolean => words.some(({ value }) => value === name);

export const pair = (file: string, { words }: Line, value: Word): Place => {
  const key = words[words.indexOf(value) - 1] ?? value;
  return { file, span: span(key.span.start, value.span.end) };
};
