/** A setting about TLS that the program accepts, and that no code of it reads. */
import type { CodeRule } from "./rule.ts";

export const ignoredSetting: CodeRule<"ignored-setting"> = {
  id: "ignored-setting",
  judges: "code",
  observes: "ignored-setting",
  summary: "a TLS setting is accepted from the configuration, but no code reads it",
  severity: "warning",
  since: "0.1.0",
  cwe: [1164, 295],
  sources: [
    { title: "CWE-295: Improper Certificate Validation", url: "https://cwe.mitre.org/data/definitions/295.html" },
    { title: "CWE-1164: Irrelevant Code", url: "https://cwe.mitre.org/data/definitions/1164.html" },
    { title: "Serde: derive", url: "https://serde.rs/derive.html" },
  ],
  byHand: "which client or server the setting is for is for you to say",
  rationale: `A struct that is read from a file or from the command line has a CA, a certificate, a key, or a switch for TLS, and no code takes it
out of the struct. The setting parses, so that an operator who sets it believes that the server authenticates its clients, or that the
client trusts that CA alone. Nothing of the kind happens, and nothing says so.

Derives such as \`Debug\`, \`Clone\` or \`Serialize\` read every field, and apply none; neither does a getter that nothing calls.

Fine where the setting is for a later release, if its documentation says that it has no effect yet. Silent about a type that other crates can read, unless a program of the workspace reads its configuration with it; of types with
derives or attributes that may use the fields; and of settings that would only weaken TLS.`,
  examples: [
    {
      bad: `use clap::Parser;
use reqwest::{Client, Response};

#[derive(Debug, Parser)]
struct Args {
    #[arg(long)]
    server: String,
    /// CA that issued the server's certificate.
    #[arg(long)]
    ca_cert: Option<std::path::PathBuf>,
}

pub async fn fetch() -> Result<Response, Box<dyn std::error::Error>> {
    let args = Args::parse();
    let client = Client::builder().build()?;
    Ok(client.get(args.server).send().await?)
}
`,
      good: `use clap::Parser;
use reqwest::{Certificate, Client, Response};

#[derive(Debug, Parser)]
struct Args {
    #[arg(long)]
    server: String,
    /// CA that issued the server's certificate.
    #[arg(long)]
    ca_cert: Option<std::path::PathBuf>,
}

pub async fn fetch() -> Result<Response, Box<dyn std::error::Error>> {
    let args = Args::parse();
    let mut builder = Client::builder();
    if let Some(path) = &args.ca_cert {
        let ca = Certificate::from_pem(&std::fs::read(path)?)?;
        builder = builder.tls_built_in_root_certs(false).add_root_certificate(ca);
    }
    Ok(builder.build()?.get(args.server).send().await?)
}
`,
    },
  ],

  judge({ fact: { name, of } }) {
    return {
      message: `no code reads \`${name}\` of \`${of}\`, so setting it has no effect`,
      help: "apply it where the TLS configuration is made, or remove it",
    };
  },
};
