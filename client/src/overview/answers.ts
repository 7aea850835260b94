/** What the server lists of a workspace, as the protocol has it (`server/src/lsp/overview.ts`). */

export interface Listed<T> {
  /** Of the whole list: an answer holds a part of it. */
  readonly total: number;
  readonly items: readonly T[];
  /** Files that hold some, and could not be analysed. */
  readonly notListed?: number;
  /** The first of them, and why. */
  readonly leftOut?: readonly LeftOut[];
  /** How long the list is without a filter. */
  readonly unfiltered?: number;
}

export interface LeftOut {
  readonly uri: string;
  readonly reason: string;
}

export interface Located {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

export interface ListedFinding extends Located {
  readonly rule: string;
  readonly severity: "error" | "warning" | "info" | "hint";
  readonly message: string;
}

export interface ListedCertificate extends Located {
  readonly kind: "certificate" | "revocation-list";
  readonly role?: "root" | "intermediate" | "self-signed" | "leaf";
  readonly name: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial?: string;
  readonly fingerprint: string;
  readonly pin?: string;
  /** Milliseconds since 1970. */
  readonly begin?: number;
  readonly end: number;
  /** Whole days, negative after the end. */
  readonly daysLeft: number;
  readonly uses: readonly (Located & { readonly call: string; readonly role: string })[];
  readonly findings: readonly ListedFinding[];
}

export interface ListedEndpoint extends Located {
  readonly role: "client" | "server" | "unknown";
  readonly sort: "configuration" | "listener";
  readonly made: string;
  readonly purpose?: "test" | "example";
  readonly facts: readonly (Located & {
    readonly kind: string;
    readonly value: string;
    readonly words: string;
    readonly conditions: readonly string[];
    readonly byDefault: boolean;
  })[];
  readonly files: readonly { readonly uri: string }[];
  readonly findings: readonly ListedFinding[];
}
