/** Pieces of Rust that several of rustls' recipes share: trust stores filled from a file, and the verifiers made of them. */

const BAD = "malformed certificate in the client CA file";
const UNUSABLE = "unusable certificate in the client CA file";

/** The loader that rustls' own types bring along (rustls-pki-types 1.9); any bad certificate is fatal. */
const pkiRoots = `let mut {fresh:client_roots} = {path:rustls::RootCertStore}::empty();
for ca in {path:rustls::pki_types::CertificateDer}::pem_file_iter({ca}){try:<rustls::pki_types::pem::Error>cannot read the client CA file} {
    {fresh:client_roots}.add(ca{try:<rustls::pki_types::pem::Error>${BAD}}){try:<rustls::Error>${UNUSABLE}};
}`;

const pemfileRoots = `let mut {fresh:client_roots} = {path:rustls::RootCertStore}::empty();
let mut {fresh:ca_file} = {path:std::io::BufReader}::new({path:std::fs::File}::open({ca}){try:<std::io::Error>cannot read the client CA file});`;

/** rustls-pemfile 1 gives a list, 2 an iterator of results. */
const certs1 = `for ca in {path:rustls_pemfile::certs}(&mut {fresh:ca_file}){try:<std::io::Error>${BAD}} {`;
const certs2 = "for ca in {path:rustls_pemfile::certs}(&mut {fresh:ca_file}) {";

/** An empty store is refused by the builder of 0.22 and later, and by nobody before. */
const notEmpty = `assert!(!{fresh:client_roots}.is_empty(), "no certificate in the client CA file");`;

const verifier = `let {fresh:client_verifier} = {path:rustls::server::WebPkiClientVerifier}::builder({path:std::sync::Arc}::new({fresh:client_roots}))
    .build(){try:<rustls::server::VerifierBuilderError>no usable client CA};`;
const arc = "let {fresh:client_verifier} = {path:rustls::server::AllowAnyAuthenticatedClient}::new({fresh:client_roots});";
const boxed = "let {fresh:client_verifier} = {path:rustls::server::AllowAnyAuthenticatedClient}::new({fresh:client_roots}).boxed();";

const oldRoots1 = `${pemfileRoots}
${certs1}
    {fresh:client_roots}.add(&{path:rustls::Certificate}(ca)){try:${UNUSABLE}};
}
${notEmpty}`;
const oldRoots2 = `${pemfileRoots}
${certs2}
    let ca = ca{try:<std::io::Error>${BAD}};
    {fresh:client_roots}.add(&{path:rustls::Certificate}(ca.to_vec())){try:${UNUSABLE}};
}
${notEmpty}`;

/** The same in one piece, for recipes that do more than this. */
const storeOrFile = `{lacks:ready-store}let mut {fresh:client_roots} = {path:rustls::RootCertStore}::empty();
{lacks:ready-store}for ca in {path:rustls::pki_types::CertificateDer}::pem_file_iter({ca}){try:<rustls::pki_types::pem::Error>cannot read the client CA file} {
{lacks:ready-store}    {fresh:client_roots}.add(ca{try:<rustls::pki_types::pem::Error>${BAD}}){try:<rustls::Error>${UNUSABLE}};
{lacks:ready-store}}
{lacks:ready-store}let {fresh:client_verifier} = {path:rustls::server::WebPkiClientVerifier}::builder({path:std::sync::Arc}::new({fresh:client_roots}))
{lacks:ready-store}    .build(){try:<rustls::server::VerifierBuilderError>no usable client CA};
{has:ready-store}let {fresh:client_verifier} = {path:rustls::server::WebPkiClientVerifier}::builder({roots:shared})
{has:ready-store}    .build(){try:<rustls::server::VerifierBuilderError>no usable client CA};`;

/** Statements that bind `client_verifier`. */
export const clientVerifier = {
  fromStoreOrFile: storeOrFile,
  fromFile: `${pkiRoots}
${verifier}`,
  byPemfile: `${pemfileRoots}
${certs2}
    {fresh:client_roots}.add(ca{try:<std::io::Error>${BAD}}){try:<rustls::Error>${UNUSABLE}};
}
${verifier}`,
  fromStore: `let {fresh:client_verifier} = {path:rustls::server::WebPkiClientVerifier}::builder({roots:shared})
    .build(){try:<rustls::server::VerifierBuilderError>no usable client CA};`,
  v21ByPemfile1: `${oldRoots1}
${boxed}`,
  v21ByPemfile2: `${oldRoots2}
${boxed}`,
  v21FromStore: "let {fresh:client_verifier} = {path:rustls::server::AllowAnyAuthenticatedClient}::new({roots}).boxed();",
  v20ByPemfile1: `${oldRoots1}
${arc}`,
  v20ByPemfile2: `${oldRoots2}
${arc}`,
  v20FromStore: "let {fresh:client_verifier} = {path:rustls::server::AllowAnyAuthenticatedClient}::new({roots});",
} as const;

const SERVER_BAD = "malformed certificate in the CA file";
const SERVER_UNUSABLE = "unusable certificate in the CA file";

const openServerCa =
  "let mut {fresh:ca_file} = {path:std::io::BufReader}::new({path:std::fs::File}::open({server-ca}){try:<std::io::Error>cannot read the CA file});";

/** Statements that bind `roots`, the CAs that issue the servers' certificates. */
export const serverRoots = {
  fromFile: `let mut {fresh:roots} = {path:rustls::RootCertStore}::empty();
for ca in {path:rustls::pki_types::CertificateDer}::pem_file_iter({server-ca}){try:<rustls::pki_types::pem::Error>cannot read the CA file} {
    {fresh:roots}.add(ca{try:<rustls::pki_types::pem::Error>${SERVER_BAD}}){try:<rustls::Error>${SERVER_UNUSABLE}};
}`,
  oldByPemfile2: `let mut {fresh:roots} = {path:rustls::RootCertStore}::empty();
${openServerCa}
${certs2}
    let ca = ca{try:<std::io::Error>${SERVER_BAD}};
    {fresh:roots}.add(&{path:rustls::Certificate}(ca.to_vec())){try:${SERVER_UNUSABLE}};
}`,
  oldByPemfile1: `let mut {fresh:roots} = {path:rustls::RootCertStore}::empty();
${openServerCa}
for ca in {path:rustls_pemfile::certs}(&mut {fresh:ca_file}){try:<std::io::Error>${SERVER_BAD}} {
    {fresh:roots}.add(&{path:rustls::Certificate}(ca)){try:${SERVER_UNUSABLE}};
}`,
} as const;

/** Statements that fill the store in a variable. */
export const filled = {
  client: `for ca in {path:rustls::pki_types::CertificateDer}::pem_file_iter({ca}){try:<rustls::pki_types::pem::Error>cannot read the client CA file} {
    {bound}.add(ca{try:<rustls::pki_types::pem::Error>${BAD}}){try:<rustls::Error>${UNUSABLE}};
}`,
  server: `for ca in {path:rustls::pki_types::CertificateDer}::pem_file_iter({server-ca}){try:<rustls::pki_types::pem::Error>cannot read the CA file} {
    {bound}.add(ca{try:<rustls::pki_types::pem::Error>${SERVER_BAD}}){try:<rustls::Error>${SERVER_UNUSABLE}};
}`,
  oldClient: `let mut {fresh:ca_file} = {path:std::io::BufReader}::new({path:std::fs::File}::open({ca}){try:<std::io::Error>cannot read the client CA file});
${certs1}
    {bound}.add(&{path:rustls::Certificate}(ca)){try:${UNUSABLE}};
}`,
  oldClient2: `let mut {fresh:ca_file} = {path:std::io::BufReader}::new({path:std::fs::File}::open({ca}){try:<std::io::Error>cannot read the client CA file});
${certs2}
    let ca = ca{try:<std::io::Error>${BAD}};
    {bound}.add(&{path:rustls::Certificate}(ca.to_vec())){try:${UNUSABLE}};
}`,
  oldServer2: `${openServerCa}
${certs2}
    let ca = ca{try:<std::io::Error>${SERVER_BAD}};
    {bound}.add(&{path:rustls::Certificate}(ca.to_vec())){try:${SERVER_UNUSABLE}};
}`,
  oldServer: `${openServerCa}
for ca in {path:rustls_pemfile::certs}(&mut {fresh:ca_file}){try:<std::io::Error>${SERVER_BAD}} {
    {bound}.add(&{path:rustls::Certificate}(ca)){try:${SERVER_UNUSABLE}};
}`,
} as const;
