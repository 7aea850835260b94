/** The policies by themselves: observations made by hand, so that each decision is seen without a line of Rust. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeRules, rulesFor } from "../../../server/src/rules/fact-rules.ts";
import type { RuleContext, Verdict } from "../../../server/src/rules/rule.ts";
import type { Endpoint, Fact, Observation, Role } from "../../../server/src/tls/facts.ts";
import type { Policy } from "../../../server/src/tls/policy.ts";

interface Stated {
  readonly fact: Fact;
  readonly written?: string;
  readonly byDefault?: boolean;
  /** Undone by what follows: it happened, and does not hold at the end. */
  readonly undone?: boolean;
}

const quiet = context("auto");
const meant = context("required");

test("no-client-auth: information for a public server, a warning where mutual TLS is meant, silence where it is not wanted", () => {
  const none: Stated = { fact: { kind: "client-authentication", mode: "none" } };
  assert.equal(judged("no-client-auth", [none], "server", quiet)?.severity, undefined);
  assert.equal(judged("no-client-auth", [none], "server", meant)?.severity, "warning");
  assert.equal(judged("no-client-auth", [none], "server", context("off")), undefined);
  assert.equal(judged("no-client-auth", [none], "client", meant), undefined);
  assert.equal(judged("no-client-auth", [none], "unknown", meant), undefined);
});

test("no-client-auth: a sign of mutual TLS is quoted", () => {
  const place = { file: "main.rs", span: { start: 500, end: 510 } };
  const signed: RuleContext = { ...quiet, intent: [{ place, reason: "a client CA is loaded", of: "mutual-tls" }] };
  const verdict = judged("no-client-auth", [{ fact: { kind: "client-authentication", mode: "none" } }], "server", signed);
  assert.equal(verdict?.severity, "warning");
  assert.deepEqual(verdict?.related, [{ ...place, message: "mutual TLS is intended here: a client CA is loaded" }]);
});

test("a default beside a loaded CA is unenforced-client-ca's, once", () => {
  const facts: Stated[] = [
    { fact: { kind: "client-authentication", mode: "none" }, byDefault: true },
    { fact: { kind: "trust", anchors: "loaded" }, written: "set_ca_file" },
    { fact: { kind: "trust", anchors: "loaded" }, written: "set_ca_file" },
  ];
  const { observations } = endpoint(facts, "server");
  assert.deepEqual(speaking(observations, quiet), ["unenforced-client-ca"]);
});

test("an explicit `none` beside a loaded CA is no-client-auth's", () => {
  const { observations } = endpoint(
    [
      { fact: { kind: "client-authentication", mode: "none" }, byDefault: true, undone: true },
      { fact: { kind: "trust", anchors: "loaded" } },
      { fact: { kind: "client-authentication", mode: "none" } },
    ],
    "server",
  );
  assert.deepEqual(speaking(observations, quiet), ["no-client-auth"]);
});

test("what was stricter before is overridden-verification's", () => {
  for (const mode of ["none", "ignored", "optional"] as const) {
    const { observations } = endpoint(
      [{ fact: { kind: "client-authentication", mode: "required" }, undone: true }, { fact: { kind: "client-authentication", mode } }],
      "server",
    );
    assert.ok(speaking(observations, meant).includes("overridden-verification"), mode);
    if (mode !== "ignored") assert.deepEqual(speaking(observations, meant), ["overridden-verification"], mode);
  }
});

test("two branches that both hold undo nothing", () => {
  const { observations } = endpoint(
    [{ fact: { kind: "client-authentication", mode: "required" } }, { fact: { kind: "client-authentication", mode: "optional" } }],
    "server",
  );
  assert.deepEqual(speaking(observations, quiet), ["optional-client-auth"]);
});

test("an imaginary call silences what it stands for", () => {
  const { observations } = endpoint(
    [
      { fact: { kind: "client-authentication", mode: "none" }, byDefault: true },
      { fact: { kind: "trust", anchors: "loaded" } },
      { fact: { kind: "imaginary-call", call: "client_auth", mode: "none" } },
    ],
    "server",
  );
  assert.deepEqual(speaking(observations, meant), ["imaginary-client-auth"]);
});

test("verifiers: severity by judgement, and lower where nothing installs them", () => {
  const severity = (verifies: "server" | "client", judgement: Extract<Fact, { kind: "verifier" }>["judgement"], installed: boolean) =>
    judged(
      verifies === "server" ? "accept-any-server" : "accept-any-client",
      [{ fact: { kind: "verifier", verifies, judgement, name: "V", installed } }],
      verifies === "server" ? "client" : "server",
      quiet,
    )?.severity;
  for (const verifies of ["server", "client"] as const) {
    assert.equal(severity(verifies, "accepts-anything", true), "error");
    assert.equal(severity(verifies, "accepts-anything", false), "warning");
    assert.equal(severity(verifies, "drops-error", true), "error");
    assert.equal(severity(verifies, "drops-time-error", true), "warning");
    assert.equal(severity(verifies, "compares-other", true), "warning");
    assert.equal(severity(verifies, "unknown", true), "hint");
    assert.equal(severity(verifies, "unknown", false), undefined);
    for (const fine of ["delegates", "pins", "rejects"] as const) assert.equal(severity(verifies, fine, true), undefined);
  }
});

test("accept-any-signature: once for a verifier, and not where any certificate is accepted anyway", () => {
  const signature = (name: string): Stated => ({
    fact: { kind: "verifier", verifies: "signature", judgement: "accepts-anything", name, installed: true },
  });
  const certificate = (judgement: "pins" | "accepts-anything"): Stated => ({
    fact: { kind: "verifier", verifies: "server", judgement, name: "V", installed: true },
  });
  assert.deepEqual(speaking(endpoint([certificate("pins"), signature("V"), signature("V")], "client").observations, quiet), [
    "accept-any-signature",
  ]);
  assert.deepEqual(speaking(endpoint([certificate("accepts-anything"), signature("V"), signature("V")], "client").observations, quiet), [
    "accept-any-server",
  ]);
});

test("obsolete-protocol: the policy's floor decides", () => {
  const at = (version: "TLS 1.1" | "TLS 1.2", minimumVersion: Policy["minimumVersion"]) =>
    judged("obsolete-protocol", [{ fact: { kind: "minimum-version", version } }], "client", context("auto", { minimumVersion }));
  assert.ok(at("TLS 1.1", "TLS 1.2"));
  assert.equal(at("TLS 1.2", "TLS 1.2"), undefined);
  assert.ok(at("TLS 1.2", "TLS 1.3"));
});

test("revocation: a list may be missing, stale or unread, and each fault has one rule", () => {
  const rules = (...facts: Fact[]) =>
    speaking(
      endpoint(
        facts.map((fact) => ({ fact })),
        "server",
      ).observations,
      quiet,
    );
  const loaded: Fact = { kind: "revocation", lists: "loaded" };
  assert.deepEqual(rules({ kind: "revocation-expiry", enforced: false }, { kind: "revocation", lists: "none" }), ["empty-crl-list"]);
  assert.deepEqual(rules({ kind: "revocation-expiry", enforced: false }, loaded), ["stale-crl-accepted"]);
  assert.deepEqual(rules({ kind: "revocation-expiry", enforced: true }, loaded), []);
  assert.deepEqual(rules({ kind: "revocation-check", enabled: false }, loaded), ["unchecked-crl"]);
  assert.deepEqual(rules({ kind: "revocation-check", enabled: true }, loaded), []);
  assert.deepEqual(rules(loaded), []);
});

test("plaintext-listener: beside TLS, public, unknown, loopback", () => {
  const listener = (transport: "plaintext" | "tls", reach: "loopback" | "public" | "unknown"): Fact => ({
    kind: "listener",
    transport,
    reach,
  });
  const severities = (context: RuleContext, ...facts: Fact[]) =>
    endpoint(
      facts.map((fact) => ({ fact })),
      "server",
    ).observations.flatMap((it) => {
      const verdict = rule("plaintext-listener").judge(it, context);
      return verdict ? [verdict.severity] : [];
    });
  assert.deepEqual(severities(quiet, listener("plaintext", "loopback"), listener("tls", "public")), []);
  assert.deepEqual(severities(quiet, listener("plaintext", "unknown"), listener("tls", "public")), ["warning"]);
  assert.deepEqual(severities(quiet, listener("plaintext", "public")), ["info"]);
  assert.deepEqual(severities(meant, listener("plaintext", "public")), ["warning"]);
  assert.deepEqual(severities(meant, listener("plaintext", "unknown")), ["hint"]);
});

test("messages and help begin in lower case and end without a full stop", () => {
  let texts = 0;
  for (const facts of EVERY_FAULT)
    for (const role of ["client", "server"] as const)
      for (const context of [quiet, meant])
        for (const observation of endpoint(facts, role).observations)
          for (const it of rulesFor(observation.fact.kind)) {
            const verdict = it.judge(observation, context);
            for (const text of [verdict?.message, verdict?.help, ...(verdict?.related ?? []).map(({ message }) => message)])
              if (text !== undefined) {
                texts++;
                assert.match(text, /^[a-z`]/, it.id);
                assert.doesNotMatch(text, /\.$|undefined|\$\{/, it.id);
              }
          }
  assert.ok(texts > 200, `${texts} texts were looked at`);
});

const EVERY_FAULT: readonly (readonly Stated[])[] = [
  [{ fact: { kind: "client-authentication", mode: "none" } }],
  [{ fact: { kind: "client-authentication", mode: "none" }, byDefault: true }],
  [{ fact: { kind: "client-authentication", mode: "ignored" } }],
  [{ fact: { kind: "client-authentication", mode: "optional" } }],
  [{ fact: { kind: "server-verification", enabled: false } }],
  [{ fact: { kind: "server-verification", enabled: false }, byDefault: true }],
  [{ fact: { kind: "hostname-verification", enabled: false } }],
  [{ fact: { kind: "trust", anchors: "none" } }],
  [{ fact: { kind: "revocation", lists: "none" } }],
  [{ fact: { kind: "revocation", lists: "maybe-none" } }],
  [{ fact: { kind: "minimum-version", version: "oldest" } }],
  [{ fact: { kind: "minimum-version", version: "SSL 3.0" }, byDefault: true }],
  [{ fact: { kind: "maximum-version", version: "TLS 1.0" } }],
  [{ fact: { kind: "cipher-list", ciphers: "ALL" } }],
  [{ fact: { kind: "cipher-list", ciphers: "DEFAULT:@SECLEVEL=0" } }],
  [{ fact: { kind: "preset", name: "old", weakness: "is old" } }],
  [{ fact: { kind: "early-data", bytes: 1 } }],
  [{ fact: { kind: "key-log", enabled: true } }],
  [{ fact: { kind: "listener", transport: "plaintext", reach: "public", address: "0.0.0.0:80" } }, { fact: { kind: "connection-hook" } }],
  [{ fact: { kind: "dropped-error", what: "crl", call: "add", systemStore: false } }],
  [{ fact: { kind: "dropped-error", what: "anchor", call: "add", systemStore: true } }],
  [{ fact: { kind: "partial-bundle", call: "from_pem", called: "ca-bundle.pem", from: "own", platformDependent: true } }],
  [{ fact: { kind: "partial-bundle", call: "next", called: "ca-bundle.pem", from: "own", picked: true, platformDependent: false } }],
  ...(["required", "optional", "none"] as const).map((mode): Stated[] => [{ fact: { kind: "imaginary-call", call: "client_auth", mode } }]),
  ...(["accepts-anything", "drops-error", "drops-name-error", "drops-time-error", "compares-other", "unknown"] as const).flatMap(
    (judgement) =>
      (["server", "client", "signature"] as const).map((verifies): Stated[] => [
        { fact: { kind: "verifier", verifies, judgement, name: "V", installed: true } },
      ]),
  ),
];

function context(mtls: Policy["mtls"], more: Partial<Policy> = {}): RuleContext {
  const policy: Policy = { minimumVersion: "TLS 1.2", mtls, profile: "private-mtls", now: 0, expiringDays: 30, ...more };
  return { policy, intent: [], readsPeerIdentity: false };
}

/** One endpoint to which everything happens in order. */
function endpoint(facts: readonly Stated[], role: Role | "unknown"): { readonly observations: readonly Observation[] } {
  const all: Observation[] = [];
  const held: Observation[] = [];
  const place = { file: "main.rs", span: { start: 0, end: 1 } };
  const whole: Endpoint = {
    id: 1,
    role,
    sort: "configuration",
    crate: "any",
    library: "any",
    place,
    facts: all,
    effective: held,
    parts: [],
    usedBy: [],
    replaces: [],
    alike: [],
    idle: [],
  };
  for (const [index, { fact, written = "call", byDefault = false, undone = false }] of facts.entries()) {
    const observation: Observation = {
      fact,
      role,
      place: { file: "main.rs", span: { start: index * 10, end: index * 10 + 5 } },
      related: [],
      guards: [],
      byDefault,
      call: `any::${written}`,
      written,
      guessed: false,
      endpoint: whole,
      handle: index,
    };
    all.push(observation);
    if (!undone) held.push(observation);
  }
  return { observations: held };
}

function rule(id: string): (typeof codeRules)[number] {
  const found = codeRules.find((it) => it.id === id);
  assert.ok(found, id);
  return found;
}

function judged(id: string, facts: readonly Stated[], role: Role | "unknown", context: RuleContext): Verdict | undefined {
  const [first] = endpoint(facts, role).observations;
  assert.ok(first);
  return rule(id).judge(first, context);
}

/** Ids of the rules that have something to say, once each. */
const speaking = (observations: readonly Observation[], context: RuleContext): string[] => [
  ...new Set(observations.flatMap((it) => rulesFor(it.fact.kind).flatMap((one) => (one.judge(it, context) ? [one.id] : [])))),
];
