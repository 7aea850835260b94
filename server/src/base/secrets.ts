/** Text that is shown to people, with the passwords of addresses and settings blotted out, unit for unit. */

/** What a password's `@` ends: `scheme://user:SECRET@`. */
const BEFORE_HOST = /(?<![^\s@"'`])[^\s@"'`]+(?=@)/g;
const CREDENTIALS = /:\/\/[^:/]*:/;
/** `password=SECRET`, `DB_PASSWORD="SECRET"`; code has blanks around `=`. */
const KEY = /\b\w+=/g;
const SECRET_KEY = /password|passwd|pwd|secret|token|api_?key/i;
const VALUE = /'[^'\r\n]*'|"[^"\r\n]*"|[^\s;&"'`]+/y;
/** Put in later: no secret. */
const PLACEHOLDER = /^(?:\{[^}]*\}|\$\{?\w+\}?|%s)$/;

const hidden = (secret: string): string => (PLACEHOLDER.test(secret) ? secret : "*".repeat(secret.length));

export const withoutSecrets = (text: string): string =>
  withoutValues(
    text.replace(BEFORE_HOST, (written) => {
      const head = CREDENTIALS.exec(written);
      const at = head === null ? written.length : head.index + head[0].length;
      return written.slice(0, at) + hidden(written.slice(at));
    }),
  );

function withoutValues(text: string): string {
  let shown = "";
  let at = 0;
  for (const { 0: key, index } of text.matchAll(KEY)) {
    const start = index + key.length;
    if (start < at || !SECRET_KEY.test(key)) continue;
    VALUE.lastIndex = start;
    const value = VALUE.exec(text)?.[0] ?? "";
    shown += text.slice(at, start) + hidden(value);
    at = start + value.length;
  }
  return shown + text.slice(at);
}
