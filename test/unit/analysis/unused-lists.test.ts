/** Revocation lists that lie in a field: who may take them from there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const LIBRARY = `use rustls::pki_types::{pem::PemObject, CertificateDer, CertificateRevocationListDer};
use rustls::{ClientConfig, RootCertStore};

pub struct Offered {
    pub client: ClientConfig,
    pub withdrawn: Vec<CertificateRevocationListDer<'static>>,
}

pub fn offered() -> Result<Offered, Box<dyn std::error::Error>> {
    let mut anchors = RootCertStore::empty();
    anchors.add(CertificateDer::from_pem_file("ca.pem")?)?;
    let withdrawn = CertificateRevocationListDer::pem_file_iter("ca.crl")?.collect::<Result<Vec<_>, _>>()?;
    let client = ClientConfig::builder().with_root_certificates(anchors).with_no_client_auth();
    Ok(Offered { client, withdrawn })
}
`;

async function rules(text: string, manifest = ""): Promise<readonly string[]> {
  const package_ = `[package]\nname = "lists"\nversion = "0.1.0"\n${manifest}\n[dependencies]\nrustls = "0.23"\n`;
  const host = memoryHost({ "/w/Cargo.toml": package_, "/w/src/lib.rs": text });
  const service = await createLintService(host, { roots: ["/w"] });
  const { findings } = await service.lint("/w/src/lib.rs");
  service.dispose();
  return findings.map(({ rule }) => rule).filter((it) => it === "unchecked-crl");
}

test("whoever uses a published library may take what lies in a public field", async () => {
  assert.deepEqual(await rules(LIBRARY), []);
});

test("nobody else takes it where the library is not published, or the field or its type is not public", async () => {
  assert.deepEqual(await rules(LIBRARY, "publish = false\n"), ["unchecked-crl"]);
  assert.deepEqual(await rules(LIBRARY.replace("pub withdrawn", "withdrawn")), ["unchecked-crl"]);
  assert.deepEqual(await rules(LIBRARY.replace("pub struct", "pub(crate) struct").replace("pub fn", "pub(crate) fn")), ["unchecked-crl"]);
});
