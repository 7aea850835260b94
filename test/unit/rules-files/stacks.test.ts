/**
 * No rule says what a stack contradicts: wherever a finding at error or warning claims that rustls or OpenSSL refuses something, the
 * emulated stack is asked. The emulation is compared with the real stacks, on the same scenarios, in `test/oracle`.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { readCertificateFile } from "../../../server/src/pki/index.ts";
import { type Presented, type StackChoice, verdict } from "../../../server/src/pki/stacks/index.ts";
import { fileRules } from "../../../server/src/rules/files/index.ts";
import { Inventory } from "../../../server/src/service/certificates/inventory.ts";
import { Listing } from "../../../server/src/service/listing.ts";
import { Workspace } from "../../../server/src/service/workspace.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../../server/src/tls/policy.ts";
import { extension, keyUsage, oid, pem, purposes, SERVER, sequence, text, tlv } from "../../certificates/build.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { HOST, NOW, type Scenario } from "../../oracle/chain.ts";
import { AUTHORITY, END_ENTITY, issue, KEYS, type Key } from "../../oracle/issue.ts";
import { allScenarios } from "../../oracle/scenarios.ts";

type Bytes = Uint8Array;

/** What a sentence claims; of lists and of loading the verdicts of chains say nothing. */
function claimed(message: string): readonly StackChoice["name"][] {
  const claims: StackChoice["name"][] = [];
  const both = /no TLS stack|both stacks reject|rustls (?:\(`\w+`\) )?and OpenSSL (?:\(`[^`]+`\) )?reject/;
  if (both.test(message)) claims.push("rustls-webpki", "openssl");
  if (/rustls rejects|not supported by rustls|rustls can neither/.test(message)) claims.push("rustls-webpki");
  if (/OpenSSL rejects/.test(message)) claims.push("openssl");
  return [...new Set(claims)];
}

/** The most lenient of those that a claim can mean. */
const STACKS: Readonly<Record<StackChoice["name"], readonly StackChoice[]>> = {
  "rustls-webpki": [
    { name: "rustls-webpki", version: "0.103", provider: "ring" },
    { name: "rustls-webpki", version: "0.103", provider: "aws-lc-rs" },
  ],
  openssl: [{ name: "openssl", version: "3", securityLevel: 2 }],
};

/** Claims with a condition are asked under it. */
function rolesIn(message: string): readonly Presented["as"][] {
  if (/as a client certificate/.test(message)) return ["client"];
  if (/as a server certificate|for every host|hostname verification/.test(message)) return ["server"];
  return ["server", "client"];
}

interface Told {
  readonly rule: string;
  /** Which certificate of the file it is about. */
  readonly at: number;
  readonly message: string;
}

/** The chain in one file, what is trusted in another, as a workspace has them. */
async function told({ leaf, intermediates, roots, now }: Scenario): Promise<readonly Told[]> {
  const files = {
    "/w/server.pem": text([leaf, ...intermediates].map((it) => pem("CERTIFICATE", it)).join("")),
    "/w/ca.pem": text(roots.map((it) => pem("CERTIFICATE", it)).join("")),
  };
  const workspace = new Workspace(memoryHost(files, now * 1000), { roots: ["/w"] });
  const inventory = new Inventory(workspace, new Listing(workspace));
  const path = "/w/server.pem";
  const file = readCertificateFile(files[path]);
  const policy = {
    minimumVersion: MINIMUM_VERSION,
    mtls: "auto",
    profile: "private-mtls",
    now: now * 1000,
    expiringDays: EXPIRING_DAYS,
  } as const;
  const neighbours = await inventory.around(path, file, undefined);
  return fileRules.flatMap((rule) =>
    rule
      .judge(file, { policy, usedAs: [], path, neighbours })
      .filter((it) => ["error", "warning"].includes(it.severity ?? rule.severity))
      .map(({ message, notes = [], span }) => ({
        rule: rule.id,
        message: [message, ...notes].join("; "),
        at: file.sections.findIndex((it) => it.span.end >= span.end),
      })),
  );
}

type Asked = Pick<Scenario, "leaf" | "intermediates" | "roots" | "now" | "host">;

/** Whether a stack accepts in every role, whatever provider it has. */
async function accepted(
  { leaf, intermediates, roots, now, host }: Asked,
  stack: StackChoice["name"],
  roles: readonly Presented["as"][],
): Promise<boolean> {
  for (const choice of STACKS[stack])
    for (const as of roles) {
      const asked = { leaf, intermediates, roots, as, now: now * 1000, handshake: true, ...(as === "server" && { host }) };
      if ((await verdict(asked, choice))?.verdict !== "accepted") return false;
    }
  return true;
}

/** Claims that the stack contradicts in every role they speak of. */
async function contradictions(scenario: Scenario): Promise<{ readonly asked: number; readonly wrong: readonly string[] }> {
  let asked = 0;
  const wrong: string[] = [];
  for (const { rule, message, at } of await told(scenario)) {
    for (const name of claimed(message)) {
      // What leads through the first certificate, or was issued by it, is no chain of ours.
      if (at === 0 && /its chains| issued /.test(message)) continue;
      asked++;
      const roles = rolesIn(message);
      if (!(await accepted(scenario, name, roles))) continue;
      // Nobody has looked at a certificate without which it is accepted, too.
      const without = { ...scenario, intermediates: scenario.intermediates.filter((_, index) => index !== at - 1) };
      if (at > 0 && (await accepted(without, name, roles))) continue;
      wrong.push(`${scenario.id}: ${name} accepts, but ${rule} says: ${message}`);
    }
  }
  return { asked, wrong };
}

test("on every scenario that the oracle compares with the real stacks", async () => {
  let asked = 0;
  const wrong: string[] = [];
  for (const scenario of allScenarios()) {
    const found = await contradictions(scenario);
    asked += found.asked;
    wrong.push(...found.wrong);
  }
  assert.ok(asked > 100, `${asked} claims`);
  assert.deepEqual(wrong, []);
});

/** Few names and few keys: authorities that share a name, leaves that bear their issuer's, keys that were replaced. */
const NAMES = ["Root", "Other", "leaf"] as const;
const SIGNERS = ["root", "other", "intermediate", "leaf"] as const;
const identifier = (signer: (typeof SIGNERS)[number]): number => SIGNERS.indexOf(signer) + 1;

const certificate = fc.record({
  issuer: fc.constantFrom(...NAMES),
  subject: fc.constantFrom(...NAMES),
  key: fc.constantFrom(...SIGNERS),
  signer: fc.constantFrom(...SIGNERS),
  authority: fc.boolean(),
  /** Key identifiers: none, right ones, or of the certificate's own key. */
  identified: fc.constantFrom("no", "right", "own"),
});
type Drawn = typeof certificate extends fc.Arbitrary<infer T> ? T : never;

function made({ issuer, subject, key, signer, authority, identified }: Drawn, serial: number): Bytes {
  const of = (one: (typeof SIGNERS)[number]): Bytes => tlv(0x80, identifier(one));
  const ids =
    identified === "no"
      ? []
      : [extension("2.5.29.14", tlv(0x04, identifier(key))), extension("2.5.29.35", sequence(of(identified === "own" ? key : signer)))];
  return issue({
    spec: { issuer, subject, serial: Uint8Array.of(serial), extensions: [...(authority ? AUTHORITY : END_ENTITY), ...ids] },
    key: KEYS[key],
    issuer: KEYS[signer],
  });
}

test("on sets of certificates that share names and keys", async () => {
  let asked = 0;
  /** The first of each rule. */
  const wrong = new Map<string, string>();
  const sets = fc.sample(fc.tuple(fc.array(certificate, { minLength: 2, maxLength: 5 }), fc.nat()), { numRuns: RUNS, seed: 15 });
  for (const [drawn, cut] of sets) {
    const [leaf, ...others] = drawn.map((it, at) => made(it, at + 1));
    if (leaf === undefined) continue;
    const at = cut % (others.length + 1);
    const parts = { leaf, intermediates: others.slice(0, at), roots: others.slice(at) };
    const found = await contradictions({ id: JSON.stringify(drawn), ...parts, host: HOST, now: NOW });
    asked += found.asked;
    for (const it of found.wrong) wrong.set(it.replace(/^.*: (?=rustls|openssl)| says: .*$/g, ""), it);
  }
  assert.ok(asked > RUNS / 4, `${asked} claims`);
  assert.deepEqual([...wrong.values()], []);
});

/** More on demand: each takes three milliseconds. */
const RUNS = Number(process.env["STACK_SETS"] ?? 600);

/** For signing code, for mail and for timestamps. */
const OTHER_PURPOSES = ["1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.8"].map((it) => purposes(it));

/** What rustls or OpenSSL would refuse in TLS, in certificates that nobody uses there, and that other programs take. */
const FAULTS: Readonly<Record<string, { readonly key: Key; readonly extensions: readonly Bytes[] }>> = {
  "an extension that nobody knows": { key: KEYS.leaf, extensions: [extension("1.2.3.4", sequence(), true)] },
  "critical policies": { key: KEYS.leaf, extensions: [extension("2.5.29.32", sequence(sequence(oid("1.2.3.4"))), true)] },
  "a curve that rustls does not have": { key: KEYS.secp256k1, extensions: [] },
  "a key for RSA-PSS": { key: KEYS.rsaPss, extensions: [] },
  "a key of Ed448": { key: KEYS.ed448, extensions: [] },
  "no alternative name": { key: KEYS.leaf, extensions: [] },
};

test("of a certificate that is for something else nothing is said of TLS stacks", async () => {
  for (const [fault, { key, extensions }] of Object.entries(FAULTS))
    for (const purpose of OTHER_PURPOSES) {
      const spec = { issuer: "Root", subject: "signer", extensions: [keyUsage("1"), purpose, ...extensions] };
      const leaf = issue({ spec, key, issuer: KEYS.root });
      const root = issue({ spec: { issuer: "Root", subject: "Root", extensions: AUTHORITY }, key: KEYS.root, issuer: KEYS.root });
      const found = await told({ id: fault, leaf, intermediates: [], roots: [root], host: HOST, now: NOW });
      assert.deepEqual(
        found.filter(({ message }) => /rustls|OpenSSL|stack/.test(message)),
        [],
        fault,
      );
    }
});

test("and of one for TLS it is said", async () => {
  const silent: string[] = [];
  for (const [fault, { key, extensions }] of Object.entries(FAULTS)) {
    const leaf = issue({
      spec: { issuer: "Root", subject: "signer", extensions: [keyUsage("1"), purposes(SERVER), ...extensions] },
      key,
      issuer: KEYS.root,
    });
    const found = await told({ id: fault, leaf, intermediates: [], roots: [], host: HOST, now: NOW });
    if (!found.some(({ message }) => /rustls|OpenSSL/.test(message))) silent.push(fault);
  }
  assert.deepEqual(silent, []);
});
