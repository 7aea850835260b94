/** Authorities that a type keeps: a list that stays empty turns client authentication off as much as an option without a value. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { conditions, said } from "../../harness/said.ts";

/** A type that keeps what `read` makes of the configured file, and asks by `question` whether there is any. */
const kept = (type: string, none: string, read: string, question: string, each: string): string => `use std::sync::Arc;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub struct Tls {
    authorities: ${type},
}

impl Tls {
    pub fn load(path: Option<&str>) -> Result<Self, Box<dyn std::error::Error>> {
        let mut authorities = ${none};
        if let Some(path) = path {
            let mut reader = std::io::BufReader::new(std::fs::File::open(path)?);
            ${read}
        }
        Ok(Self { authorities })
    }

    pub fn server(&self, chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<ServerConfig, Box<dyn std::error::Error>> {
        let builder = ServerConfig::builder();
        let builder = if self.authorities.${question}() {
            builder.with_no_client_auth()
        } else {
            let mut roots = RootCertStore::empty();
            for it in ${each} {
                roots.add(it.clone())?;
            }
            builder.with_client_cert_verifier(WebPkiClientVerifier::builder(Arc::new(roots)).build()?)
        };
        Ok(builder.with_single_cert(chain, key)?)
    }
}
`;

const LIST = "Vec<CertificateDer<'static>>";
const ALL = "rustls_pemfile::certs(&mut reader).collect::<Result<Vec<_>, _>>()?";
const OPTION = kept(`Option<${LIST}>`, "None", `authorities = Some(${ALL});`, "is_none", "self.authorities.iter().flatten()");
const EMPTY = kept(LIST, "Vec::new()", `authorities = ${ALL};`, "is_empty", "&self.authorities");

test("an option that holds nothing unless a file is configured is a default", async () => {
  assert.deepEqual(await said(OPTION), ["23 info no-client-auth: with_no_client_auth"]);
  assert.match((await conditions(OPTION)).join(), /^by default, if `self\.authorities\.is_none\(\)`/);
});

test("MISSING: a list that stays empty unless a file is configured is taken for a choice", async () => {
  assert.deepEqual(await said(EMPTY), ["23 hint no-client-auth: with_no_client_auth"]);
  assert.match((await conditions(EMPTY)).join(), /^if `self\.authorities\.is_empty\(\)`/);
});
