/** What becomes of failures: who is taken to have them, and where they are said to be dropped. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { underlined } from "./underlined.ts";

/** Of the rule about dropped errors. */
const dropped = (text: string): Promise<readonly string[]> => underlined("ignored-root-error", text);

/** A loop over certificates, with what it does with each; `roots` is what they are added to. */
const loop = (body: string, after = "", before = ""): string => `pub fn load(certificates: Vec<Certificate>) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    ${before}
    for certificate in certificates {
        ${body}
    }
    ${after}
    roots
}
`;

const cases: readonly (readonly [string, string, ...(readonly string[])])[] = [
  ["nobody takes it", loop("_ = roots.add(certificate);"), "info: _"],
  ["`let _` has it", loop("let _ = roots.add(certificate);"), "info: let _"],
  ["a function is asked to drop it", loop("drop(roots.add(certificate));"), "info: drop"],
  [
    "a loop counts failures and tells nobody",
    loop("if roots.add(certificate).is_err() { bad += 1; }", "", "let mut bad = 0;"),
    "info: roots.add(certificate).is_err()",
  ],
  [
    "a loop counts failures and logs the count",
    loop("if roots.add(certificate).is_err() { bad += 1; }", 'if bad > 0 { tracing::warn!("{bad} passed over"); }', "let mut bad = 0;"),
    "info: roots.add(certificate).is_err()",
  ],
  ["a loop counts failures and stops", loop("if roots.add(certificate).is_err() { bad += 1; }", "assert!(bad == 0);", "let mut bad = 0;")],
  [
    "what is asked for a log is part of the log",
    loop('if let Err(error) = roots.add(certificate.clone()) { tracing::warn!("{} {}", certificate.as_ref().len(), error.to_string()); }'),
    "info: Err(error)",
  ],
  [
    "the program's own function that only logs",
    `${loop("note(roots.add(certificate));")}
fn note(result: Result<(), rustls::Error>) {
    if let Err(error) = result {
        tracing::warn!("{error}");
    }
}
`,
    "info: Err(error)",
  ],
  [
    "the program's own function that stops",
    `${loop("must(roots.add(certificate));")}
fn must(result: Result<(), rustls::Error>) {
    if let Err(error) = result {
        panic!("{error}");
    }
}
`,
  ],
  [
    "a helper hands it back, and its caller drops it",
    `${loop("add(&mut roots, certificate);")}
fn add(roots: &mut RootCertStore, certificate: Certificate) -> Result<(), rustls::Error> {
    roots.add(certificate)
}
`,
    "info: add",
  ],
  [
    "a helper makes it nothing, and its caller looks for something",
    `pub fn load(pem: &[u8]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    if let Some(certificate) = read(pem) {
        roots.add(certificate).unwrap();
    }
    roots
}

fn read(pem: &[u8]) -> Option<Certificate> {
    CertificateDer::from_pem_slice(pem).ok()
}
`,
    "info: ok",
  ],
  [
    "a caller of the library may look for it",
    "pub fn read(pem: &[u8]) -> Option<Certificate> {\n    CertificateDer::from_pem_slice(pem).ok()\n}\n",
  ],
  [
    "a list of all stands for none",
    `pub fn load(mut pem: &[u8]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for it in rustls_pemfile::certs(&mut pem).collect::<Result<Vec<_>, _>>().unwrap_or_default() {
        roots.add(it).unwrap();
    }
    roots
}
`,
    "info: unwrap_or_default",
  ],
  [
    "those that can be read are chosen first",
    `pub fn load(mut pem: &[u8]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for it in rustls_pemfile::certs(&mut pem).filter(|it| it.is_ok()).map(|it| it.unwrap()) {
        roots.add(it).unwrap();
    }
    roots
}
`,
    "info: filter",
  ],
  [
    "the reader ends without a word at what it cannot read",
    `pub fn load(mut pem: &[u8]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    let mut read = rustls_pemfile::certs(&mut pem);
    while let Some(Ok(it)) = read.next() {
        roots.add(it).unwrap();
    }
    roots
}
`,
    "info: Ok(it)",
  ],
  [
    "the first, if it can be read",
    `pub fn load(mut pem: &[u8]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    let first = rustls_pemfile::certs(&mut pem).next().expect("a certificate").unwrap();
    roots.add(first).unwrap();
    roots
}
`,
  ],
];

for (const [name, text, ...expected] of cases) test(name, async () => assert.deepEqual(await dropped(text), expected));
