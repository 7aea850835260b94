/** Text that is shown to people, with the passwords of addresses and settings blotted out, unit for unit. */

/** `scheme://user:SECRET@host`. */
const IN_ADDRESS = /(:\/\/[^\s:@/"'`]*:)([^\s@"'`]+)(?=@)/g;
/** `password=SECRET`, `DB_PASSWORD="SECRET"`; code has blanks around `=`. */
const IN_PAIR = /(\b\w*(?:password|passwd|pwd|secret|token|api_?key)\w*=)('[^'\r\n]*'|"[^"\r\n]*"|[^\s;&"'`]+)/gi;
/** Put in later: no secret. */
const PLACEHOLDER = /^(?:\{[^}]*\}|\$\{?\w+\}?|%s)$/;

export const withoutSecrets = (text: string): string =>
  [IN_ADDRESS, IN_PAIR].reduce(
    (it, pattern) =>
      it.replace(pattern, (_, head: string, secret: string) => head + (PLACEHOLDER.test(secret) ? secret : "*".repeat(secret.length))),
    text,
  );
