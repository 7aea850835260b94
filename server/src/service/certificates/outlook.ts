/**
 * What will become of a certificate: its chain through the files of the workspace, the chain's end, and what the stacks will say; of
 * what is none, what belongs to it.
 */
import { type Certificate, certificateRole, days, daysUntil, timeText } from "../../pki/index.ts";
import { type Presented, verdict } from "../../pki/stacks/index.ts";
import { isAuthority, isIssuer, placed } from "../../rules/files/chain.ts";
import { certificatesOf, nameOf, type PlacedCertificate } from "../../rules/files/context.ts";
import type { PathLink, PredictedVerdict } from "../api.ts";
import { companions } from "./companions.ts";
import { type OutlookInput, type OutlookLine, verdictLabel } from "./outlook-lines.ts";

export type { OutlookInput };

export interface Outlook {
  readonly lines: readonly OutlookLine[];
  /** From the certificate itself up; empty for what is none. */
  readonly path: readonly PathLink[];
}

export async function outlook(input: OutlookInput): Promise<Outlook> {
  const { file, section, context, stacks } = input;
  const { parsed } = section;
  if (parsed?.kind !== "certificate") return { lines: companions(input), path: [] };
  const own = certificatesOf(file);
  const links = upwards({ section, certificate: parsed }, own, context);
  const lines: OutlookLine[] = [];
  if (links.length > 1) {
    const steps = links.map((it) => (it.shown === undefined ? nameOf(it.certificate) : `${nameOf(it.certificate)} (${it.shown})`));
    lines.push({ label: "chain", value: steps.join(" → ").replaceAll("`", "") });
    const first = links.reduce((a, b) =>
      (a.certificate.notAfter.milliseconds ?? 0) <= (b.certificate.notAfter.milliseconds ?? 0) ? a : b,
    );
    const end = first.certificate.notAfter;
    const left = end.milliseconds === undefined ? "" : `, ${leftText(daysUntil(end.milliseconds, context.policy.now))}`;
    if (first !== links[0])
      lines.push({ label: "chain ends", value: `${timeText(end)}${left}, with ${nameOf(first.certificate)}`.replaceAll("`", "") });
  }
  const keys = context.neighbours.keys(parsed.key.pin);
  const inFile = file.sections.some((it) => it.parsed?.kind === "private-key" && it.parsed.pin === parsed.key.pin);
  if (inFile || keys.length > 0)
    lines.push({ label: "private key", value: inFile ? "in this file" : keys.map((it) => it.shown).join(", ") });
  if (!isAuthority(parsed)) lines.push(...(await verdicts(links, context.policy.now, stacks)));
  return { lines, path: [...links.map((it) => pathLink(it, context.policy.now)), ...missing(links)] };
}

const pathLink = ({ certificate, shown }: Link, now: number): PathLink => {
  const end = certificate.notAfter.milliseconds;
  return {
    name: nameOf(certificate).replaceAll("`", ""),
    role: certificateRole(certificate),
    ...(shown !== undefined && { shown }),
    ...(end !== undefined && { daysLeft: daysUntil(end, now) }),
  };
};

/** The issuer that lies nowhere in the workspace. */
function missing(links: readonly Link[]): readonly PathLink[] {
  const last = links.at(-1)?.certificate;
  if (last === undefined || last.selfIssued || links.length === LONGEST) return [];
  const common = last.issuer.attributes.findLast((it) => it.type === "CN")?.value;
  return [{ name: common ?? last.issuer.text }];
}

const leftText = (left: number): string =>
  left < 0 ? (left === -1 ? "less than a day ago" : `${days(-left - 1)} ago`) : `${days(left)} left`;

interface Link extends PlacedCertificate {
  /** The other file that it lies in. */
  readonly shown?: string;
}

/** No path in use is longer, and a circle has no end. */
const LONGEST = 12;

/** Issuers of the same file come first. */
function upwards(start: PlacedCertificate, own: readonly PlacedCertificate[], context: OutlookInput["context"]): readonly Link[] {
  const links: Link[] = [start];
  const seen = new Set([start.certificate.fingerprint]);
  for (let child: Link | undefined = start; child !== undefined && !child.certificate.selfIssued && links.length < LONGEST; ) {
    const at: Link = child;
    const others = context.neighbours.named(at.certificate.issuer.text).map((it): Link => ({ ...placed(it), shown: it.shown }));
    const next = [...own, ...others].find(
      (it) => isAuthority(it.certificate) && !seen.has(it.certificate.fingerprint) && isIssuer(it, at, context),
    );
    if (next === undefined) break;
    seen.add(next.certificate.fingerprint);
    links.push(next);
    child = next;
  }
  return links;
}

/** Of the file as a peer is sent it, and where its path leads through other files, of what it would be with them, too. */
async function verdicts(links: readonly Link[], now: number, stacks: OutlookInput["stacks"]): Promise<readonly OutlookLine[]> {
  const [leaf] = links;
  const root = links.at(-1);
  const pinned = leaf?.certificate.selfIssued === true;
  if (leaf?.section.der === undefined || root?.section.der === undefined || !(pinned || certificateRole(root.certificate) === "root"))
    return leaf === undefined ? [] : [{ label: "verdict", value: "no root for it lies in the workspace" }];
  const intermediates = links.slice(1, -1);
  const absent = intermediates.filter((it) => it.shown !== undefined);
  const completedFrom = [...new Set(absent.flatMap((it) => it.shown ?? []))];
  const lines: OutlookLine[] = absent.length === 0 ? [] : [incompleteness(absent, completedFrom)];
  for (const role of rolesOf(leaf.certificate)) {
    const host = role === "server" ? hostOf(leaf.certificate) : undefined;
    const asked = {
      leaf: leaf.section.der,
      roots: [root.section.der],
      as: role,
      now,
      handshake: true,
      ...(host === undefined ? {} : { host }),
    };
    const presenting = (sent: readonly Link[]): Presented => ({
      ...asked,
      intermediates: sent.flatMap(({ section }) => section.der ?? []),
    });
    lines.push(await verdictLine(presenting(intermediates.filter((it) => it.shown === undefined)), stacks, []));
    if (absent.length > 0) lines.push(await verdictLine(presenting(intermediates), stacks, completedFrom));
  }
  return lines;
}

function incompleteness(absent: readonly Link[], completedFrom: readonly string[]): OutlookLine {
  const names = absent.map((it) => nameOf(it.certificate).replaceAll("`", "")).join(", ");
  const what = absent.length === 1 ? `intermediate ${names} is` : `intermediates ${names} are`;
  return { label: "incomplete chain", value: `${what} missing from this file; the path was completed from ${completedFrom.join(", ")}` };
}

async function verdictLine(asked: Presented, stacks: OutlookInput["stacks"], completedFrom: readonly string[]): Promise<OutlookLine> {
  const { as, host } = asked;
  const presented = { as, ...(host !== undefined && { host }), ...(completedFrom.length > 0 && { completedFrom }) };
  const answers: string[] = [];
  const predicted: PredictedVerdict[] = [];
  for (const stack of stacks) {
    const answer = await verdict(asked, stack);
    predicted.push({
      stack: `${stack.name} ${stack.version}`,
      ...presented,
      verdict: answer?.verdict ?? "cannot tell",
      ...(answer?.verdict === "refused" && { kind: answer.kind }),
    });
    const name = `${stack.name === "openssl" ? "OpenSSL" : stack.name} ${stack.version}`;
    if (answer === undefined) answers.push(`${name} is not known here`);
    else if (answer.verdict === "accepted") answers.push(`${name} accepts`);
    else if (answer.verdict === "refused") answers.push(`${name} refuses: ${answer.kind} (${answer.sentence})`);
    else answers.push(`${name}: cannot tell, ${answer.reason}`);
  }
  return { label: verdictLabel(presented), value: answers.join("; "), verdicts: predicted };
}

function rolesOf({ values }: Certificate): readonly ("server" | "client")[] {
  const purposes = values.purposes;
  if (purposes === undefined) return ["server", "client"];
  const roles = (["server", "client"] as const).filter((it) => purposes.includes(`${it}Auth`));
  return roles.length === 0 ? ["server"] : roles;
}

/** The first name that a client could call. */
const hostOf = ({ values }: Certificate): string | undefined => {
  const name = values.alternativeNames?.find((it) => it.kind === "DNS" || (it.kind === "IP" && !it.value.startsWith("#")));
  return name?.value.replace(/^\*\./, "any.");
};
