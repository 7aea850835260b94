/** postgres-native-tls: native-tls as PostgreSQL's connector. */
import type { CallModel, CrateModel } from "./model.ts";
import { takesConfiguration } from "./phrases.ts";

const MAKE = "postgres_native_tls::MakeTlsConnector";

const calls = [
  { path: `${MAKE}::new`, returns: { new: MAKE }, effects: [takesConfiguration] },
  {
    path: "postgres_native_tls::TlsConnector::new",
    returns: { new: "postgres_native_tls::TlsConnector" },
    effects: [takesConfiguration],
  },
] as const satisfies readonly CallModel[];

export const postgresNativeTls = {
  crate: "postgres_native_tls",
  package: "postgres-native-tls",
  versions: ">=0.5, <0.6",
  source: "https://github.com/rust-postgres/rust-postgres",
  privateAuthority: "postgres-native-tls 0.5.3, src/lib.rs: `.add_root_certificate(cert)` of `database_cert.pem`",
  stack: "native-tls",
  types: {
    "postgres_native_tls::MakeTlsConnector": { sort: "configuration", role: "client" },
    "postgres_native_tls::TlsConnector": { sort: "configuration", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
