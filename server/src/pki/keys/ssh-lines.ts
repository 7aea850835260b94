/** Lines of OpenSSH's public keys, each of which is a section. */
import { type Span, span } from "../../base/span.ts";
import { readBase64 } from "../pem/base64.ts";
import type { Section } from "../section.ts";
import { publicHalf } from "./ssh.ts";

/** Type, key and comment; before them options or hosts may stand. */
const LINE =
  /(?:^|[ \t])(ssh-[a-z0-9]{1,20}|ecdsa-sha2-nistp\d{3}|sk-[a-z0-9-]{1,40}@openssh\.com)[ \t]+(AAAA[A-Za-z0-9+/]+={0,2})(?:[ \t]+([^\r\n]{0,500}))?/;

/** Of `id_ed25519.pub`, `authorized_keys`, `known_hosts`. */
export function sshKeyLines(text: string): readonly Section[] {
  return [...text.matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }): readonly Section[] => {
    const found = line.startsWith("#") ? null : LINE.exec(line);
    if (found === null) return [];
    const [all, type = "", digits = "", comment] = found;
    const start = index + found.index + (/^[ \t]/.test(all) ? 1 : 0);
    const whole: Span = span(start, index + line.length);
    const boundary = span(start, start + type.length);
    const base = {
      label: type,
      span: whole,
      boundary,
      problems: [],
      textSpan: () => boundary,
      ...(comment !== undefined && { alias: comment }),
    };
    const half = publicHalf(readBase64(digits, span(0, digits.length)).bytes);
    if (half === undefined) return [{ ...base, kind: "other" }];
    const { der, key } = half;
    return [{ ...base, kind: "public-key", der, parsed: { kind: "public-key", start: key.start, end: key.end, key, pin: key.pin } }];
  });
}
