/** Which certificate OpenSSL takes for an issuer where several have the name, by release; the real libraries are asked by `test/oracle/meshes.ts`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verdict } from "../../../server/src/pki/stacks/index.ts";
import { bytes, extension, sequence, time, tlv } from "../../certificates/build.ts";
import { type Bytes, NOW } from "../../oracle/chain.ts";
import { AUTHORITY, END_ENTITY, issue, KEYS } from "../../oracle/issue.ts";

const kindsBy = async (versions: readonly string[], leaf: Bytes, roots: readonly Bytes[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const version of versions) {
    const stack = { name: "openssl", version, securityLevel: 2 } as const;
    const told = await verdict({ leaf, intermediates: [], roots, as: "client", now: NOW * 1000 }, stack);
    found.push(told?.verdict === "refused" ? told.kind : String(told?.verdict));
  }
  return found;
};

const leafOf = (issuer: string): Bytes =>
  issue({ spec: { issuer, subject: "leaf", serial: bytes(9), extensions: END_ENTITY }, key: KEYS.leaf, issuer: KEYS.root });

test("of expired issuers the last one before 3.0, the one that was valid longest since", async () => {
  const order = (issuer: string, until: string, signer: typeof KEYS.root): Bytes =>
    issue({ spec: { issuer, subject: "Root", notAfter: time(until), extensions: AUTHORITY }, key: KEYS.root, issuer: signer });
  const roots = [order("Root", "2026-02-01T00:00:00Z", KEYS.root), order("Elsewhere", "2026-01-01T00:00:00Z", KEYS.other)];
  assert.deepEqual(await kindsBy(["1.1.1", "3.0", "4.0"], leafOf("Root"), roots), [
    "unable to get issuer certificate",
    "certificate has expired",
    "certificate has expired",
  ]);
});

test("an issuer with the issuer and serial number of its subject needs no fitting identifiers since 4.0", async () => {
  const identified = extension("2.5.29.35", sequence(tlv(0x80, 8)));
  const known = extension("2.5.29.14", tlv(0x04, 7));
  const root = issue({
    spec: { issuer: "Root", subject: "Root", serial: bytes(2), extensions: [...AUTHORITY, known] },
    key: KEYS.root,
    issuer: KEYS.root,
  });
  const crossed = (serial: number): Bytes => {
    const spec = { issuer: "Root", subject: "CA", serial: bytes(serial), extensions: [...AUTHORITY, identified] };
    return issue({ spec, key: KEYS.root, issuer: KEYS.root });
  };
  const lacking = "unable to get issuer certificate";
  assert.deepEqual(await kindsBy(["3.5", "4.0"], leafOf("CA"), [root, crossed(2)]), [lacking, "accepted"]);
  assert.deepEqual(await kindsBy(["3.5", "4.0"], leafOf("CA"), [root, crossed(3)]), [lacking, lacking]);
});
