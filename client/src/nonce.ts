/** A name that nobody guesses, for the one style that a page of ours may have. */

export const nonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (it) => it.toString(16).padStart(2, "0")).join("");
