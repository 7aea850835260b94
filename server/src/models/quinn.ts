/** quinn: QUIC over rustls; the short constructor of a server asks for no client certificate and accepts 0-RTT data. */
import type { CallModel, CrateModel, Recipe } from "./model.ts";
import { asksNoClients, takesConfiguration, trustsSystem } from "./phrases.ts";
import { clientVerifier } from "./rustls/templates.ts";

const SERVER = "quinn::ServerConfig";
const CLIENT = "quinn::ClientConfig";
const CRYPTO_SERVER = "quinn::crypto::rustls::QuicServerConfig";
const CRYPTO_CLIENT = "quinn::crypto::rustls::QuicClientConfig";
const ENDPOINT = "quinn::Endpoint";
const RECENT = ">=0.11, <0.12";

const calls = [
  {
    path: `${SERVER}::with_single_cert`,
    returns: { new: SERVER },
    effects: [
      asksNoClients,
      // `inner.max_early_data_size = u32::MAX` in quinn-proto's crypto/rustls.rs. A server's `Connecting` is ready at `Event::Connected`,
      // when the client's last message was checked, which a replay lacks; `into_0rtt` does not wait for it.
      { kind: "states", fact: { kind: "early-data", bytes: 4294967295, heldBack: true } },
      { kind: "takes", argument: 0, part: "certificates" },
      { kind: "takes", argument: 1, part: "private-key" },
    ],
  },
  { path: `${SERVER}::with_crypto`, returns: { new: SERVER }, effects: [takesConfiguration] },
  { path: `${CLIENT}::new`, returns: { new: CLIENT }, effects: [takesConfiguration] },
  {
    path: `${CLIENT}::with_root_certificates`,
    returns: { new: CLIENT },
    effects: [{ kind: "takes", argument: 0, part: "trust-store" }],
  },
  { path: `${CLIENT}::try_with_platform_verifier`, versions: ">=0.11.9, <0.12", returns: { new: CLIENT }, effects: [trustsSystem] },
  { path: `${CRYPTO_SERVER}::try_from`, versions: RECENT, returns: { new: CRYPTO_SERVER }, effects: [takesConfiguration] },
  { path: `${CRYPTO_SERVER}::with_initial`, versions: RECENT, returns: { new: CRYPTO_SERVER }, effects: [takesConfiguration] },
  { path: `${CRYPTO_CLIENT}::try_from`, versions: RECENT, returns: { new: CRYPTO_CLIENT }, effects: [takesConfiguration] },
  { path: `${CRYPTO_CLIENT}::with_initial`, versions: RECENT, returns: { new: CRYPTO_CLIENT }, effects: [takesConfiguration] },
  { path: `${ENDPOINT}::client`, returns: { new: ENDPOINT } },
  { path: `${ENDPOINT}::set_default_client_config`, effects: [takesConfiguration] },
  { path: `${ENDPOINT}::connect`, effects: [{ kind: "verifies-as", argument: 1, to: { argument: 0, is: "address" } }] },
  { path: `${ENDPOINT}::connect_with`, effects: [{ kind: "verifies-as", argument: 2, of: 0, to: { argument: 1, is: "address" } }] },
  { path: "quinn::Connection::peer_identity", readsPeerIdentity: "certificate" },
] as const satisfies readonly CallModel[];

const SHARED = "{path:std::sync::Arc}::new";
const CHAIN = "with_single_cert({argument:0}, {argument:1})";
/** Without a suite of TLS 1.3 there is no QUIC; rustls' own configuration always has one. */
const QUIC = `map(|tls| {path:quinn::ServerConfig}::with_crypto(${SHARED}({path:quinn::crypto::rustls::QuicServerConfig}::try_from(tls).expect("a cipher suite of TLS 1.3"))))`;
const recipes = [
  {
    at: `${SERVER}::with_single_cert`,
    versions: RECENT,
    gives: { kind: "early-data", bytes: 0 },
    title: "Disable early data (0-RTT)",
    edit: { kind: "replace-expression", with: `{path:rustls::ServerConfig}::builder().with_no_client_auth().${CHAIN}.${QUIC}` },
  },
  {
    at: `${SERVER}::with_single_cert`,
    versions: RECENT,
    of: ["client-authentication"],
    gives: { kind: "client-authentication", mode: "required" },
    title: "Require client certificates from your CA",
    imports: ["rustls::pki_types::pem::PemObject"],
    requires: [{ package: "rustls-pki-types", versions: ">=1.9" }],
    before: clientVerifier.fromFile,
    edit: {
      kind: "replace-expression",
      with: `{path:rustls::ServerConfig}::builder().with_client_cert_verifier({fresh:client_verifier}).${CHAIN}.${QUIC}`,
    },
  },
] as const satisfies readonly Recipe[];

export const quinn = {
  crate: "quinn",
  package: "quinn",
  versions: ">=0.8, <0.12",
  source: "https://github.com/quinn-rs/quinn",
  stack: "rustls",
  aliases: { "quinn::rustls": "rustls" },
  types: {
    "quinn::ServerConfig": { sort: "configuration", role: "server", chains: true, holdsBack: true },
    "quinn::ClientConfig": { sort: "configuration", role: "client", chains: true },
    "quinn::Endpoint": { sort: "other" },
    "quinn::crypto::rustls::QuicServerConfig": { sort: "configuration", role: "server", holdsBack: true },
    "quinn::crypto::rustls::QuicClientConfig": { sort: "configuration", role: "client" },
    "quinn::Connection": { sort: "stream" },
  },
  calls,
  recipes,
} as const satisfies CrateModel;
