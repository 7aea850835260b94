/** suppaftp: FTP over TLS; the connector is native-tls' or rustls', wrapped, and judged where it was made. */
import type { CallModel, CrateModel } from "./model.ts";
import { takesConfiguration } from "./phrases.ts";

const PLAIN = "suppaftp::FtpStream";
const NATIVE = "suppaftp::NativeTlsFtpStream";
const RUSTLS = "suppaftp::RustlsFtpStream";
const NATIVE_CONNECTOR = "suppaftp::NativeTlsConnector";
const RUSTLS_CONNECTOR = "suppaftp::RustlsConnector";

const secure = { returns: "self", effects: [takesConfiguration] } as const;

const calls = [
  { path: `${NATIVE_CONNECTOR}::from`, returns: { new: NATIVE_CONNECTOR }, effects: [takesConfiguration] },
  { path: `${RUSTLS_CONNECTOR}::from`, returns: { new: RUSTLS_CONNECTOR }, effects: [takesConfiguration] },
  { path: `${PLAIN}::connect`, returns: { new: PLAIN } },
  { path: `${NATIVE}::connect`, returns: { new: NATIVE } },
  { path: `${RUSTLS}::connect`, returns: { new: RUSTLS } },
  { path: `${NATIVE}::into_secure`, ...secure },
  { path: `${RUSTLS}::into_secure`, ...secure },
] as const satisfies readonly CallModel[];

export const suppaftp = {
  crate: "suppaftp",
  package: "suppaftp",
  versions: ">=5, <13",
  source: "https://github.com/veeso/suppaftp",
  types: {
    "suppaftp::NativeTlsConnector": { sort: "configuration", role: "client" },
    "suppaftp::RustlsConnector": { sort: "configuration", role: "client" },
    "suppaftp::FtpStream": { sort: "configuration", role: "client" },
    "suppaftp::NativeTlsFtpStream": { sort: "configuration", role: "client" },
    "suppaftp::RustlsFtpStream": { sort: "configuration", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
