/** A fault that holds by default points to what sets that default, in whichever form it is set. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const CRATES = ["clap", "lettre", "reqwest", "rustls", "serde", "serde_json", "structopt"];
const MANIFEST = `[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n${CRATES.map((it) => `${it} = "*"\n`).join("")}`;
const client = (insecure: string): string => `reqwest::Client::builder().danger_accept_invalid_certs(${insecure}).build()`;

async function relatedIn(text: string) {
  const service = await createLintService(memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/main.rs": text }), {
    roots: ["/project"],
  });
  const { findings } = await service.lint("/project/src/main.rs");
  service.dispose();
  return findings.flatMap(({ related }) => related);
}

/** What is said of defaults, and the text there, the message's own words first. */
async function defaults(text: string): Promise<readonly string[]> {
  const found = (await relatedIn(text)).filter((it) => /by default/.test(it.message));
  return [...new Set(found.map(({ span, message }) => `${message}: ${text.slice(span.start, span.end)}`))].sort();
}

const FORMS: readonly (readonly [form: string, text: string, ...said: readonly string[]])[] = [
  [
    "a field that serde fills",
    `#[derive(serde::Deserialize)] struct Tls { #[serde(default)] verify: bool }
fn connect(tls: &Tls) { let c = ${client("!tls.verify")}; go(c); }`,
    "`verify` is off by default here: verify: bool",
  ],
  [
    "a function that serde calls",
    `#[derive(serde::Deserialize)] struct Tls { #[serde(default = "lax")] accept_any: bool }
fn lax() -> bool { true }
fn connect(tls: &Tls) { let c = ${client("tls.accept_any")}; go(c); }`,
    "`accept_any` is on by default here: true",
  ],
  [
    "a flag of clap",
    `#[derive(clap::Parser)] struct Args { #[arg(long)] verify: bool }
fn main() { let args = <Args as clap::Parser>::parse(); let c = ${client("!args.verify")}; go(c); }`,
    "`verify` is off by default here: verify: bool",
  ],
  [
    "a value of clap",
    `#[derive(clap::Parser)] struct Args { #[arg(long, default_value_t = false, action = clap::ArgAction::Set)] verify: bool }
fn main() { let args = <Args as clap::Parser>::parse(); let c = ${client("!args.verify")}; go(c); }`,
    "`verify` is off by default here: verify: bool",
  ],
  [
    "a flag of one of several commands",
    `#[derive(clap::Parser)] struct Args { #[command(subcommand)] command: Command }
#[derive(clap::Subcommand)] enum Command { Push { #[arg(long)] verify: bool }, Pull { #[arg(long)] quiet: bool } }
fn main() { if let Command::Push { verify } = <Args as clap::Parser>::parse().command { let c = ${client("!verify")}; go(c); } }`,
    "`verify` is off by default here: verify: bool",
  ],
  [
    "a flag of structopt",
    `#[derive(structopt::StructOpt)] struct Args { #[structopt(long)] verify: bool }
fn main() { let args = <Args as structopt::StructOpt>::from_args(); let c = ${client("!args.verify")}; go(c); }`,
    "`verify` is off by default here: verify: bool",
  ],
  [
    "a derived `Default`",
    `#[derive(Default)] pub struct Tls { verify: bool }
pub fn connect(tls: &Tls) { let c = ${client("!tls.verify")}; go(c); }`,
    "`verify` is off by default here: verify: bool",
  ],
  [
    "a `Default` that is written",
    `pub struct Tls { verify: bool }
impl Default for Tls { fn default() -> Self { Self { verify: false } } }
pub fn connect(tls: &Tls) { let c = ${client("!tls.verify")}; go(c); }`,
    "`verify` is off by default here: false",
  ],
  [
    "a constructor",
    `pub struct Tls { host: String, verify: bool }
impl Tls { pub fn new(host: String) -> Self { Self { host, verify: false } } }
pub fn connect(tls: &Tls) { if !tls.verify { let c = ${client("true")}; go(c); } }`,
    "`verify` is off by default here: false",
  ],
  [
    "what is there instead of an option",
    `pub fn connect(verify: Option<bool>) { let c = ${client("!verify.unwrap_or(false)")}; go(c); }`,
    "`verify` is off by default here: false",
  ],
  [
    "what an option of that type is without a word",
    `pub fn connect(verify: Option<bool>) { let c = ${client("!verify.unwrap_or_default()")}; go(c); }`,
    "`verify` is off by default here: verify.unwrap_or_default()",
  ],
  [
    "what is there instead of what is looked up by a key",
    `pub fn connect(settings: &Settings) { let c = ${client('!settings.get("verify").unwrap_or(false)')}; go(c); }`,
    "`verify` is off by default here: false",
  ],
  [
    "the variant that is the default",
    `#[derive(Default, PartialEq)] pub enum Trust { #[default] Everyone, Roots }
pub struct Tls { trust: Trust }
pub fn connect(tls: &Tls) { if tls.trust == Trust::Everyone { let c = ${client("true")}; go(c); } }`,
    "`trust` is `Everyone` by default here: Everyone",
  ],
  [
    "each of what is asked as one",
    `#[derive(serde::Deserialize)] pub struct Tls { #[serde(default = "on")] enabled: bool, #[serde(default)] verify: bool }
fn on() -> bool { true }
pub fn connect(tls: &Tls) { if tls.enabled && !tls.verify { let c = ${client("true")}; go(c); } }`,
    "`enabled` is on by default here: true",
    "`verify` is off by default here: verify: bool",
  ],
  [
    "not one of two commands that have an option of that name",
    `#[derive(clap::Parser)] struct Args { #[command(subcommand)] command: Command }
#[derive(clap::Subcommand)] enum Command { Push { #[arg(long)] verify: bool }, Pull { #[arg(long)] verify: bool } }
fn main() { if let Command::Pull { verify } = <Args as clap::Parser>::parse().command { let c = ${client("!verify")}; go(c); } }`,
  ],
  [
    "nothing of what somebody has to ask for",
    `#[derive(serde::Deserialize)] pub struct Tls { #[serde(default)] insecure: bool }
pub fn connect(tls: &Tls) { let c = ${client("tls.insecure")}; go(c); }`,
  ],
  [
    "what stands in for a setting that a function which is called asks for",
    `fn run(call: &Call, engine: &Engine) -> Result<(), Error> { register(call, engine) }
fn register(call: &Call, engine: &Engine) -> Result<(), Error> {
    let tls = call.get_flag(engine, "tls")?.unwrap_or(true);
    let accept_all = call.get_flag(engine, "accept-all")?.unwrap_or(true);
    if tls { connect(accept_all); }
    Ok(())
}
fn connect(accept_all: bool) { let c = ${client("accept_all")}; go(c); }`,
    "`accept-all` is on by default here: true",
  ],
  [
    "a variant by which one client of several is made, on another way also without asking",
    `use lettre::{transport::smtp::authentication::Credentials, SmtpTransport};
#[derive(serde::Deserialize, Default)] pub enum Encryption { #[default] None, Wrapper }
#[derive(serde::Deserialize)] pub struct Mail { #[serde(default)] encryption: Encryption, host: String }
fn mailer(mail: &Mail) -> SmtpTransport {
    let builder = match mail.encryption {
        Encryption::None => SmtpTransport::builder_dangerous(&mail.host),
        Encryption::Wrapper => SmtpTransport::relay(&mail.host).unwrap(),
    };
    builder.credentials(Credentials::new("app".into(), secret())).build()
}
pub fn configured(mail: &Mail) -> SmtpTransport { mailer(mail) }
pub fn plain() { let mail = Mail { encryption: Encryption::None, host: host() }; go(mailer(&mail)); }`,
    "`encryption` is `None` by default here: None",
  ],
  [
    "a verifier that another place installs without asking",
    `use rustls::{client::danger::*, pki_types::*, ClientConfig, Error};
#[derive(serde::Deserialize)] struct Database { #[serde(default)] with_verification: bool }
#[derive(Debug)] struct Any;
impl ServerCertVerifier for Any {
    fn verify_server_cert(&self, _: &CertificateDer<'_>, _: &[CertificateDer<'_>], _: &ServerName<'_>, _: &[u8], _: UnixTime) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }
}
fn configured(database: &Database, mut config: ClientConfig) -> ClientConfig {
    if !database.with_verification { config.dangerous().set_certificate_verifier(std::sync::Arc::new(Any)); }
    config
}
fn probe(mut config: ClientConfig) -> ClientConfig { config.dangerous().set_certificate_verifier(std::sync::Arc::new(Any)); config }`,
    "`with_verification` is off by default here: with_verification: bool",
  ],
];

for (const [form, text, ...said] of FORMS)
  test(form, async () => {
    assert.deepEqual(await defaults(/\bfn main\b/.test(text) ? text : `${text}\nfn main() {}`), said);
  });

test("MISSING: of an option without a word that a branch asks no place is told", async () => {
  const text = `pub fn connect(verify: Option<bool>) { if !verify.unwrap_or_default() { let c = ${client("true")}; go(c); } }\nfn main() {}`;
  assert.deepEqual(await defaults(text), []);
});

test("a text that is a default is not told: it may be an address with a password", async () => {
  const text = `#[derive(clap::Parser)] struct Args { #[arg(long, default_value = "hunter2")] trust: String }
fn main() { let args = <Args as clap::Parser>::parse(); if args.trust == "hunter2" { let c = ${client("true")}; go(c); } }`;
  const told = (await relatedIn(text)).map((it) => it.message);
  assert.ok(told.includes("the default of `trust` is set here"), told.join("; "));
  for (const it of told) assert.doesNotMatch(it, /hunter2/);
});
