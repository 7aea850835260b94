/** What one file holds, in the ways that rules ask for it: found once, because nearly every rule asks, and large bundles have thousands. */
import { type Certificate, type CertificateFile, latin1, type RevocationList, type Section } from "../../pki/index.ts";

export interface PlacedCertificate {
  readonly section: Section;
  readonly certificate: Certificate;
}
export interface PlacedList {
  readonly section: Section;
  readonly list: RevocationList;
}

/** Certificates that have something in common, such as their subject. No honest file has as many; who looks through them stays quick. */
const MOST_ALIKE = 256;

export class Holdings {
  readonly file: CertificateFile;
  readonly certificates: readonly PlacedCertificate[];
  readonly lists: readonly PlacedList[];
  #distinct: readonly PlacedCertificate[] | undefined;
  readonly #alike = new Map<Property, ReadonlyMap<string, readonly PlacedCertificate[]>>();
  readonly #twins = new Map<Property, ReadonlyMap<PlacedCertificate, readonly PlacedCertificate[]>>();

  constructor(file: CertificateFile) {
    const certificates: PlacedCertificate[] = [];
    const lists: PlacedList[] = [];
    for (const section of file.sections) {
      if (section.parsed?.kind === "certificate") certificates.push({ section, certificate: section.parsed });
      else if (section.parsed?.kind === "revocation-list") lists.push({ section, list: section.parsed });
    }
    this.file = file;
    this.certificates = certificates;
    this.lists = lists;
  }

  /** The first of each certificate, in the file's order. */
  get distinct(): readonly PlacedCertificate[] {
    this.#distinct ??= this.certificates.length < 2 ? this.certificates : withoutRepetitions(this.certificates);
    return this.#distinct;
  }

  /** Of the distinct ones, those of which `property` says the same; the first few. */
  alike(property: Property, value: string): readonly PlacedCertificate[] {
    if (this.distinct.length === 0) return [];
    const [only] = this.distinct;
    if (only !== undefined && this.distinct.length === 1) return property(only.certificate) === value ? this.distinct : [];
    let index = this.#alike.get(property);
    if (index === undefined) {
      index = grouped(this.distinct, property);
      this.#alike.set(property, index);
    }
    return index.get(value) ?? [];
  }

  /** Those further up in the file that are like this one; the property is asked once of each. */
  before(property: Property, it: PlacedCertificate): readonly PlacedCertificate[] {
    if (this.distinct.length < 2) return [];
    let twins = this.#twins.get(property);
    if (twins === undefined) {
      const several = [...grouped(this.distinct, property).values()].filter((group) => group.length > 1);
      twins = new Map(several.flatMap((group) => group.map((one) => [one, group])));
      this.#twins.set(property, twins);
    }
    const group = twins.get(it) ?? [];
    return group.slice(0, Math.max(0, group.indexOf(it)));
  }
}

type Property = (certificate: Certificate) => string;

/** Asked for by one rule after the other: the latest file's are kept. */
let latest: Holdings | undefined;

export function holdingsOf(file: CertificateFile): Holdings {
  if (latest?.file !== file) latest = new Holdings(file);
  return latest;
}

/**
 * By the bytes themselves: a digest would cost more than all rules together. The ends are signatures, which are all different; whoever
 * makes them alike has the whole certificates compared.
 */
function withoutRepetitions(certificates: readonly PlacedCertificate[]): readonly PlacedCertificate[] {
  const byEnd = new Map<string, { readonly first: PlacedCertificate; contents?: Set<string> }>();
  return certificates.filter((it) => {
    const end = endOf(it);
    const known = byEnd.get(end);
    if (known === undefined) {
      byEnd.set(end, { first: it });
      return true;
    }
    known.contents ??= new Set([contentsOf(known.first)]);
    const contents = contentsOf(it);
    const repeats = known.contents.has(contents);
    known.contents.add(contents);
    return !repeats;
  });
}

const END = 32;
const endOf = ({ section: { der }, certificate }: PlacedCertificate): string =>
  der === undefined ? certificate.fingerprint : latin1(der, Math.max(certificate.start, certificate.end - END), certificate.end);
const contentsOf = ({ section: { der }, certificate }: PlacedCertificate): string =>
  der === undefined ? certificate.fingerprint : latin1(der, certificate.start, certificate.end);

function grouped(certificates: readonly PlacedCertificate[], property: Property): ReadonlyMap<string, readonly PlacedCertificate[]> {
  const groups = new Map<string, PlacedCertificate[]>();
  for (const it of certificates) {
    const value = property(it.certificate);
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [it]);
    else if (group.length < MOST_ALIKE) group.push(it);
  }
  return groups;
}
