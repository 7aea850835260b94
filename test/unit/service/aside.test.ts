/** Work on a fork of a service: what is opened there the service itself does not see, neither meanwhile nor afterwards. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { basicConstraints, certificatePem } from "../../certificates/build.ts";
import { memoryHost } from "../../harness/memory-host.ts";

/** All have one key, which is a finding where two of them are compared. */
const certificate = (name: string): string => certificatePem({ issuer: name, subject: name, extensions: [basicConstraints(true)] });

test("a certificate that is opened aside is compared with those of the workspace there alone", async () => {
  const host = memoryHost({ "/w/ca.pem": certificate("workspace") });
  const service = await createLintService(host, { roots: ["/w"] });
  const rules = async (of: Pick<typeof service, "lint">): Promise<readonly string[]> =>
    (await of.lint("/w/ca.pem")).findings.map((it) => it.rule);
  const before = await rules(service);
  assert.ok(!before.includes("shared-key"));
  const kept = await service.lint("/w/ca.pem");
  await service.aside(async (fork) => {
    fork.open("/given/given.pem", certificate("given"));
    assert.ok((await rules(fork)).includes("shared-key"), "the fork sees it");
    assert.deepEqual(await rules(service), before);
    await service.aside(async (other) => assert.equal(await other.text("/given/given.pem"), undefined));
  });
  assert.equal(await service.lint("/w/ca.pem"), kept, "the report is not made again");
});

test("what is named aside is open there alone", async () => {
  const files = { "/w/ca.pem": certificate("workspace"), "/outside/other.pem": certificate("other") };
  const service = await createLintService(memoryHost(files), { roots: ["/w"] });
  const { entries } = await service.aside((fork) => fork.inspect("/outside/other.pem"));
  assert.equal(entries.length, 1);
  assert.equal(await service.text("/outside/other.pem"), undefined);
});
