/** awc 3: actix' client; its connector takes finished TLS configurations. */
import type { CrateModel } from "./model.ts";

const takes = { returns: "self", effects: [{ kind: "takes", argument: 0, part: "configuration" }] } as const;

export const awc = {
  crate: "awc",
  package: "awc",
  versions: ">=3, <4",
  source: "https://github.com/actix/actix-web",
  types: { "awc::Connector": { sort: "configuration", role: "client", chains: true } },
  calls: [
    { path: "awc::Connector::new", returns: { new: "awc::Connector" } },
    { path: "awc::Connector::openssl", ...takes },
    { path: "awc::Connector::rustls", ...takes },
    { path: "awc::Connector::rustls_021", versions: ">=3.2, <4", ...takes },
    { path: "awc::Connector::rustls_0_22", versions: ">=3.4, <4", ...takes },
    { path: "awc::Connector::rustls_0_23", versions: ">=3.5, <4", ...takes },
  ],
} as const satisfies CrateModel;
