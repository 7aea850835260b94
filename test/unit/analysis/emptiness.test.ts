/** What may hold nothing: revocation lists, trust stores, and programs that ask themselves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { underlined } from "./underlined.ts";

/** A verifier that is given lists, which `body` makes. */
const verifier = (body: string, rest = ""): string => `pub fn verifier(roots: Arc<RootCertStore>, path: &str) -> bool {
    ${body}
    WebPkiClientVerifier::builder(roots).with_crls(crls).build().is_ok()
}
${rest}`;

const READ = `
fn read(path: &str) -> Result<Vec<CertificateRevocationListDer<'static>>, Box<dyn std::error::Error>> {
    Ok(CertificateRevocationListDer::pem_file_iter(path)?.collect::<Result<Vec<_>, _>>()?)
}
`;

const FOUND = "warning: with_crls";

const lists: readonly (readonly [string, string, ...(readonly string[])])[] = [
  ["lists of a file", verifier("let crls = read(path).unwrap();", READ)],
  ["none where the file cannot be read", verifier("let crls = read(path).unwrap_or_default();", READ), FOUND],
  [
    "lists of a file, one after the other",
    verifier("let mut crls = Vec::new();\n    for it in read(path).unwrap() {\n        crls.push(it);\n    }", READ),
  ],
  [
    "those that can be read",
    verifier("let crls: Vec<_> = CertificateRevocationListDer::pem_file_iter(path).unwrap().flatten().collect();"),
    FOUND,
  ],
  [
    "those that can be read, if there are any",
    verifier(
      "let crls: Vec<_> = CertificateRevocationListDer::pem_file_iter(path).unwrap().flatten().collect();\n    assert!(!crls.is_empty());",
    ),
  ],
  [
    "those that can be read, if they are more than none",
    verifier(
      "let crls: Vec<_> = CertificateRevocationListDer::pem_file_iter(path).unwrap().flatten().collect();\n    if crls.len() == 0 {\n        return false;\n    }",
    ),
  ],
  ["lists that somebody else fills in", verifier("let mut crls = Vec::new();\n    other::fill(&mut crls);")],
  ["a list that is written down", verifier("let crls = Vec::new();"), FOUND],
];

for (const [name, text, ...expected] of lists) test(name, async () => assert.deepEqual(await underlined("empty-crl-list", text), expected));

/** A client whose store `body` makes. */
const client = (body: string, inputs = ""): string => `pub fn client(${inputs}) -> Option<ClientConfig> {
    ${body}
    Some(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}
`;

const stores: readonly (readonly [string, string, ...(readonly string[])])[] = [
  ["an empty store", client("let roots = RootCertStore::empty();"), "warning: RootCertStore::empty"],
  [
    "in place of one that is not given",
    client("let roots = given.unwrap_or_else(RootCertStore::empty);", "given: Option<RootCertStore>"),
    "info: unwrap_or_else",
  ],
  ["whoever calls fills it", client("let mut roots = RootCertStore::empty();\n    fill(&mut roots);", "fill: impl Fn(&mut RootCertStore)")],
  [
    "no client without a certificate",
    client(
      "let mut roots = RootCertStore::empty();\n    fill(&roots);\n    if roots.is_empty() {\n        return None;\n    }",
      "fill: impl Fn(&RootCertStore)",
    ),
  ],
];

for (const [name, text, ...expected] of stores)
  test(name, async () => assert.deepEqual(await underlined("empty-trust-store", text), expected));

// Both ways have said something; what is unknown of either is one condition for all that follows.
test("what follows a match on a helper's result is under no condition", async () => {
  const text = verifier("let crls = match read(path) {\n        Ok(it) => it,\n        Err(_) => Vec::new(),\n    };", READ);
  assert.deepEqual(await underlined("empty-crl-list", text), ["warning: with_crls"]);
});
