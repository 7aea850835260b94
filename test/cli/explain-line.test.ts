/** `tlslint check --explain FILE:LINE`: why something is reported, and why it is not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { certificate } from "../lsp/programs.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const CODE = `use openssl::ssl::{SslAcceptor, SslMethod, SslVerifyMode};
use reqwest::Client;

pub fn server() -> SslAcceptor {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    builder.set_verify(SslVerifyMode::PEER);
    builder.build()
}

pub fn client() -> Client {
    let lax = Client::builder().danger_accept_invalid_certs(true);
    lax.danger_accept_invalid_certs(false).build().unwrap()
}

pub fn allowed() -> Client {
    // tlslint: allow(disabled-verification): loopback only
    Client::builder().danger_accept_invalid_certs(true).build().unwrap()
}

#[cfg(test)]
mod tests {
    fn t() {
        reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap();
    }
}
`;
const FILES = {
  "Cargo.toml": `${MISTAKEN["Cargo.toml"]}openssl = "0.10"\n`,
  "src/lib.rs": `mod silent;\n${CODE}`,
  "src/silent.rs": "pub fn f() -> u32 {\n    1\n}\n",
  "certs/ca.pem": certificate("gone", -3.5),
};
/** The line of the code above that holds this, one further down in its file. */
const lineOf = (part: string): number => CODE.split("\n").findIndex((it) => it.includes(part)) + 2;

test("a finding is explained by its fact, its endpoint in order, and what each rule says", (context) => {
  const { status, stdout, stderr } = tlslint(folder(context, FILES), ["check", "--explain", `src/lib.rs:${lineOf("::PEER")}`]);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(stdout, /^ {2}warning\[optional-client-auth\]: /m);
  assert.match(
    stdout,
    /^ {2}known: client-authentication: mode optional, by `openssl::ssl::SslContextBuilder::set_verify`.*, at src\/lib\.rs:7$/m,
  );
  assert.match(stdout, /^ {4}of a server configuration of openssl, made at src\/lib\.rs:6; in order:$/m);
  assert.match(stdout, /^ {6}src\/lib\.rs:6 `SslAcceptor::mozilla_intermediate_v5`: client-authentication: mode none, overridden later$/m);
  assert.match(stdout, /^ {4}optional-client-auth: warning$/m);
  assert.match(stdout, /^ {4}no-client-auth: no fault$/m);
});

test("a silence is explained by the call that overrides", (context) => {
  const { stdout } = tlslint(folder(context, FILES), ["check", "--explain", `src/lib.rs:${lineOf("let lax")}`]);
  assert.doesNotMatch(stdout, /error\[/);
  assert.match(stdout, /`danger_accept_invalid_certs`: server-verification: enabled false, overridden later$/m);
  assert.match(stdout, /^ {4}disabled-verification: no fault$/m);
  assert.equal(stdout.match(/; in order:/g)?.length, 1, "an endpoint is told once");
});

test("a lowered severity, a suppression and a rule that is off are told, and by whom", (context) => {
  const cwd = folder(context, FILES);
  const inTest = tlslint(cwd, ["check", "--explain", `src/lib.rs:${lineOf("reqwest::Client::builder()")}`]).stdout;
  assert.match(inTest, /^ {4}only in test code$/m);
  assert.match(inTest, /^ {4}disabled-verification: error, lowered to hint, in test code$/m);
  const allowed = `src/lib.rs:${lineOf("Client::builder().danger_accept_invalid_certs(true).build()")}`;
  assert.match(tlslint(cwd, ["check", "--explain", allowed]).stdout, /^ {4}not reported: a comment suppresses it: loopback only$/m);
  const off = folder(context, { ...FILES, "tlslint.toml": '[rules]\noptional-client-auth = "off"\n' });
  const { stdout } = tlslint(off, ["check", "--explain", `src/lib.rs:${lineOf("::PEER")}`]);
  assert.match(stdout, /^ {2}configured by tlslint\.toml$/m);
  assert.match(stdout, /^ {4}not reported: the configuration says so: /m);
  assert.match(stdout, /^ {4}optional-client-auth: warning; the rule is off$/m);
});

test("where nothing is known, it says of which lines something is", (context) => {
  const cwd = folder(context, { ...FILES, "tlslint.toml": 'exclude = ["vendor/"]\n', "vendor/a.rs": CODE, "src/broken.pem": "MIIB" });
  const explain = (at: string): string => tlslint(cwd, ["check", "--explain", at]).stdout;
  assert.match(explain("src/lib.rs:4"), /^ {2}no facts on this line, but on lines 6, 7, 12, /m);
  assert.match(explain("src/silent.rs:2"), /^ {2}nothing in it names what a crate that its package reaches has to do with TLS$/m);
  assert.match(explain("src/silent.rs:99"), /^ {2}the file has 4 lines$/m);
  assert.match(explain("vendor/a.rs:6"), /^ {2}the configuration excludes it$/m);
  const certificates = tlslint(cwd, ["check", "--format", "json", "certs"]);
  const [{ range }] = JSON.parse(certificates.stdout).files[0].findings;
  assert.match(explain(`certs/ca.pem:${range.start.line}`), /^ {2}warning\[expired-certificate\]: /m);
});

test("a place that is none is a mistake", (context) => {
  const cwd = folder(context, FILES);
  for (const [at, message] of [
    ["src/lib.rs", /invalid value `src\/lib\.rs` for `--explain`; expected a file and a line such as src\/main\.rs:15/],
    ["src/lib.rs:0", /expected a file and a line/],
    ["none.rs:1", /`--explain none\.rs:1` cannot be answered: there is no such file/],
  ] as const) {
    const { status, stderr, stdout } = tlslint(cwd, ["check", "--explain", at]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, message);
  }
});
