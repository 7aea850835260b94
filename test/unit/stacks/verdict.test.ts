/** Verdicts that users meet, each with its kind, certificate, field and sentence; and the promises about bad input and time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Presented, parseStack, type Refusal, type StackChoice, verdict } from "../../../server/src/pki/stacks/index.ts";
import { verify, verifyCase } from "../../../server/src/service/certificates/verify.ts";
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  CLIENT,
  dns,
  extension,
  keyUsage,
  noise,
  oid,
  pem,
  purposes,
  sequence,
  text,
  tlv,
  uri,
} from "../../certificates/build.ts";
import { stepsOf } from "../../harness/steps.ts";
import { chain, HOST, NOW } from "../../oracle/chain.ts";
import { AUTHORITY, END_ENTITY, elliptic, issue, KEYS, WRITTEN_ODDLY } from "../../oracle/issue.ts";
import { listScenarios } from "../../oracle/lists.ts";

const stack = (name: string): StackChoice => {
  const choice = parseStack(name);
  assert.ok(choice, name);
  return choice;
};
const RUSTLS = stack("rustls-webpki@0.103");
const OPENSSL = stack("openssl@3");

function presented(variations: Parameters<typeof chain>[0] = {}, more: Partial<Presented> = {}): Presented {
  const { root, intermediate, leaf } = chain(variations);
  return { leaf, intermediates: [intermediate], roots: [root], as: "server", host: HOST, now: NOW * 1000, ...more };
}
async function refusal(question: Presented, choice: StackChoice): Promise<Refusal> {
  const answer = await verdict(question, choice);
  assert.equal(answer?.verdict, "refused");
  return answer;
}
async function accepted(question: Presented, choice: StackChoice): Promise<void> {
  assert.deepEqual(await verdict(question, choice), { verdict: "accepted" });
}

test("a right chain is accepted by all stacks, in both roles", async () => {
  for (const name of ["rustls-webpki@0.101", "rustls-webpki@0.102", "rustls-webpki@0.103", "openssl@3"]) {
    await accepted(presented({}, { handshake: true }), stack(name));
    await accepted(presented({}, { as: "client", handshake: true }), stack(name));
  }
});

test("a self-signed CA as the leaf: rustls refuses it, OpenSSL takes it", async () => {
  const own = issue({
    spec: { issuer: "own", subject: "own", extensions: [...END_ENTITY, basicConstraints(true)] },
    key: KEYS.leaf,
    issuer: KEYS.leaf,
  });
  const question = presented({}, { leaf: own, intermediates: [], roots: [own] });
  const { kind, place, field, range, sentence } = await refusal(question, RUSTLS);
  assert.deepEqual({ kind, place, field }, { kind: "CaUsedAsEndEntity", place: { role: "leaf" }, field: "basicConstraints" });
  assert.match(sentence, /^the leaf: it says `CA:TRUE`/);
  // The contents of the extension's SEQUENCE: BOOLEAN TRUE.
  assert.deepEqual([...own.subarray(range?.start, range?.end)], [1, 1, 0xff]);
  await accepted(question, OPENSSL);
});

test("the purposes are told by certificate", async () => {
  const clientOnly = { spec: { extensions: [purposes(CLIENT), alternativeNames(dns(HOST))] } };
  const { kind, field } = await refusal(presented({ leaf: clientOnly }), RUSTLS);
  assert.deepEqual([kind, field], ["RequiredEkuNotFoundContext", "extKeyUsage"]);
  const older = await refusal(presented({ leaf: clientOnly }), stack("rustls-webpki@0.102.8"));
  assert.equal(older.kind, "RequiredEkuNotFound");
  const fromAbove = await refusal(presented({ intermediate: { spec: { extensions: [...AUTHORITY, purposes(CLIENT)] } } }), RUSTLS);
  assert.deepEqual(fromAbove.place, { role: "intermediate", number: 1 });
});

test("the purposes of gated cryptography count as a server's for OpenSSL, whatever stands beside them", async () => {
  const extensions = [
    basicConstraints(false),
    keyUsage("1"),
    purposes("1.3.6.1.4.1.311.10.3.3", "1.3.6.1.5.5.7.3.3"),
    alternativeNames(dns(HOST)),
  ];
  const { leaf, intermediate, root } = chain({ leaf: { spec: { extensions } } });
  const asked = { leaf, intermediates: [intermediate], roots: [root], now: NOW * 1000 };
  const openssl: StackChoice = { name: "openssl", version: "3" };
  assert.equal((await verdict({ ...asked, as: "server" }, openssl))?.verdict, "accepted");
  assert.equal((await verdict({ ...asked, as: "client" }, openssl))?.verdict, "refused");
  assert.equal((await verdict({ ...asked, as: "server" }, { name: "rustls-webpki", version: "0.103" }))?.verdict, "refused");
});

test("lists let both stacks accept what they do not name, and refuse what they do", async () => {
  for (const stack of [
    { name: "openssl", version: "3" },
    { name: "rustls-webpki", version: "0.103" },
  ] as const) {
    const kinds = new Set<string>();
    for (const { leaf, intermediates, roots, lists, policy, now } of listScenarios()) {
      const asked = {
        leaf,
        intermediates,
        roots,
        as: "client",
        now: now * 1000,
        ...(lists && { lists }),
        ...(policy && { revocation: policy }),
      } as const;
      const answer = await verdict(asked, stack);
      kinds.add(answer?.verdict === "refused" ? answer.kind : (answer?.verdict ?? "unknown"));
    }
    assert.ok(kinds.has("accepted"), stack.name);
    assert.ok(
      [...kinds].some((it) => /^(?:CertRevoked|certificate revoked)$/.test(it)),
      [...kinds].join(", "),
    );
    assert.ok(kinds.size > 5, [...kinds].join(", "));
  }
});

test("constraints on SPIFFE names changed with 0.103.12 and 0.103.13", async () => {
  const names = sequence(tlv(0xa0, sequence(uri("example.test"))));
  const intermediate = { spec: { extensions: [...AUTHORITY, extension("2.5.29.30", names, true)] } };
  const leaf = { spec: { extensions: [alternativeNames(uri("spiffe://example.test/api"))] } };
  const question = presented({ intermediate, leaf }, { as: "client" });
  await accepted(question, stack("rustls-webpki@0.103.11"));
  await accepted(question, stack("rustls-webpki@0.102.8"));
  assert.equal((await refusal(question, stack("rustls-webpki@0.103.12"))).kind, "NameConstraintViolation");
  assert.equal((await refusal(question, stack("rustls-webpki@0.101.7"))).kind, "NameConstraintViolation");
  await accepted(question, OPENSSL);
  const excluded = { spec: { extensions: [...AUTHORITY, extension("2.5.29.30", sequence(tlv(0xa1, sequence(uri("evil.test")))), true)] } };
  const spared = presented({ intermediate: excluded, leaf }, { as: "client" });
  await accepted(spared, stack("rustls-webpki@0.103.12"));
  assert.equal((await refusal(spared, stack("rustls-webpki@0.103.13"))).kind, "NameConstraintViolation");
});

test("unknown critical extensions of a root are ignored since 0.103.11", async () => {
  const critical = extension("1.2.3.4", tlv(0x05), true);
  const question = presented({ root: { spec: { extensions: [...AUTHORITY, critical] } } });
  const { kind, place } = await refusal(question, stack("rustls-webpki@0.103.10"));
  assert.deepEqual([kind, place], ["UnsupportedCriticalExtension", { role: "root", number: 1 }]);
  await accepted(question, stack("rustls-webpki@0.103.11"));
});

test("the gap in a chain is shown at its upper end", async () => {
  const lower = issue({
    spec: { issuer: "Intermediate", subject: "Lower", extensions: AUTHORITY },
    key: KEYS.other,
    issuer: KEYS.intermediate,
  });
  const leaf = issue({ spec: { issuer: "Lower", subject: "leaf", extensions: END_ENTITY }, key: KEYS.leaf, issuer: KEYS.other });
  const { kind, place, field } = await refusal(presented({}, { leaf, intermediates: [lower] }), RUSTLS);
  assert.deepEqual({ kind, place, field }, { kind: "UnknownIssuer", place: { role: "intermediate", number: 1 }, field: "issuer" });
});

test("a key that no handshake is signed with is refused after the path", async () => {
  const question = presented({ leaf: { key: KEYS.p521 } });
  await accepted(question, RUSTLS);
  assert.equal((await refusal({ ...question, handshake: true }, RUSTLS)).kind, "NoSignatureSchemesInCommon");
  await accepted({ ...question, handshake: true }, { ...RUSTLS, provider: "aws-lc-rs" });
});

test("OpenSSL looks at the common name, at expired roots and at key usages", async () => {
  await accepted(presented({ leaf: { spec: { subject: HOST, extensions: [keyUsage("1")] } } }), OPENSSL);
  const expired = presented({ root: { spec: { notAfter: tlv(0x17, text("260101000000Z")) } } });
  await accepted(expired, RUSTLS);
  assert.equal((await refusal(expired, OPENSSL)).kind, "certificate has expired");
  const signing = presented({ intermediate: { spec: { extensions: [basicConstraints(true), keyUsage("1")] } } });
  assert.equal((await refusal(signing, OPENSSL)).kind, "invalid CA certificate");
});

test("an algorithm that cannot be checked is never called bad", async () => {
  const odd = { intermediate: { key: elliptic("brainpoolP224r1") } };
  assert.equal((await verdict(presented(odd), OPENSSL))?.verdict, "cannot tell");
  // What OpenSSL says of SM2 depends on an identity that it is told apart.
  const sm2 = { ...elliptic("SM2"), secret: () => noise("signature", 64), algorithm: { identifier: ALGORITHMS.sm2 } };
  assert.equal((await verdict(presented({ intermediate: { key: sm2 } }), OPENSSL))?.verdict, "cannot tell");
});

test("what the runtime does not verify, libraries do", async () => {
  for (const key of ["p224", "secp256k1", "ed448", "mlDsa65", "slhDsa"] as const)
    assert.equal((await verdict(presented({ intermediate: { key: KEYS[key] } }), OPENSSL))?.verdict, "accepted", key);
  const forged = presented({ intermediate: { key: KEYS.secp256k1 }, leaf: { issuer: KEYS.other } });
  assert.equal((await refusal(forged, OPENSSL)).kind, "certificate signature failure");
});

test("keys of the time after quantum computers, by release", async () => {
  const handshake = { handshake: true };
  const aws = (release: string): StackChoice => ({ ...stack(`rustls-webpki@${release}`), provider: "aws-lc-rs" });
  for (const level of ["root", "intermediate", "leaf"] as const) {
    const hybrid = presented({ [level]: { key: KEYS.mlDsa65 } }, handshake);
    await accepted(hybrid, aws("0.103.14"));
    // Before, it takes an unstable feature and a provider of one's own.
    assert.equal((await verdict(hybrid, aws("0.103.13")))?.verdict, "refused", level);
    assert.equal((await verdict(hybrid, { ...stack("rustls-webpki@0.103"), provider: "ring" }))?.verdict, "refused", level);
    await accepted(hybrid, stack("openssl@3.5"));
    assert.equal((await verdict(hybrid, stack("openssl@3.4.0")))?.verdict, "refused", level);
  }
  const encapsulation = presented({ leaf: { key: KEYS.mlKem } });
  await accepted(encapsulation, aws("0.103"));
  await accepted(encapsulation, stack("openssl@3.5"));
  assert.equal((await refusal({ ...encapsulation, ...handshake }, aws("0.103"))).kind, "NoSignatureSchemesInCommon");
  assert.equal((await refusal(encapsulation, stack("openssl@3.0"))).kind, "EE certificate key too weak");
  const forged = presented({
    intermediate: { key: KEYS.slhDsa },
    leaf: { issuer: { ...KEYS.slhDsa, secret: () => noise("forged", 17_088) } },
  });
  assert.equal((await refusal(forged, stack("openssl@3.5"))).kind, "certificate signature failure");
});

test("a leaf's key that is written in an unusual way is refused in the handshake, by rustls alone", async () => {
  for (const [name, key] of Object.entries(WRITTEN_ODDLY)) {
    const odd = presented({ leaf: { key } });
    const aws: StackChoice = { ...RUSTLS, provider: "aws-lc-rs" };
    await accepted(odd, aws);
    assert.equal((await refusal({ ...odd, handshake: true }, aws)).kind, "NoSignatureSchemesInCommon", name);
    if (!/ with NULL$| under the name of /.test(name)) await accepted({ ...odd, handshake: true }, OPENSSL);
  }
});

test("OpenSSL signs handshakes on the curves that it offers by default", async () => {
  for (const key of ["p224", "secp256k1"] as const) {
    await accepted(presented({ leaf: { key: KEYS[key] } }), OPENSSL);
    const asked = presented({ leaf: { key: KEYS[key] } }, { handshake: true });
    assert.equal((await refusal(asked, OPENSSL)).kind, "no suitable signature algorithm");
  }
});

test("noise, truncated certificates and loops are answered, in few steps", async () => {
  const { root, intermediate, leaf } = chain();
  const steps = await stepsOf(async () => {
    for (const choice of [RUSTLS, stack("rustls-webpki@0.101"), OPENSSL]) {
      for (const bad of [new Uint8Array(), noise("bad", 5000), leaf.subarray(0, 100), sequence(oid("1.2.3"))]) {
        for (const more of [{ leaf: bad }, { intermediates: [bad] }, { roots: [bad] }]) {
          const answer = await verdict(presented({}, more), choice);
          assert.notEqual(answer?.verdict, undefined);
          if (!("intermediates" in more)) assert.equal(answer?.verdict, "refused");
        }
      }
      const loops = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? intermediate : root));
      await accepted(presented({}, { intermediates: loops }), choice);
    }
  });
  assert.ok(steps < 1_000_000, String(steps));
});

test("stacks that nothing is known about have no verdict", () => {
  for (const name of ["rustls-webpki@0.100", "rustls-webpki@0.105", "openssl@1.1.0", "openssl@4.1.0", "gnutls@3", "openssl"])
    assert.equal(parseStack(name), undefined);
});

test("the service reads chains from files and cases of the x509-limbo schema", async () => {
  const { root, intermediate, leaf } = chain();
  const file = (...ders: readonly Uint8Array[]): string => ders.map((der) => pem("CERTIFICATE", der)).join("");
  const encoded = (content: string): Uint8Array => new TextEncoder().encode(content);
  const request = { chain: encoded(file(leaf, intermediate)), roots: encoded(file(root)), as: "server", now: NOW * 1000 } as const;
  assert.deepEqual((await verify({ ...request, stack: "openssl@3", host: HOST })).answer, { verdict: "accepted" });
  assert.equal((await verify({ ...request, stack: "openssl@2" })).answer.verdict, "not asked");
  const limbo = {
    id: "a::b",
    validation_kind: "SERVER",
    trusted_certs: [file(root)],
    untrusted_intermediates: [file(intermediate)],
    peer_certificate: file(leaf),
    validation_time: new Date(NOW * 1000).toISOString(),
    expected_peer_name: { kind: "DNS", value: "other.test" },
  };
  assert.deepEqual(await verifyCase(limbo, "rustls-webpki@0.103", 0), { id: "a::b", verdict: "refused", kind: "CertNotValidForName" });
  assert.equal(await verifyCase({ id: 1 }, "openssl@3", 0), undefined);
});
