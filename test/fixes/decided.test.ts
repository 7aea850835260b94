/** What somebody has decided, and said so, is offered as a choice: a reason beside it; or nobody can decide it but they. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { first } from "./first-fix.ts";

const client = (decision: string): string => `pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
${decision}
        .build()
        .unwrap()
}
`;

const OFF = "        .danger_accept_invalid_certs(true)";

for (const [where, decision, applicability] of [
  ["above a call", `        // cameras sign for themselves\n${OFF}`, "choice"],
  ["behind it", `${OFF} // cameras sign for themselves`, "choice"],
  ["nowhere", OFF, "review"],
  ["above another call", `        // cameras are slow\n        .timeout(std::time::Duration::from_secs(9))\n${OFF}`, "review"],
] as const)
  test(`a reason ${where} makes a fix ${applicability}`, async () => {
    const fix = await first("disabled-verification", client(decision));
    assert.equal(fix.applicability, applicability);
    if (applicability === "choice") assert.match(fix.unfixed, /gives a reason/);
  });

test("a reason in what is taken out, or above the whole statement, counts; documentation does not", async () => {
  const verifier = (comment: string): string => `use rustls::server::WebPkiClientVerifier;
use rustls::RootCertStore;
use std::sync::Arc;

/// Clients that enrol have no certificate yet.
pub fn verifier(roots: RootCertStore) {${comment}
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots))
        .allow_unauthenticated()
        .build()
        .unwrap();
    drop(rustls::ServerConfig::builder().with_client_cert_verifier(verifier));
}
`;
  assert.equal((await first("optional-client-auth", verifier(""))).applicability, "review");
  assert.equal((await first("optional-client-auth", verifier("\n    // phones enrol here"))).applicability, "choice");
  const inside = client("        .danger_accept_invalid_certs(\n            // cameras sign for themselves\n            true,\n        )");
  assert.equal((await first("disabled-verification", inside)).applicability, "choice");
});

test("a function that panicked nowhere is not made to panic unasked", async () => {
  const store = (last: string): string => `use rustls::RootCertStore;

pub fn roots(file: &mut dyn std::io::BufRead) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for certificate in rustls_pemfile::certs(file).flatten() {
        roots.add(certificate)${last};
    }
    roots
}

pub fn config(file: &mut dyn std::io::BufRead) {
    drop(rustls::ClientConfig::builder().with_root_certificates(roots(file)).with_no_client_auth());
}
`;
  const quiet = await first("ignored-root-error", store(".unwrap_or(())"));
  assert.deepEqual([quiet.applicability, /returns no error/.test(quiet.unfixed)], ["choice", true]);
  assert.equal((await first("ignored-root-error", store(".unwrap()"))).applicability, "review");
});

test("one of several values is not replaced by what the call is given instead of all of them", async () => {
  // The first call allows what the second is given, so that no condition is left.
  const text = `use anyhow::{bail, Result};
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslOptions, SslVersion};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(default)]
struct Tls {
    floor: String,
}

impl Default for Tls {
    fn default() -> Self {
        Self { floor: "1.0".into() }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Settings {
    tls: Tls,
}

fn version(name: &str) -> Result<SslVersion> {
    Ok(match name {
        "1.0" => SslVersion::TLS1,
        "1.1" => SslVersion::TLS1_1,
        "1.2" => SslVersion::TLS1_2,
        other => bail!("unknown version {other:?}"),
    })
}

fn builder(tls: &Tls) -> Result<SslAcceptorBuilder> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.clear_options(SslOptions::NO_TLSV1 | SslOptions::NO_TLSV1_1);
    builder.set_min_proto_version(Some(version(&tls.floor)?))?;
    Ok(builder)
}

fn main() -> Result<()> {
    let settings: Settings = match std::fs::read_to_string("a.toml") {
        Ok(text) => toml::from_str(&text)?,
        Err(_) => Settings::default(),
    };
    drop(builder(&settings.tls)?.build());
    Ok(())
}
`;
  const { unfixed } = await first("obsolete-protocol", text);
  assert.match(unfixed, /^it is one of several values: change it where it stands/);
});
