/** postgres-openssl: OpenSSL as PostgreSQL's connector, with a hook that may weaken each connection. */
import type { CallModel, CrateModel } from "./model.ts";
import { takesConfiguration } from "./phrases.ts";

const MAKE = "postgres_openssl::MakeTlsConnector";

const calls = [
  { path: `${MAKE}::new`, returns: { new: MAKE }, effects: [takesConfiguration] },
  {
    path: `${MAKE}::set_callback`,
    effects: [{ kind: "calls", argument: 0, with: ["openssl::ssl::ConnectConfiguration"] }],
  },
  { path: "postgres_openssl::TlsConnector::new", returns: { new: "postgres_openssl::TlsConnector" }, effects: [takesConfiguration] },
] as const satisfies readonly CallModel[];

export const postgresOpenssl = {
  crate: "postgres_openssl",
  package: "postgres-openssl",
  versions: ">=0.5, <0.6",
  source: "https://github.com/rust-postgres/rust-postgres",
  privateAuthority: 'postgres-openssl 0.5.3, src/lib.rs: `builder.set_ca_file("database_cert.pem")`',
  stack: "openssl",
  types: {
    "postgres_openssl::MakeTlsConnector": { sort: "configuration", role: "client" },
    "postgres_openssl::TlsConnector": { sort: "configuration", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
