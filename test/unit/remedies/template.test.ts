/** What fills the holes of recipes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { R23 } from "./case.ts";
import { fixed, spellOn } from "./stage.ts";

test("a list of ciphers keeps its sound suites, however it is spelled", async () => {
  const sound = async (list: string): Promise<string | undefined> => {
    const text = await fixed({
      text: `fn f(builder: &mut openssl::ssl::SslContextBuilder) {\n    builder.set_cipher_list(${list}).unwrap();\n}\n`,
      at: ".set_cipher_list",
      call: "openssl::ssl::SslContextBuilder::set_cipher_list",
      want: { kind: "cipher-list" },
      fact: { kind: "cipher-list", ciphers: "HIGH:!aNULL:RC4+RSA" },
      versions: { openssl: "0.10.68" },
    });
    return /set_cipher_list\("(.*)"\)/.exec(text)?.[1];
  };
  for (const list of ['"HIGH:!aNULL:RC4+RSA"', 'r"HIGH:!aNULL:RC4+RSA"', '"HIGH:\\\n        !aNULL:\\x52C4+RSA"'])
    assert.equal(await sound(list), "HIGH:!aNULL", list);
  for (const list of ["list", 'format!("HIGH:{}", it)']) assert.match((await sound(list)) ?? "", /^ECDHE-ECDSA/, list);
});

test("a helper that is given a trust store serves all its callers", async () => {
  const isGeneral = async (type: string): Promise<boolean> => {
    const fixes = await spellOn({
      text: `use rustls::RootCertStore as Store;
fn judge(given: ${type}) -> Result<std::sync::Arc<dyn rustls::server::danger::ClientCertVerifier>, Box<dyn std::error::Error>> {
    Ok(rustls::server::WebPkiClientVerifier::builder(given).build()?)
}
`,
      at: "rustls::server::WebPkiClientVerifier::builder",
      call: "rustls::server::WebPkiClientVerifier::builder",
      want: { kind: "revocation", lists: "loaded" },
      role: "server",
      versions: R23,
    });
    assert.ok(fixes.ok);
    return fixes.value.some((it) => it.title.includes("for all callers of `judge`"));
  };
  for (const type of ["rustls::RootCertStore", "&Store", "Option<std::sync::Arc<Store>>", "&std::rc::Rc<Store>"])
    assert.ok(await isGeneral(type), type);
  for (const type of ["RootCertStore", "/* RootCertStore */ Other", "other::RootCertStore"]) assert.ok(!(await isGeneral(type)), type);
});
