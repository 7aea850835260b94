/** Which signatures in a workspace fit which keys: each pair is checked once, whoever asks, by the host's cryptography where it has any. */
import {
  type Certificate,
  type CertificateFile,
  checkIssued,
  checkIssuedAtOnce,
  type PublicKey,
  type RevocationList,
  type SignatureCheck,
  type VerifyNatively,
} from "../../pki/index.ts";
import type { Breath } from "../../project/index.ts";
import type { Neighbours } from "../../rules/rule.ts";

/** Of one file: signatures that portable code checks, and those beyond one for each certificate. Issuers tried for one certificate. */
const MOST_CHECKS = 100;
const MOST_ISSUERS = 8;

/** What carries a signature or holds a key, with its DER. */
interface Encoded<P> {
  readonly parsed: P;
  readonly der: Uint8Array;
}
type Signed = Encoded<Certificate | RevocationList>;

export class SignatureChecks {
  readonly #native: VerifyNatively | undefined;
  /** By key, and by fingerprint of what is signed: few keys sign much. */
  readonly #known = new Map<string, Map<string, SignatureCheck>>();
  readonly #from: SignatureChecks | undefined;

  /** `from`: what it knows is known. */
  constructor(native: VerifyNatively | undefined, from?: SignatureChecks) {
    this.#native = native;
    this.#from = from;
  }

  /** What was found out of a pair; "cannot tell" of one that nobody asked for. */
  known(signed: { readonly fingerprint: string }, by: PublicKey): SignatureCheck {
    return this.#found(signed.fingerprint, by) ?? "cannot tell";
  }

  #found(fingerprint: string, by: PublicKey): SignatureCheck | undefined {
    return this.#known.get(by.pin)?.get(fingerprint) ?? (this.#from ? this.#from.#found(fingerprint, by) : undefined);
  }

  /** Upwards from all that the file holds, wherever names lead; false: there was more to check. */
  async make(file: CertificateFile, neighbours: Neighbours, pause: Breath): Promise<boolean> {
    const own = encodedIn(file, "certificate");
    const lists = encodedIn(file, "revocation-list");
    const left: Left = { portable: MOST_CHECKS, all: MOST_CHECKS + own.length + lists.length, cut: false };
    await this.#requests(file, left, pause);
    const bySubject = groupedBySubject(own);
    const queue: Signed[] = [...own, ...lists, ...listsElsewhere(own, neighbours)];
    const seen = new Set(queue.map((it) => it.parsed.fingerprint));
    for (const child of queue) {
      if (left.all < 0) break;
      await pause.take();
      const issuers = issuersOf(child, bySubject, neighbours);
      for (const issuer of issuers.slice(0, MOST_ISSUERS)) {
        const checking = this.#check(child, issuer, left);
        if (checking !== undefined) await checking;
        if (seen.has(issuer.parsed.fingerprint)) continue;
        seen.add(issuer.parsed.fingerprint);
        queue.push(issuer);
      }
      // One that fits is enough.
      left.cut ||= issuers.length > MOST_ISSUERS && !issuers.some((it) => this.known(child.parsed, it.parsed.key) === "valid");
    }
    return !left.cut;
  }

  /** Each by its own key. */
  async #requests({ sections }: CertificateFile, left: Left, pause: Breath): Promise<void> {
    for (const { parsed, der } of sections) {
      if (parsed?.kind !== "request" || der === undefined) continue;
      await pause.take();
      await this.#check({ parsed, der }, { parsed, der }, left);
    }
  }

  /** Nothing to wait for where the host has the answer, as for nearly all. */
  #check(
    signed: Encoded<{ readonly fingerprint: string }>,
    { parsed: { key }, der }: Encoded<{ readonly key: PublicKey }>,
    left: Left,
  ): Promise<void> | undefined {
    const { fingerprint } = signed.parsed;
    if (this.#found(fingerprint, key) !== undefined) return undefined;
    const known = this.#knownOf(key);
    const atOnce = left.all-- > 0 ? this.#native && checkIssuedAtOnce(signed.der, der, key, this.#native) : undefined;
    if (atOnce !== undefined) known.set(fingerprint, atOnce);
    else if (left.all >= 0 && left.portable-- > 0)
      return checkIssued(signed.der, der, key).then((check) => {
        known.set(fingerprint, check);
      });
    else left.cut = true;
    return undefined;
  }

  #knownOf({ pin }: PublicKey): Map<string, SignatureCheck> {
    const known = this.#known.get(pin);
    if (known !== undefined) return known;
    const made = new Map<string, SignatureCheck>();
    this.#known.set(pin, made);
    return made;
  }
}

/** What may still be checked for a file. */
interface Left {
  portable: number;
  all: number;
  cut: boolean;
}

function encodedIn(file: CertificateFile, kind: "certificate"): readonly Encoded<Certificate>[];
function encodedIn(file: CertificateFile, kind: "revocation-list"): readonly Encoded<RevocationList>[];
function encodedIn({ sections }: CertificateFile, kind: Signed["parsed"]["kind"]): readonly Signed[] {
  return sections.flatMap(({ parsed, der }) =>
    (parsed?.kind === "certificate" || parsed?.kind === "revocation-list") && parsed.kind === kind && der ? [{ parsed, der }] : [],
  );
}

function groupedBySubject(own: readonly Encoded<Certificate>[]): ReadonlyMap<string, readonly Encoded<Certificate>[]> {
  const groups = new Map<string, Encoded<Certificate>[]>();
  for (const it of own) {
    const group = groups.get(it.parsed.subject.text);
    if (group === undefined) groups.set(it.parsed.subject.text, [it]);
    else if (group.length <= MOST_ISSUERS) group.push(it);
  }
  return groups;
}

const NONE: readonly never[] = [];

/** One more than are tried, where there are so many. */
function issuersOf(
  { parsed: { issuer } }: Signed,
  bySubject: ReadonlyMap<string, readonly Encoded<Certificate>[]>,
  neighbours: Neighbours,
): readonly Encoded<Certificate>[] {
  const own = bySubject.get(issuer.text) ?? NONE;
  const others = neighbours.named(issuer.text);
  if (others.length === 0) return own;
  const near = others.slice(0, Math.max(0, MOST_ISSUERS + 1 - own.length));
  return [...own, ...near.flatMap(({ parsed, section: { der } }) => (der ? [{ parsed, der }] : []))];
}

/** The lists of other files by the authorities of this one's certificates. */
function listsElsewhere(own: readonly Encoded<Certificate>[], neighbours: Neighbours): readonly Encoded<RevocationList>[] {
  if (!neighbours.holdsLists) return [];
  const issuers = new Set(own.map((it) => it.parsed.issuer.text));
  return [...issuers].flatMap((name) => neighbours.listsOf(name).flatMap(({ parsed, section: { der } }) => (der ? [{ parsed, der }] : [])));
}
