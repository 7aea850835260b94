/** `tlslint verify`: what a TLS stack says about a chain, or about the cases of an x509-limbo file. */

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { jsonText } from "../base/visible.ts";
import { casesOf, type Explained, type Verified, verify, verifyCase } from "../service/certificates/verify.ts";
import type { VerifyCommand } from "./command-line/verify-command.ts";
import { type Paint, printable } from "./terminal.ts";
import type { World } from "./world.ts";
import { sentenceOf } from "./writing/system-errors.ts";

type Chain = Exclude<VerifyCommand["what"], { readonly limbo: string }>;

/** 0: accepted, or all cases were answered · 1: refused · 2: no verdict. */
export async function verifyFiles({ what, stack, format, now = Date.now() }: VerifyCommand, world: World, paint: Paint): Promise<number> {
  try {
    if ("limbo" in what) return await verifyCases(what.limbo, stack, now, world);
    const read = (file: string): Uint8Array => bytesOf(file, world);
    const explained = await verify({
      chain: read(what.chain),
      roots: read(what.roots),
      as: what.as,
      stack,
      now,
      ...(what.intermediates === undefined ? {} : { intermediates: read(what.intermediates) }),
      ...(what.lists === undefined ? {} : { lists: what.lists.map(read) }),
      ...(what.revocation === undefined ? {} : { revocation: what.revocation }),
      ...(what.host === undefined ? {} : { host: what.host }),
    });
    const { answer, paths, morePaths } = explained;
    const notChecked = uncheckedIn(what);
    const told = { version: 1, stack, as: what.as, now: new Date(now).toISOString(), ...answer, notChecked, paths };
    world.print(
      format === "json"
        ? `${jsonText({ ...told, ...(morePaths > 0 && { morePaths }) })}\n`
        : prettyText(answer, stack, what.as, paint) + uncheckedText(answer, notChecked, paint) + pathsText(explained, paint),
    );
    return answer.verdict === "accepted" ? 0 : answer.verdict === "refused" ? 1 : 2;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    world.error(`tlslint: ${error.file}: ${error.reason}`);
    return 2;
  }
}

type Unchecked = "hostname" | "revocation";

/** What the question leaves out, lest "accepted" is taken for an answer to it, too. */
const uncheckedIn = ({ as, host, lists }: Chain): readonly Unchecked[] => [
  ...(as === "server" && host === undefined ? (["hostname"] as const) : []),
  ...(lists === undefined ? (["revocation"] as const) : []),
];

const UNCHECKED: Readonly<Record<Unchecked, string>> = { hostname: "hostname (`--host`)", revocation: "revocation (`--crl`)" };

const uncheckedText = ({ verdict }: Verified, notChecked: readonly Unchecked[], paint: Paint): string =>
  verdict === "accepted" && notChecked.length > 0
    ? `  ${paint.dim("not checked:")} ${notChecked.map((it) => UNCHECKED[it]).join(", ")}\n`
    : "";

/** A file that the user named and that is of no use. */
class Unusable extends Error {
  readonly file: string;
  readonly reason: string;
  constructor(file: string, reason: string) {
    super();
    this.file = file;
    this.reason = reason;
  }
}

function bytesOf(file: string, world: World): Buffer {
  try {
    return readFileSync(world.resolve(file));
  } catch (error) {
    throw new Unusable(file, sentenceOf(error));
  }
}

function casesIn(file: string, bytes: Buffer): unknown {
  try {
    const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    return JSON.parse(text.toString("utf8"));
  } catch {
    throw new Unusable(file, "it is neither JSON nor gzipped JSON");
  }
}

async function verifyCases(file: string, stack: string, now: number, world: World): Promise<number> {
  const cases = casesIn(file, bytesOf(file, world));
  let odd = 0;
  for (const one of casesOf(cases)) {
    const answer = await verifyCase(one, stack, now);
    if (answer === undefined) odd++;
    else world.print(`${jsonText(answer)}\n`);
  }
  if (odd > 0) world.error(`tlslint: ${odd} entries of ${file} are not cases of the x509-limbo schema`);
  return odd > 0 ? 2 : 0;
}

/** From the leaf up, each path that was tried, and why it is none. */
function pathsText({ answer, paths, morePaths }: Explained, paint: Paint): string {
  const lines = paths.map(({ path, kind, sentence }) => {
    const steps = path.map(({ place, subject }) => `${place}${subject === "" ? "" : ` (${printable(subject)})`}`).join(" → ");
    // A path may hold while what is asked of the leaf does not.
    const verdict =
      kind === undefined ? (answer.verdict === "refused" ? "built" : "accepted") : `${printable(kind)}: ${printable(sentence ?? "")}`;
    return `  ${paint.dim("path tried:")} ${steps}: ${verdict}\n`;
  });
  return lines.join("") + (morePaths > 0 ? `  ${morePaths} more paths were tried\n` : "");
}

function prettyText(answer: Verified, stack: string, as: "server" | "client", paint: Paint): string {
  const subject = `${stack}, as a ${as}'s certificate: `;
  switch (answer.verdict) {
    case "accepted":
      return `${subject}${paint.bold("accepted")}\n`;
    case "refused":
      return `${subject}${paint.error("refused")}, ${printable(answer.kind)}\n  ${printable(answer.sentence)} (\`${printable(answer.field)}\`)\n`;
    case "cannot tell":
    case "not asked":
      return `${subject}${paint.warning(answer.verdict)}: ${printable(answer.reason)}\n`;
  }
}
