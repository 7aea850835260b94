/** Private keys in the macros of log and tracing: by position, by name, and as what tracing formats. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

async function severities(statement: string): Promise<readonly string[]> {
  const manifest = '[package]\nname = "keys"\nversion = "0.1.0"\n\n[dependencies]\nrcgen = "0.13"\nlog = "0.4"\ntracing = "0.1"\n';
  const text = `use rcgen::KeyPair;
struct Issued { certificate: String, key: String }
pub fn issue(host: &str, pair: &KeyPair) -> Issued {
    let issued = Issued { certificate: String::new(), key: pair.serialize_pem() };
    ${statement}
    issued
}
`;
  const host = memoryHost({ "/w/Cargo.toml": manifest, "/w/src/lib.rs": text });
  const service = await createLintService(host, { roots: ["/w"] });
  const { findings } = await service.lint("/w/src/lib.rs");
  service.dispose();
  return findings.flatMap(({ rule, severity }) => (rule === "logged-private-key" ? [severity] : []));
}

test("whichever way a macro is given the key, it is logged", async () => {
  assert.deepEqual(await severities('log::debug!("{}", issued.key);'), ["warning"]);
  assert.deepEqual(await severities('log::log!(log::Level::Info, "{host}: {}", issued.key);'), ["warning"]);
  assert.deepEqual(await severities('tracing::debug!(host, cert = %issued.certificate, key = %issued.key, "issued");'), ["warning"]);
  assert.deepEqual(await severities("tracing::info!(?issued.key);"), ["warning"]);
});

test("what else it is given is not the key", async () => {
  assert.deepEqual(await severities('tracing::debug!(host, cert = %issued.certificate, "issued");'), []);
  assert.deepEqual(await severities('log::debug!("{} bytes", issued.key.len());'), []);
});

test("what a macro makes of a future that holds the key may be anything", async () => {
  const taking = "let storing = Box::pin(async move { store(&issued.key).await });";
  assert.deepEqual(
    await severities(`${taking} let answer = futures::ready!(storing.poll(host)); log::info!("{answer:?}"); let issued = todo!();`),
    [],
  );
});

test("why a key could not be written is not the key", async () => {
  const writing = 'std::fs::write("key.pem", issued.key.as_bytes())';
  assert.deepEqual(await severities(`if let Err(error) = ${writing} { log::error!("{error}"); }`), []);
  assert.deepEqual(await severities(`${writing}.map_err(|error| log::error!("{error:?}")).ok();`), []);
});
