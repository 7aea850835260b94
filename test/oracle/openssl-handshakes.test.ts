/** Handshakes over loopback between two ends of OpenSSL, that of Node: what the verifying end says at security levels 0 to 2. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { connect, createServer } from "node:tls";
import { type StackChoice, verdict } from "../../server/src/pki/stacks/index.ts";
import { pem, time } from "../certificates/build.ts";
import { at, chain, keyOf, LEVELS, type Variation, type Variations } from "./chain.ts";
import { END_ENTITY, issue, KEYS, type Key, SIGNING, WRITTEN_ODDLY } from "./issue.ts";

/** The clock is the machine's. */
const LATE = { notAfter: time("2049-12-31T00:00:00Z") } as const;
const lasting = (variations: Variations): Variations =>
  Object.fromEntries(LEVELS.map((level) => [level, { ...variations[level], spec: { ...variations[level]?.spec, ...LATE } }]));

interface Question {
  readonly name: string;
  readonly leaf: Uint8Array;
  readonly intermediate: Uint8Array;
  readonly root: Uint8Array;
  readonly key: Uint8Array;
}

function question(name: string, variations: Variations): readonly Question[] {
  const { leaf, intermediate, root } = chain(lasting(variations));
  const { key } = keyOf(variations.leaf?.key ?? KEYS.leaf);
  return key === undefined ? [] : [{ name, leaf, intermediate, root, key }];
}

const named = (keys: Readonly<Record<string, Key>>): readonly Question[] =>
  LEVELS.flatMap((level) => Object.entries(keys).flatMap(([name, key]) => question(`${level} ${name}`, at(level, { key }))));
const signed = (key: Key, names: readonly (keyof typeof SIGNING)[]): readonly Question[] =>
  names.flatMap((name) => {
    const leaf: Variation = { algorithm: SIGNING[name] };
    return question(`signed by ${name}`, { intermediate: { key }, leaf });
  });

const questions: readonly Question[] = [
  ...question("plain", {}),
  ...named(KEYS),
  ...named(WRITTEN_ODDLY),
  ...signed(KEYS.intermediate, ["ecdsaSha1", "ecdsaSha224", "ecdsaSha256", "ecdsaSha384", "ecdsaSha512"]),
  ...signed(KEYS.rsa2048, ["rsaSha1", "rsaSha224", "rsaSha256", "rsaSha512", "pssSha256", "pssSalt20"]),
];

const peer = issue({ spec: { ...LATE, issuer: "peer", subject: "peer", extensions: END_ENTITY }, key: KEYS.other, issuer: KEYS.other });
const PEER = { cert: pem("CERTIFICATE", peer), key: pem("PRIVATE KEY", keyOf(KEYS.other).key ?? new Uint8Array()) };

type Outcome = "accepted" | "refused" | "not presented";

/** `not presented`: the end that has the certificate cannot load it, so nobody judges it. */
async function shake({ leaf, intermediate, root, key }: Question, as: "server" | "client", level: number): Promise<Outcome> {
  const own = { cert: pem("CERTIFICATE", leaf) + pem("CERTIFICATE", intermediate), key: pem("PRIVATE KEY", key) };
  const lax = { ciphers: "ALL@SECLEVEL=0" };
  const strict = { ciphers: `ALL@SECLEVEL=${level}`, ca: pem("CERTIFICATE", root), rejectUnauthorized: true };
  const [server, client] =
    as === "server"
      ? [{ ...own, ...lax }, strict]
      : [
          { ...PEER, ...strict, requestCert: true },
          { ...own, ...lax, rejectUnauthorized: false },
        ];
  let listener: ReturnType<typeof createServer>;
  try {
    listener = createServer(server);
  } catch {
    return "not presented";
  }
  const judged = new Promise<Outcome>((resolve) => {
    listener.on("secureConnection", (socket) => {
      socket.on("error", () => undefined);
      if (as === "client") resolve("accepted");
    });
    listener.on("tlsClientError", () => as === "client" && resolve("refused"));
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    const socket = connect({ ...client, host: "127.0.0.1", port, checkServerIdentity: () => undefined });
    const ended = new Promise<Outcome>((resolve) => {
      socket.on("secureConnect", () => as === "server" && resolve("accepted"));
      socket.on("error", () => as === "server" && resolve("refused"));
      socket.on("close", () => resolve("refused"));
    });
    const outcome = await (as === "server" ? ended : Promise.race([judged, once(socket, "close").then(() => judged)]));
    socket.destroy();
    return outcome;
  } catch {
    return "not presented";
  } finally {
    listener.close();
  }
}

test("OpenSSL of this Node shakes hands as predicted, at every security level", async (t) => {
  const wrong: string[] = [];
  const counts = { accepted: 0, refused: 0, "not presented": 0 };
  for (const securityLevel of [0, 1, 2] as const)
    for (const as of ["server", "client"] as const)
      for (const it of questions) {
        const real = await shake(it, as, securityLevel);
        counts[real]++;
        const stack: StackChoice = { name: "openssl", version: process.versions.openssl.replace(/\+.*/, ""), securityLevel };
        const asked = { leaf: it.leaf, intermediates: [it.intermediate], roots: [it.root], as, now: Date.now(), handshake: true };
        const ours = await verdict(asked, stack);
        if (ours === undefined || ours.verdict === "cannot tell") continue;
        const expected = real === "not presented" ? "refused" : real;
        if (ours.verdict !== expected) wrong.push(`${it.name} as ${as} at level ${securityLevel}: really ${real}, here ${ours.verdict}`);
      }
  t.diagnostic(JSON.stringify(counts));
  assert.deepEqual(wrong, []);
  assert.ok(counts.accepted > 150 && counts.refused > 50, JSON.stringify(counts));
});
