/**
 * Handshakes over loopback between two ends of OpenSSL, that of Node and those that `measure-openssl.sh` built: what the verifying end
 * says at security levels 0 to 2.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { connect, createServer } from "node:tls";
import { verdict } from "../../server/src/pki/stacks/index.ts";
import { pem, toHex } from "../certificates/build.ts";
import { PEER, type Question, questions } from "./handshake-questions.ts";
import { handshakesOf, recorded } from "./measured.ts";
import { answersOf, type OpensslProgram } from "./openssl.ts";
import type { Answer, Role } from "./real.ts";

const OWN = { cert: pem("CERTIFICATE", PEER.certificate), key: pem("PRIVATE KEY", PEER.key) };

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
          { ...OWN, ...strict, requestCert: true },
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

interface AskedHandshake extends Question {
  readonly as: Role;
  readonly level: 0 | 1 | 2;
}

/** Handshakes, by the program of `openssl-handshake.c`. */
const askHandshakes = ({ file }: OpensslProgram, asked: readonly AskedHandshake[]): Answer[] =>
  answersOf(
    file,
    asked.map(({ as, level, leaf, intermediate, root, key }) =>
      [as, level, ...[leaf, intermediate, root, key, PEER.certificate, PEER.key].map(toHex)].join("\t"),
    ),
  );

const asked: readonly AskedHandshake[] = ([0, 1, 2] as const).flatMap((level) =>
  (["server", "client"] as const).flatMap((as) => questions.map((question) => ({ ...question, as, level }))),
);
const nameOf = ({ name, as, level }: AskedHandshake): string => `${name} as ${as} at level ${level}`;

/** What the verdict on the same handshake is; undefined where it cannot be told. */
async function predicted({ leaf, intermediate, root, as, level }: AskedHandshake, version: string) {
  const presented = { leaf, intermediates: [intermediate], roots: [root], as, now: Date.now(), handshake: true };
  const ours = await verdict(presented, { name: "openssl", version, securityLevel: level });
  assert.ok(ours, version);
  return ours.verdict === "cannot tell" ? undefined : ours;
}

test("OpenSSL of this Node shakes hands as predicted, at every security level", async (t) => {
  const wrong: string[] = [];
  const counts = { accepted: 0, refused: 0, "not presented": 0 };
  for (const it of asked) {
    const real = await shake(it, it.as, it.level);
    counts[real]++;
    const ours = await predicted(it, process.versions.openssl.replace(/\+.*/, ""));
    const expected = real === "not presented" ? "refused" : real;
    if (ours !== undefined && ours.verdict !== expected) wrong.push(`${nameOf(it)}: really ${real}, here ${ours.verdict}`);
  }
  t.diagnostic(JSON.stringify(counts));
  assert.deepEqual(wrong, []);
  assert.ok(counts.accepted > 150 && counts.refused > 50, JSON.stringify(counts));
});

/** Errors of verification; the others are of the handshake, for which OpenSSL has many words. */
const isOfPath = (kind: string): boolean => kind !== "not presented" && !kind.startsWith("no handshake");

for (const series of ["1.1.1", "3.5", "4.0"])
  test(`OpenSSL ${series} shakes hands as predicted, as it was measured, ML-DSA included`, async (t) => {
    const program = handshakesOf(series);
    const answers = recorded(`handshakes-${series}`, asked.map(nameOf), program && askHandshakes(program, asked));
    const wrong: string[] = [];
    const counts = { accepted: 0, refused: 0, quantum: 0, untold: 0 };
    for (const [index, it] of asked.entries()) {
      const real = answers[index];
      assert.ok(real, `${nameOf(it)} was not measured`);
      if (real.accepted && /ML-DSA|mlDsa/.test(it.name)) counts.quantum++;
      counts[real.accepted ? "accepted" : "refused"]++;
      const ours = await predicted(it, series);
      if (ours === undefined) counts.untold++;
      else {
        const kind = ours.verdict === "refused" ? ours.kind : "accepted";
        const same = real.accepted ? kind === "accepted" : kind !== "accepted" && (!isOfPath(real.kind) || kind === real.kind);
        if (!same) wrong.push(`${nameOf(it)}: really ${real.accepted ? "accepted" : real.kind}, here ${kind}`);
      }
    }
    t.diagnostic(JSON.stringify(counts));
    assert.deepEqual(wrong, []);
    assert.ok(counts.accepted > 150 && counts.refused > 50, JSON.stringify(counts));
    assert.equal(counts.quantum > 100, series !== "1.1.1", JSON.stringify(counts));
  });
