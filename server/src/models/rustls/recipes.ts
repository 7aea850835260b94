/** How remedies are written with rustls, version by version. */
import type { Recipe } from "../model.ts";
import { publicRoots } from "./public-roots.ts";
import { clientVerifier, filled, serverRoots } from "./templates.ts";

const REQUIRED = { kind: "client-authentication", mode: "required" } as const;
const OLD = ">=0.20, <0.22";
const NEW = ">=0.22, <0.24";

const PEM = {
  imports: ["rustls::pki_types::pem::PemObject"],
  requires: [{ package: "rustls-pki-types", versions: ">=1.9" }],
} as const;
const pemfile2 = [{ package: "rustls-pemfile", versions: ">=2", direct: true }] as const;
const pemfile1 = { package: "rustls-pemfile", versions: "1" } as const;

/** Ways to a verifier, the nearest first: one that lies ready, a store that does, the CA's file. */
const ready = { edit: { kind: "replace-argument", argument: 0, with: "{verifier}" } } as const;
const byStore = { versions: NEW, before: clientVerifier.fromStore } as const;
const byFile = { versions: NEW, ...PEM, before: clientVerifier.fromFile } as const;
/** Only where the types do not bring their own loader. */
const byPemfile = {
  versions: NEW,
  requires: [...pemfile2, { package: "rustls-pki-types", versions: "<1.9" }],
  before: clientVerifier.byPemfile,
} as const;
const v21 = {
  byStore: { versions: ">=0.21, <0.22", before: clientVerifier.v21FromStore },
  byPemfile2: { versions: ">=0.21, <0.22", requires: pemfile2, before: clientVerifier.v21ByPemfile2 },
  byPemfile1: { versions: ">=0.21, <0.22", manifest: pemfile1, before: clientVerifier.v21ByPemfile1 },
} as const;
const v20 = {
  byStore: { versions: ">=0.20, <0.21", before: clientVerifier.v20FromStore },
  byPemfile2: { versions: ">=0.20, <0.21", requires: pemfile2, before: clientVerifier.v20ByPemfile2 },
  byPemfile1: { versions: ">=0.20, <0.21", manifest: pemfile1, before: clientVerifier.v20ByPemfile1 },
} as const;

const asks = {
  at: "rustls::ConfigBuilder<rustls::ServerConfig>::with_no_client_auth",
  gives: REQUIRED,
  title: "Require client certificates from your CA",
  edit: { kind: "replace-segment", with: ".with_client_cert_verifier({fresh:client_verifier})" },
} as const;
/** In place of the verifier that was handed over: the program's own, or the one that never asks. */
const instead = {
  at: "rustls::ConfigBuilder<rustls::ServerConfig>::with_client_cert_verifier",
  gives: REQUIRED,
  title: "Verify client certificates against your CA",
  edit: { kind: "replace-argument", argument: 0, with: "{fresh:client_verifier}" },
} as const;
const value = {
  gives: REQUIRED,
  title: "Require client certificates from your CA",
  edit: { kind: "replace-expression", with: "{fresh:client_verifier}" },
} as const;
/** A unit struct, which stands in an `Arc` of its own. */
const unit = { ...value, edit: { ...value.edit, around: "std::sync::Arc::new" } } as const;

const clientAuthentication = [
  { ...asks, edit: { kind: "replace-segment", with: ".with_client_cert_verifier({verifier})" } },
  { ...asks, ...byStore },
  { ...asks, ...byFile },
  { ...asks, ...byPemfile },
  { ...asks, ...v21.byStore },
  { ...asks, ...v21.byPemfile2 },
  { ...asks, ...v21.byPemfile1 },
  { ...asks, ...v20.byStore },
  { ...asks, ...v20.byPemfile2 },
  { ...asks, ...v20.byPemfile1 },
  { ...instead, ...ready },
  { ...instead, ...byStore },
  { ...instead, ...byFile },
  { ...instead, ...byPemfile },
  { ...instead, ...v21.byStore },
  { ...instead, ...v21.byPemfile2 },
  { ...instead, ...v21.byPemfile1 },
  { ...instead, ...v20.byStore },
  { ...instead, ...v20.byPemfile2 },
  { ...instead, ...v20.byPemfile1 },
  { at: "rustls::server::WebPkiClientVerifier::no_client_auth", ...value, ...byStore },
  { at: "rustls::server::WebPkiClientVerifier::no_client_auth", ...value, ...byFile },
  { at: "rustls::server::WebPkiClientVerifier::no_client_auth", ...value, ...byPemfile },
  { at: "rustls::server::NoClientAuth", ...unit, ...byStore },
  { at: "rustls::server::NoClientAuth", ...unit, ...byFile },
  { at: "rustls::server::NoClientAuth", ...unit, ...byPemfile },
  { at: "rustls::server::NoClientAuth::boxed", ...value, ...v21.byStore },
  { at: "rustls::server::NoClientAuth::boxed", ...value, ...v21.byPemfile2 },
  { at: "rustls::server::NoClientAuth::boxed", ...value, ...v21.byPemfile1 },
  { at: "rustls::server::NoClientAuth::new", ...value, ...v20.byStore },
  { at: "rustls::server::NoClientAuth::new", ...value, ...v20.byPemfile2 },
  { at: "rustls::server::NoClientAuth::new", ...value, ...v20.byPemfile1 },
  {
    at: "rustls::server::ClientCertVerifierBuilder::allow_unauthenticated",
    versions: NEW,
    gives: REQUIRED,
    title: "Reject clients without a certificate",
    edit: { kind: "remove-segment" },
  },
  {
    at: "rustls::server::AllowAnyAnonymousOrAuthenticatedClient::new",
    versions: OLD,
    gives: REQUIRED,
    title: "Reject clients without a certificate",
    edit: { kind: "replace-expression", with: "{path:rustls::server::AllowAnyAuthenticatedClient}::new({argument:0})" },
  },
] as const satisfies readonly Recipe[];

/** The trait's own answer is "mandatory" in all versions. */
const mandatory = {
  gives: REQUIRED,
  title: "Reject clients without a certificate",
  edit: { kind: "remove-method" },
} as const;

const DELEGATES = { kind: "verifier", verifies: "signature", judgement: "delegates" } as const;
const signature = { gives: DELEGATES, title: "Verify the handshake signature" } as const;

/** The verifier keeps a provider, or its algorithms, and offers the schemes of these: the one of the process may be another, or none. */
const keptBody12 = `{path:rustls::crypto::verify_tls12_signature}(
    {parameter:0=message},
    {parameter:1=cert},
    {parameter:2=dss},
    &{own:rustls::crypto::CryptoProvider}.signature_verification_algorithms,
)`;
const keptBody13 = `{path:rustls::crypto::verify_tls13_signature}(
    {parameter:0=message},
    {parameter:1=cert},
    {parameter:2=dss},
    &{own:rustls::crypto::CryptoProvider}.signature_verification_algorithms,
)`;
const algorithmsBody12 = `{path:rustls::crypto::verify_tls12_signature}(
    {parameter:0=message},
    {parameter:1=cert},
    {parameter:2=dss},
    &{own:rustls::crypto::WebPkiSupportedAlgorithms},
)`;
const algorithmsBody13 = `{path:rustls::crypto::verify_tls13_signature}(
    {parameter:0=message},
    {parameter:1=cert},
    {parameter:2=dss},
    &{own:rustls::crypto::WebPkiSupportedAlgorithms},
)`;
/** Before the first configuration was built, and where every one has a provider of its own, there is no default one: refused. */
const body12 = `let Some(provider) = {path:rustls::crypto::CryptoProvider}::get_default() else {
    return Err({path:rustls::Error}::General("no default crypto provider".into()));
};
{path:rustls::crypto::verify_tls12_signature}(
    {parameter:0=message},
    {parameter:1=cert},
    {parameter:2=dss},
    &provider.signature_verification_algorithms,
)`;
const body13 = `let Some(provider) = {path:rustls::crypto::CryptoProvider}::get_default() else {
    return Err({path:rustls::Error}::General("no default crypto provider".into()));
};
{path:rustls::crypto::verify_tls13_signature}(
    {parameter:0=message},
    {parameter:1=cert},
    {parameter:2=dss},
    &provider.signature_verification_algorithms,
)`;
/** 0.22 has no default provider for the process, only the one of its default feature. */
const ringBody12 = `{path:rustls::crypto::verify_tls12_signature}(
    {parameter:0=message},
    {parameter:1=cert},
    {parameter:2=dss},
    &{path:rustls::crypto::ring::default_provider}().signature_verification_algorithms,
)`;
const ringBody13 = `{path:rustls::crypto::verify_tls13_signature}(
    {parameter:0=message},
    {parameter:1=cert},
    {parameter:2=dss},
    &{path:rustls::crypto::ring::default_provider}().signature_verification_algorithms,
)`;

const V23 = ">=0.23, <0.24";
const V22 = ">=0.22, <0.23";
const bodies = [
  {
    at: "rustls::client::danger::ServerCertVerifier::verify_tls12_signature",
    versions: NEW,
    ...signature,
    edit: { kind: "replace-body", with: keptBody12 },
  },
  {
    at: "rustls::client::danger::ServerCertVerifier::verify_tls13_signature",
    versions: NEW,
    ...signature,
    edit: { kind: "replace-body", with: keptBody13 },
  },
  {
    at: "rustls::server::danger::ClientCertVerifier::verify_tls12_signature",
    versions: NEW,
    ...signature,
    edit: { kind: "replace-body", with: keptBody12 },
  },
  {
    at: "rustls::server::danger::ClientCertVerifier::verify_tls13_signature",
    versions: NEW,
    ...signature,
    edit: { kind: "replace-body", with: keptBody13 },
  },
  {
    at: "rustls::client::danger::ServerCertVerifier::verify_tls12_signature",
    versions: NEW,
    ...signature,
    edit: { kind: "replace-body", with: algorithmsBody12 },
  },
  {
    at: "rustls::client::danger::ServerCertVerifier::verify_tls13_signature",
    versions: NEW,
    ...signature,
    edit: { kind: "replace-body", with: algorithmsBody13 },
  },
  {
    at: "rustls::server::danger::ClientCertVerifier::verify_tls12_signature",
    versions: NEW,
    ...signature,
    edit: { kind: "replace-body", with: algorithmsBody12 },
  },
  {
    at: "rustls::server::danger::ClientCertVerifier::verify_tls13_signature",
    versions: NEW,
    ...signature,
    edit: { kind: "replace-body", with: algorithmsBody13 },
  },
  {
    at: "rustls::client::danger::ServerCertVerifier::verify_tls12_signature",
    versions: V23,
    ...signature,
    edit: { kind: "replace-body", with: body12 },
  },
  {
    at: "rustls::client::danger::ServerCertVerifier::verify_tls12_signature",
    versions: V22,
    ...signature,
    edit: { kind: "replace-body", with: ringBody12 },
  },
  {
    at: "rustls::client::danger::ServerCertVerifier::verify_tls13_signature",
    versions: V23,
    ...signature,
    edit: { kind: "replace-body", with: body13 },
  },
  {
    at: "rustls::client::danger::ServerCertVerifier::verify_tls13_signature",
    versions: V22,
    ...signature,
    edit: { kind: "replace-body", with: ringBody13 },
  },
  {
    at: "rustls::server::danger::ClientCertVerifier::verify_tls12_signature",
    versions: V23,
    ...signature,
    edit: { kind: "replace-body", with: body12 },
  },
  {
    at: "rustls::server::danger::ClientCertVerifier::verify_tls12_signature",
    versions: V22,
    ...signature,
    edit: { kind: "replace-body", with: ringBody12 },
  },
  {
    at: "rustls::server::danger::ClientCertVerifier::verify_tls13_signature",
    versions: V23,
    ...signature,
    edit: { kind: "replace-body", with: body13 },
  },
  {
    at: "rustls::server::danger::ClientCertVerifier::verify_tls13_signature",
    versions: V22,
    ...signature,
    edit: { kind: "replace-body", with: ringBody13 },
  },
  { at: "rustls::client::ServerCertVerifier::verify_tls12_signature", versions: OLD, ...signature, edit: { kind: "remove-method" } },
  { at: "rustls::client::ServerCertVerifier::verify_tls13_signature", versions: OLD, ...signature, edit: { kind: "remove-method" } },
  { at: "rustls::server::ClientCertVerifier::verify_tls12_signature", versions: OLD, ...signature, edit: { kind: "remove-method" } },
  { at: "rustls::server::ClientCertVerifier::verify_tls13_signature", versions: OLD, ...signature, edit: { kind: "remove-method" } },
  { at: "rustls::server::danger::ClientCertVerifier::client_auth_mandatory", versions: NEW, ...mandatory },
  { at: "rustls::server::danger::ClientCertVerifier::offer_client_auth", versions: NEW, ...mandatory },
  { at: "rustls::server::ClientCertVerifier::client_auth_mandatory", versions: OLD, ...mandatory },
  { at: "rustls::server::ClientCertVerifier::offer_client_auth", versions: OLD, ...mandatory },
] as const satisfies readonly Recipe[];

const VERIFIED = { kind: "server-verification", enabled: true } as const;
const trusting = {
  gives: VERIFIED,
  title: "Verify server certificates against your CA",
} as const;
const kept = {
  gives: VERIFIED,
  title: "Keep the verifier of the configuration",
  edit: { kind: "remove-segment", preceding: ["dangerous"] },
} as const;

const readyRoots = [
  {
    at: "rustls::client::danger::DangerousClientConfigBuilder::with_custom_certificate_verifier",
    versions: NEW,
    ...trusting,
    edit: { kind: "replace-segment", with: ".with_root_certificates({roots})", preceding: ["dangerous"] },
  },
  {
    at: "rustls::ConfigBuilder<rustls::ClientConfig>::with_custom_certificate_verifier",
    versions: OLD,
    ...trusting,
    edit: { kind: "replace-segment", with: ".with_root_certificates({roots})" },
  },
] as const satisfies readonly Recipe[];

const serverVerification = [
  {
    at: "rustls::client::danger::DangerousClientConfigBuilder::with_custom_certificate_verifier",
    versions: NEW,
    ...trusting,
    ...PEM,
    before: serverRoots.fromFile,
    edit: { kind: "replace-segment", with: ".with_root_certificates({fresh:roots})", preceding: ["dangerous"] },
  },
  {
    at: "rustls::ConfigBuilder<rustls::ClientConfig>::with_custom_certificate_verifier",
    versions: OLD,
    ...trusting,
    requires: pemfile2,
    before: serverRoots.oldByPemfile2,
    edit: { kind: "replace-segment", with: ".with_root_certificates({fresh:roots})" },
  },
  {
    at: "rustls::ConfigBuilder<rustls::ClientConfig>::with_custom_certificate_verifier",
    versions: OLD,
    ...trusting,
    before: serverRoots.oldByPemfile1,
    edit: { kind: "replace-segment", with: ".with_root_certificates({fresh:roots})" },
    manifest: pemfile1,
  },
  { at: "rustls::client::danger::DangerousClientConfig::set_certificate_verifier", versions: NEW, ...kept },
  { at: "rustls::client::DangerousClientConfig::set_certificate_verifier", versions: OLD, ...kept },
] as const satisfies readonly Recipe[];

const fill = {
  at: "rustls::RootCertStore::empty",
  gives: { kind: "trust", anchors: "loaded" },
  edit: { kind: "keep" },
} as const;

const trust = [
  { ...fill, versions: NEW, ...PEM, role: "server", title: "Load your client CA into the trust store", after: filled.client },
  { ...fill, versions: NEW, ...PEM, role: "client", title: "Load the CA of your servers into the trust store", after: filled.server },
  {
    ...fill,
    versions: OLD,
    requires: pemfile2,
    role: "server",
    title: "Load your client CA into the trust store",
    after: filled.oldClient2,
  },
  {
    ...fill,
    versions: OLD,
    requires: pemfile2,
    role: "client",
    title: "Load the CA of your servers into the trust store",
    after: filled.oldServer2,
  },
  {
    ...fill,
    versions: OLD,
    manifest: pemfile1,
    role: "server",
    title: "Load your client CA into the trust store",
    after: filled.oldClient,
  },
  {
    ...fill,
    versions: OLD,
    manifest: pemfile1,
    role: "client",
    title: "Load the CA of your servers into the trust store",
    after: filled.oldServer,
  },
] as const satisfies readonly Recipe[];

/** The web's authorities vouch for anybody: a server's store for its clients holds the own CA instead. */
const ownCa = {
  at: "rustls::RootCertStore::extend",
  role: "server",
  gives: { kind: "trust", anchors: "loaded" },
  title: "Trust your client CA instead of public CAs",
  edit: { kind: "replace-expression", with: filled.client },
} as const;

const clientTrust = [
  { ...ownCa, versions: NEW, ...PEM },
  { ...ownCa, at: "rustls::RootCertStore::add_parsable_certificates", versions: NEW, ...PEM },
] as const satisfies readonly Recipe[];

const enforce = {
  versions: ">=0.23.8, <0.24",
  gives: { kind: "revocation-expiry", enforced: true },
  title: "Reject expired CRLs",
  edit: { kind: "append", with: ".enforce_revocation_expiration()" },
} as const;

const loadCrls = {
  versions: NEW,
  ...PEM,
  gives: { kind: "revocation", lists: "loaded" },
  title: "Load the CRL of your CA",
  before: `let {fresh:crls} = {path:rustls::pki_types::CertificateRevocationListDer}::pem_file_iter({crl}){try:<rustls::pki_types::pem::Error>cannot read the revocation list}
    .collect::<Result<Vec<_>, _>>(){try:<rustls::pki_types::pem::Error>malformed revocation list};
assert!(!{fresh:crls}.is_empty(), "no revocation list in the file");`,
  edit: { kind: "replace-argument", argument: 0, with: "{fresh:crls}" },
} as const;

/** The verifier had no list so far. */
const firstCrls = {
  ...loadCrls,
  versions: ">=0.23.8, <0.24",
  edit: { kind: "append", with: ".with_crls({fresh:crls})\n.enforce_revocation_expiration()" },
} as const;

/** Lists that were loaded and lie ready. */
const givenCrls = {
  versions: firstCrls.versions,
  gives: loadCrls.gives,
  title: "Check the loaded CRLs",
  edit: { kind: "append", with: ".with_crls({lists})\n.enforce_revocation_expiration()" },
} as const;

/** The program has a loader of its own. */
const ownLoader = { versions: NEW, gives: loadCrls.gives, title: loadCrls.title } as const;
const appended = {
  ...ownLoader,
  versions: firstCrls.versions,
  edit: { kind: "append", with: ".with_crls({lists:loaded})\n.enforce_revocation_expiration()" },
} as const;
const replaced = { ...ownLoader, edit: { kind: "replace-argument", argument: 0, with: "{lists:loaded}" } } as const;

/** Its lists are bytes, and whoever hands them over is told whether they are any. */
const oldLists = {
  versions: ">=0.21, <0.22",
  gives: { kind: "revocation", lists: "loaded" },
  title: "Load the CRL of your CA",
} as const;
const oldCrls2 = {
  ...oldLists,
  requires: pemfile2,
  before: `let mut {fresh:crl_file} = {path:std::io::BufReader}::new({path:std::fs::File}::open({crl}){try:<std::io::Error>cannot read the revocation list});
let {fresh:crls} = {path:rustls_pemfile::crls}(&mut {fresh:crl_file})
    .collect::<Result<Vec<_>, _>>(){try:<std::io::Error>malformed revocation list};
assert!(!{fresh:crls}.is_empty(), "no revocation list in the file");`,
  edit: {
    kind: "replace-argument",
    argument: 0,
    with: "{fresh:crls}.iter().map(|it| {path:rustls::server::UnparsedCertRevocationList}(it.to_vec()))",
  },
} as const;
const oldCrls = {
  ...oldLists,
  before: `let mut {fresh:crl_file} = {path:std::io::BufReader}::new({path:std::fs::File}::open({crl}){try:<std::io::Error>cannot read the revocation list});
let {fresh:crls} = {path:rustls_pemfile::crls}(&mut {fresh:crl_file}){try:<std::io::Error>malformed revocation list};
assert!(!{fresh:crls}.is_empty(), "no revocation list in the file");`,
  edit: { kind: "replace-argument", argument: 0, with: "{fresh:crls}.into_iter().map({path:rustls::server::UnparsedCertRevocationList})" },
  manifest: { package: "rustls-pemfile", versions: "1.0.3" },
} as const;

const revocation = [
  { at: "rustls::server::AllowAnyAuthenticatedClient::with_crls", ...oldCrls2 },
  { at: "rustls::server::AllowAnyAnonymousOrAuthenticatedClient::with_crls", ...oldCrls2 },
  { at: "rustls::server::AllowAnyAuthenticatedClient::with_crls", ...oldCrls },
  { at: "rustls::server::AllowAnyAnonymousOrAuthenticatedClient::with_crls", ...oldCrls },
  { at: "rustls::server::WebPkiClientVerifier::builder", ...givenCrls },
  { at: "rustls::server::WebPkiClientVerifier::builder_with_provider", ...givenCrls },
  { at: "rustls::server::WebPkiClientVerifier::builder", ...appended },
  { at: "rustls::server::WebPkiClientVerifier::builder_with_provider", ...appended },
  { at: "rustls::server::WebPkiClientVerifier::builder", ...firstCrls },
  { at: "rustls::server::WebPkiClientVerifier::builder_with_provider", ...firstCrls },
  { at: "rustls::client::WebPkiServerVerifier::builder", ...givenCrls },
  { at: "rustls::client::WebPkiServerVerifier::builder_with_provider", ...givenCrls },
  { at: "rustls::client::WebPkiServerVerifier::builder", ...appended },
  { at: "rustls::client::WebPkiServerVerifier::builder_with_provider", ...appended },
  { at: "rustls::client::WebPkiServerVerifier::builder", ...firstCrls },
  { at: "rustls::client::WebPkiServerVerifier::builder_with_provider", ...firstCrls },
  { at: "rustls::server::ClientCertVerifierBuilder::with_crls", ...enforce },
  { at: "rustls::client::ServerCertVerifierBuilder::with_crls", ...enforce },
  { at: "rustls::server::ClientCertVerifierBuilder::with_crls", ...replaced },
  { at: "rustls::client::ServerCertVerifierBuilder::with_crls", ...replaced },
  { at: "rustls::server::ClientCertVerifierBuilder::with_crls", ...loadCrls },
  { at: "rustls::client::ServerCertVerifierBuilder::with_crls", ...loadCrls },
] as const satisfies readonly Recipe[];

const early = { gives: { kind: "early-data", bytes: 0 } } as const;
const silent = { gives: { kind: "key-log", enabled: false }, title: "Disable key logging" } as const;

const settings = [
  {
    at: "rustls::ServerConfig.max_early_data_size",
    ...early,
    title: "Disable early data (0-RTT)",
    edit: { kind: "replace-argument", argument: 0, with: "0" },
  },
  {
    at: "rustls::ClientConfig.enable_early_data",
    ...early,
    title: "Disable early data (0-RTT)",
    edit: { kind: "replace-argument", argument: 0, with: "false" },
  },
  {
    at: "rustls::KeyLogFile::new",
    ...silent,
    edit: { kind: "replace-expression", with: "{path:rustls::NoKeyLog}", unset: "std::sync::Arc::new" },
  },
] as const satisfies readonly Recipe[];

/** Every certificate, or none: what is left out silently is missed when a client fails. */
const strictAdding = {
  at: "rustls::RootCertStore::add_parsable_certificates",
  gives: { kind: "propagate-error" },
  title: "Propagate errors of adding a certificate",
} as const;
const adding = [
  {
    ...strictAdding,
    versions: NEW,
    // A `Result` of one certificate, which a loop would go through without its error.
    edit: {
      kind: "replace-expression",
      with: "{receiver}.add({handled:0}){try:<rustls::Error>unusable certificate in the trust store};",
    },
  },
  {
    ...strictAdding,
    versions: NEW,
    edit: {
      kind: "replace-expression",
      with: `for ca in {argument:0} {
    {receiver}.add(ca){try:<rustls::Error>unusable certificate in the trust store};
}`,
    },
  },
  {
    ...strictAdding,
    versions: OLD,
    edit: {
      kind: "replace-expression",
      with: `for ca in {argument:0} {
    {receiver}.add(&{path:rustls::Certificate}(ca.to_vec())){try:<rustls::Error>unusable certificate in the trust store};
}`,
    },
  },
] as const satisfies readonly Recipe[];

export const recipes = [
  ...clientAuthentication,
  ...bodies,
  ...adding,
  ...readyRoots,
  ...publicRoots,
  ...serverVerification,
  ...trust,
  ...clientTrust,
  ...revocation,
  ...settings,
] as const satisfies readonly Recipe[];
