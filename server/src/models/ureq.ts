/** ureq 3: a blocking HTTP client with one switch that turns all verification off. */
import type { CrateModel } from "./model.ts";

const BUILDER = "ureq::tls::TlsConfigBuilder";

export const ureq = {
  crate: "ureq",
  package: "ureq",
  versions: ">=3, <4",
  source: "https://github.com/algesten/ureq",
  types: {
    "ureq::tls::TlsConfigBuilder": {
      sort: "configuration",
      role: "client",
      chains: true,
      defaults: [{ fact: { kind: "server-verification", enabled: true } }, { fact: { kind: "hostname-verification", enabled: true } }],
    },
    "ureq::tls::TlsConfig": { sort: "configuration", role: "client" },
    "ureq::tls::Certificate": { sort: "certificates" },
  },
  calls: [
    { path: "ureq::tls::TlsConfig::builder", returns: { new: BUILDER } },
    {
      path: `${BUILDER}::disable_verification`,
      returns: "self",
      effects: [
        {
          kind: "switch",
          argument: 0,
          on: { kind: "server-verification", enabled: false },
          off: { kind: "server-verification", enabled: true },
        },
      ],
    },
    { path: `${BUILDER}::root_certs`, returns: "self" },
    { path: `${BUILDER}::build`, returns: { becomes: "ureq::tls::TlsConfig" } },
    {
      path: "ureq::tls::Certificate::from_pem",
      returns: { new: "ureq::tls::Certificate" },
      effects: [
        { kind: "loads", argument: 0, reads: "first-certificate" },
        { kind: "takes-first", argument: 0 },
      ],
      fails: "certificate",
    },
    {
      path: "ureq::tls::parse_pem",
      returns: { new: "ureq::tls::Certificate" },
      effects: [{ kind: "loads", argument: 0, reads: "any" }],
    },
  ],
  recipes: [
    {
      at: `${BUILDER}::disable_verification`,
      gives: { kind: "server-verification", enabled: true },
      title: "verify the server's certificate",
      edit: { kind: "remove-segment" },
      applicability: "safe",
    },
  ],
} as const satisfies CrateModel;
