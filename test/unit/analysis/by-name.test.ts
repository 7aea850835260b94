/** Calls whose name alone says that nobody is verified: of crates and versions that no model knows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

/** Severity, rule and marked text, in a package with these dependencies. */
async function found(dependencies: string, text: string): Promise<readonly string[]> {
  const manifest = `[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n${dependencies}\n`;
  const service = await createLintService(memoryHost({ "/project/Cargo.toml": manifest, "/project/src/main.rs": text }), {
    roots: ["/project"],
  });
  const { findings } = await service.lint("/project/src/main.rs");
  service.dispose();
  return findings.map(({ severity, rule, place: { span } }) => `${severity} ${rule}: ${text.slice(span.start, span.end)}`);
}

const client = (crate: string, call: string): string => `fn main() {
    let _client = ${crate}::Client::builder().${call}.build();
}
`;

test("a version that the model does not cover", async () => {
  const call = "danger_accept_invalid_certs(true)";
  assert.deepEqual(await found('reqwest = "0.8"', client("reqwest", call)), ["warning disabled-verification: true"]);
  assert.deepEqual(await found('reqwest = "0.8"', client("reqwest", "danger_accept_invalid_certs(false)")), []);
});

test("a crate that no model knows, where all that have such a call say the same by it", async () => {
  const call = "danger_accept_invalid_hostnames(true)";
  assert.deepEqual(await found('unheard = "1"', client("unheard", call)), ["warning disabled-hostname-verification: true"]);
  assert.deepEqual(await found('unheard = "1"', client("unheard", "accept_invalid(true)")), []);
  // Two models have this name for different things.
  assert.deepEqual(await found('unheard = "1"', client("unheard", "dangerous()")), []);
});

test("a method of the program's own is no library's", async () => {
  const own = `struct Builder;
impl Builder { fn danger_accept_invalid_certs(self, _: bool) -> Self { self } }
fn main() { let _ = some().danger_accept_invalid_certs(true); }
fn some() -> Builder { Builder }
`;
  assert.deepEqual(await found('unheard = "1"', own), []);
});

test("names that no model has, put together of what is checked and how that is said", async () => {
  const of = (call: string) => found('unheard = "1"', client("unheard", call));
  assert.deepEqual(await of("cert_verification(false)"), ["warning disabled-verification: false"]);
  assert.deepEqual(await of("verify_certs(false)"), ["warning disabled-verification: false"]);
  assert.deepEqual(await of("skip_tls_verify(true)"), ["warning disabled-verification: true"]);
  assert.deepEqual(await of("insecure_skip_tls_verify(true)"), ["warning disabled-verification: true"]);
  assert.deepEqual(await of("insecure_skip_verify()"), ["warning disabled-verification: insecure_skip_verify"]);
  assert.deepEqual(await of("with_no_cert_validation()"), ["warning disabled-verification: with_no_cert_validation"]);
  assert.deepEqual(await of("verify_hostname(false)"), ["warning disabled-hostname-verification: false"]);
  for (const call of ["verify_certs(true)", "skip_tls_verify(false)", "verify_certs()", "verify_certs(of, them)", "verify_orders(false)"])
    assert.deepEqual(await of(call), [], call);
});

test("a setting of a crate that no model knows is an option like any other", async () => {
  const text = `fn client(insecure: bool) { let _client = unheard::Client::builder().skip_tls_verify(insecure).build(); }\n`;
  assert.deepEqual(await found('unheard = "1"', text), ["hint disabled-verification: insecure"]);
});

test("what a caller gives to such a setting decides it", async () => {
  const text = (option: string, given: string): string => `#[derive(clap::Parser)]
struct Options { #[arg(long)] ${option}: bool }
fn main() { serve(&<Options as clap::Parser>::parse()); connect(${given}); }
fn serve(options: &Options) { connect(options.${option}); }
fn connect(verify: bool) { let mut config = unheard::Config::new(1).unwrap(); config.verify_peer(verify); }
`;
  const crates = 'unheard = "1"\nclap = "4"';
  assert.deepEqual(await found(crates, text("check", "true")), ["warning disabled-verification: verify"]);
  assert.deepEqual(await found(crates, text("check", "false")), [
    "warning disabled-verification: false",
    "warning disabled-verification: verify",
  ]);
});

// What it is given is cloned, which nobody does with a truth, and its type is not known.
test("SPURIOUS: what sets a part of a message is taken for a switch", async () => {
  const text = `fn tell(peer: &unheard::Peer) {
    let mut message = unheard::Message::default();
    message.set_check_peer(peer.clone());
}
`;
  assert.deepEqual(await found('unheard = "1"', text), ["info disabled-verification: peer.clone()"]);
});
