/** Verdicts for the command line: files or cases in, what a stack says out. */
import { readCertificateFile } from "../../pki/index.ts";
import {
  type Place,
  type Presented,
  parseStack,
  placeText,
  type RevocationPolicy,
  type StackChoice,
  type TriedPath,
  type Verdict,
  verdict,
} from "../../pki/stacks/index.ts";
import { unknownStack } from "./known-stacks.ts";

export type { RevocationPolicy, Verdict };

/** Files by their bytes. The first certificate of `chain` is the leaf, the others are intermediates. */
export interface VerifyRequest {
  readonly chain: Uint8Array;
  readonly intermediates?: Uint8Array;
  readonly roots: Uint8Array;
  /** Files of revocation lists; with none revocation is not checked. */
  readonly lists?: readonly Uint8Array[];
  readonly revocation?: RevocationPolicy;
  readonly as: "server" | "client";
  readonly host?: string;
  readonly now: number;
  readonly stack: string;
}

export type Verified = Verdict | { readonly verdict: "not asked"; readonly reason: string };

/** A path that was tried: its certificates from the leaf up, and why it is none. */
export interface PathStep {
  readonly place: string;
  readonly subject: string;
}
export interface PathTried {
  readonly path: readonly PathStep[];
  /** The stack's own name of the error; absent where the path holds. */
  readonly kind?: string;
  readonly sentence?: string;
}
/** More are counted, and not told. */
const MOST_PATHS = 50;

export interface Explained {
  readonly answer: Verified;
  readonly paths: readonly PathTried[];
  readonly morePaths: number;
}

export async function verify({ chain, intermediates, roots, lists, revocation, as, host, now, stack }: VerifyRequest): Promise<Explained> {
  const choice = parseStack(stack);
  if (choice === undefined) return unasked(unknownStack(stack));
  const [leaf, ...sent] = certificates(chain);
  if (leaf === undefined) return unasked("no certificate is in the file to be verified");
  const anchors = certificates(roots);
  if (anchors.length === 0) return unasked("no certificate is in the file of roots");
  const revoking = lists?.map((file) => sectionsOf(file, "revocation-list"));
  if (revoking?.some((it) => it.length === 0)) return unasked("no revocation list is in a file of revocation lists");
  const tried: TriedPath[] = [];
  let count = 0;
  const others = intermediates === undefined ? [] : certificates(intermediates);
  const presented: Presented = {
    leaf,
    intermediates: [...sent, ...others],
    roots: anchors,
    as,
    now,
    handshake: true,
    tried: (path) => {
      if (count++ < MOST_PATHS) tried.push(path);
    },
    ...(host === undefined ? {} : { host }),
    ...(revoking === undefined ? {} : { lists: revoking.flat() }),
    ...(revocation === undefined ? {} : { revocation }),
  };
  const answer = await ask(presented, choice);
  const subjects = new Map([leaf, ...presented.intermediates, ...anchors].map((der) => [der, subjectOf(der)]));
  const step = (place: Place): PathStep => ({ place: placeText(place), subject: subjects.get(derAt(place, presented)) ?? "" });
  const paths = tried.map(({ places, refusal }) => ({
    path: places.map(step),
    ...(refusal && { kind: refusal.kind, sentence: refusal.sentence }),
  }));
  return { answer, paths, morePaths: count - tried.length };
}

const unasked = (reason: string): Explained => ({ answer: notAsked(reason), paths: [], morePaths: 0 });

function derAt(place: Place, { leaf, intermediates, roots }: Presented): Uint8Array {
  if (place.role === "leaf" || place.role === "list") return leaf;
  return (place.role === "root" ? roots : intermediates)[place.number - 1] ?? leaf;
}

function subjectOf(der: Uint8Array): string {
  const [section] = readCertificateFile(der).sections;
  return section?.parsed?.kind === "certificate" ? section.parsed.subject.text : "";
}

/** One case of the x509-limbo schema; undefined when it is none. */
export interface CaseVerdict {
  readonly id: string;
  readonly verdict: Verified["verdict"];
  readonly kind: string;
}

export async function verifyCase(value: unknown, stack: string, now: number): Promise<CaseVerdict | undefined> {
  const choice = parseStack(stack);
  const id = textOf(field(value, "id"));
  const leaf = textOf(field(value, "peer_certificate"));
  if (choice === undefined || id === undefined || leaf === undefined) return undefined;
  const [first] = pemCertificates(leaf);
  if (first === undefined) return { id, verdict: "not asked", kind: "no certificate" };
  const time = Date.parse(textOf(field(value, "validation_time")) ?? "");
  const name = field(value, "expected_peer_name");
  const host = field(name, "kind") === "RFC822" ? undefined : textOf(field(name, "value"));
  const depth = field(value, "max_chain_depth");
  const lists = listOf(field(value, "crls")).flatMap((pem) => pemSections(pem, "revocation-list"));
  const presented: Presented = {
    leaf: first,
    intermediates: listOf(field(value, "untrusted_intermediates")).flatMap(pemCertificates),
    roots: listOf(field(value, "trusted_certs")).flatMap(pemCertificates),
    as: field(value, "validation_kind") === "CLIENT" ? "client" : "server",
    now: Number.isNaN(time) ? now : time,
    // The schema names the purposes that are to be checked, when there are any.
    anyPurpose: listOf(field(value, "extended_key_usage")).length === 0,
    ...(host === undefined ? {} : { host }),
    ...(lists.length === 0 ? {} : { lists }),
    ...(typeof depth === "number" ? { maximumDepth: depth } : {}),
  };
  const answer = await ask(presented, choice);
  const kind = answer.verdict === "refused" ? answer.kind : "reason" in answer ? answer.reason : "";
  return { id, verdict: answer.verdict, kind };
}

/** A list of cases, or an object that has one. */
export function casesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : listOf(field(value, "testcases"));
}

async function ask(presented: Presented, choice: StackChoice): Promise<Verified> {
  return (await verdict(presented, choice)) ?? notAsked(unknownStack(`${choice.name}@${choice.version}`));
}

const notAsked = (reason: string): Verified => ({ verdict: "not asked", reason });

/** All certificates or lists of a file, those that cannot be read as well: stacks have their own opinion about them. */
function sectionsOf(bytes: Uint8Array, wanted: "certificate" | "revocation-list"): Uint8Array[] {
  return readCertificateFile(bytes).sections.flatMap(({ kind, der }) => (kind === wanted && der !== undefined ? [der] : []));
}
const certificates = (bytes: Uint8Array): Uint8Array[] => sectionsOf(bytes, "certificate");
const pemSections = (pem: unknown, wanted: "certificate" | "revocation-list"): Uint8Array[] =>
  typeof pem === "string" ? sectionsOf(new TextEncoder().encode(pem), wanted) : [];
const pemCertificates = (pem: unknown): Uint8Array[] => pemSections(pem, "certificate");

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}
const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
