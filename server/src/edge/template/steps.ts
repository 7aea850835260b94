/** What an action of a template does to the text around it. */

/**
 * `print`: text that is not known is put in · `open`: what follows is there under a condition (`always`: as a loop's or a definition's
 * body) · `branch`: what follows is there otherwise (`isLast`: in every other case) · `close`.
 */
export type Step =
  | { readonly kind: "print" | "close" }
  | { readonly kind: "open"; readonly always: boolean }
  | { readonly kind: "branch"; readonly isLast: boolean };
