/** Dropped errors and late hooks. */
import { type Case, R21, R23 } from "./case.ts";

const DROPPED = { kind: "dropped-error", what: "anchor", call: "add", systemStore: false } as const;
const PROPAGATE = { want: { kind: "propagate-error" }, fact: DROPPED, call: "rustls::RootCertStore::add", at: ".add(" } as const;
const adding = (
  body: string,
  returns = " -> Result<RootCertStore, Box<dyn std::error::Error>>",
  end = "Ok(roots)",
) => `use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

fn trust(cas: Vec<CertificateDer<'static>>)${returns} {
    let mut roots = RootCertStore::empty();
    for ca in cas {
${body}
    }
    ${end}
}
`;
export const errors: readonly Case[] = [
  { name: "drop-let", set: "rustls-0.23", text: adding("        let _ = roots.add(ca);"), versions: R23, ...PROPAGATE },
  {
    name: "drop-let-no-error",
    set: "rustls-0.23",
    text: adding("        let _ = roots.add(ca);", " -> RootCertStore", "roots"),
    versions: R23,
    ...PROPAGATE,
  },
  {
    name: "drop-ok",
    set: "rustls-0.23",
    text: adding("        roots.add(ca).ok();", " -> std::io::Result<RootCertStore>"),
    versions: R23,
    ...PROPAGATE,
  },
  {
    name: "drop-if-err",
    set: "rustls-0.23",
    text: adding('        if roots.add(ca).is_err() {\n            eprintln!("bad certificate");\n            continue;\n        }'),
    versions: R23,
    ...PROPAGATE,
  },
  {
    name: "drop-if-let",
    set: "rustls-0.23",
    text: adding('        if let Ok(()) = roots.add(ca) {\n            println!("added");\n        }'),
    versions: R23,
    ...PROPAGATE,
  },
  {
    name: "drop-flatten-for",
    set: "rustls-0.23",
    text: `use std::fs::File;
use std::io::BufReader;

use rustls::RootCertStore;

fn trust() -> Result<RootCertStore, Box<dyn std::error::Error>> {
    let mut roots = RootCertStore::empty();
    let mut reader = BufReader::new(File::open("ca.pem")?);
    for ca in rustls_pemfile::certs(&mut reader).flatten() {
        roots.add(ca)?;
    }
    Ok(roots)
}
`,
    versions: R23,
    want: { kind: "propagate-error" },
    fact: { kind: "dropped-error", what: "certificate", call: "certs", systemStore: false },
    at: "rustls_pemfile::certs",
    call: "rustls_pemfile::certs",
  },
  {
    name: "drop-flatten-collect",
    set: "rustls-0.23",
    text: `use std::fs::File;
use std::io::BufReader;

use rustls::pki_types::CertificateDer;

fn load() -> std::io::Result<Vec<CertificateDer<'static>>> {
    let mut reader = BufReader::new(File::open("ca.pem")?);
    let certs = rustls_pemfile::certs(&mut reader)
        .filter_map(|it| it.ok())
        .collect();
    Ok(certs)
}
`,
    versions: R23,
    want: { kind: "propagate-error" },
    fact: { kind: "dropped-error", what: "certificate", call: "certs", systemStore: false },
    at: "rustls_pemfile::certs",
    call: "rustls_pemfile::certs",
  },
  {
    name: "drop-flatten-map",
    set: "rustls-0.23",
    text: `use rustls::pki_types::pem::PemObject;
use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

fn load(roots: &mut RootCertStore) {
    roots.add_parsable_certificates(CertificateDer::pem_file_iter("ca.pem").unwrap().flatten());
}
`,
    versions: R23,
    want: { kind: "propagate-error" },
    fact: { kind: "dropped-error", what: "certificate", call: "pem_file_iter", systemStore: false },
    at: "CertificateDer::pem_file_iter",
    call: "rustls_pki_types::CertificateDer::pem_file_iter",
  },
  {
    name: "drop-default",
    set: "rustls-0.21",
    text: `use std::fs::File;
use std::io::BufReader;

fn load() -> std::io::Result<Vec<Vec<u8>>> {
    let mut reader = BufReader::new(File::open("ca.pem")?);
    let certs = rustls_pemfile::certs(&mut reader).unwrap_or_default();
    Ok(certs)
}
`,
    versions: R21,
    want: { kind: "propagate-error" },
    fact: { kind: "dropped-error", what: "certificate", call: "certs", systemStore: false },
    at: "rustls_pemfile::certs",
    call: "rustls_pemfile::certs",
  },
];

export const actix: readonly Case[] = [
  {
    name: "actix-late-hook",
    set: "rustls-0.23",
    text: `use actix_web::{web, App, HttpServer};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "ok" })))
        .workers(2)
        .bind("127.0.0.1:8080")?
        .on_connect(|_connection, extensions| {
            extensions.insert(7_u8);
        })
        .run()
        .await
}
`,
    versions: { "actix-web": "4.9.0" },
    want: { kind: "move-before-listener" },
    at: ".on_connect",
    call: "actix_web::HttpServer::on_connect",
  },
];
