/** What a case is, and what many of them share. */
import type { Stage } from "./stage.ts";

export interface Case extends Stage {
  readonly name: string;
  /** A folder of `test/cargo/sets`. */
  readonly set: string;
  /** Which of the fixes. */
  readonly number?: number;
}

export const REQUIRED = { kind: "client-authentication", mode: "required" } as const;
export const VERIFIED = { kind: "server-verification", enabled: true } as const;
export const NO_CLIENT_AUTH = {
  at: ".with_no_client_auth",
  call: "rustls::ConfigBuilder<rustls::ServerConfig>::with_no_client_auth",
  want: REQUIRED,
  role: "server",
} as const;
export const R23 = { rustls: "0.23.20", "rustls-pemfile": "2.2.0", "rustls-pki-types": "1.14.0" };
export const R22 = { rustls: "0.22.4", "rustls-pemfile": "2.2.0", "rustls-pki-types": "1.14.0" };
export const R21 = { rustls: "0.21.12", "rustls-pemfile": "1.0.4" };
export const R20 = { rustls: "0.20.9", "rustls-pemfile": "1.0.4" };
