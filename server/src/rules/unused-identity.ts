/** A client's certificate or key that is loaded, and that no client presents. */
import { holding } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const unusedIdentity: CodeRule<"unused-identity"> = {
  id: "unused-identity",
  judges: "code",
  observes: "unused-identity",
  summary: "a client certificate is loaded, but no client presents it",
  severity: "warning",
  since: "0.1.0",
  cwe: [306],
  sources: [
    {
      title: "rustls: ConfigBuilder::with_client_auth_cert",
      url: "https://docs.rs/rustls/latest/rustls/struct.ConfigBuilder.html#method.with_client_auth_cert",
    },
    {
      title: "RFC 8446, section 4.4.2.4: a client without a suitable certificate sends none, and the server may continue",
      url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.4",
    },
    { title: "CWE-306: Missing Authentication for Critical Function", url: "https://cwe.mitre.org/data/definitions/306.html" },
  ],
  byHand: "which client is to present the certificate, and to whom, is for you to decide",
  rationale: `A client that is asked for a certificate and has none sends an empty list, without an error. A server that requires one ends
the connection; a server that only asks goes on, and knows nobody: whatever it then grants, it grants to anyone. The key was read from disk
for nothing, and stays in memory.

Fine where the files are only checked; make the client of what was loaded all the same, so that what was checked is what is used.`,
  examples: [
    {
      bad: `use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

pub fn client(roots: RootCertStore) -> Result<ClientConfig, Box<dyn std::error::Error>> {
    let chain = CertificateDer::pem_file_iter("client.pem")?.collect::<Result<Vec<_>, _>>()?;
    let _key = PrivateKeyDer::from_pem_file("client.key")?;
    println!("{} certificates", chain.len());
    Ok(ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth())
}
`,
      good: `use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

pub fn client(roots: RootCertStore) -> Result<ClientConfig, Box<dyn std::error::Error>> {
    let chain = CertificateDer::pem_file_iter("client.pem")?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file("client.key")?;
    println!("{} certificates", chain.len());
    Ok(ClientConfig::builder()
        .with_root_certificates(roots)
        .with_client_auth_cert(chain, key)?)
}
`,
    },
  ],

  judge({ fact, endpoint }) {
    if (!endpoint || holding(endpoint, "own-certificate").some((it) => it.fact.there)) return undefined;
    const what = fact.loads === "key" ? "a private key" : "a client certificate";
    return {
      message: `\`${fact.call}\` loads ${what} that no client is given: servers see no client certificate`,
      help: "give the certificate and its key to the client, or do not load them",
      related: [{ ...endpoint.place, message: "this client is made without it" }],
    };
  },
};
