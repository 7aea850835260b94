/** Departures of a revocation list from RFC 5280 that the stacks of today overlook. */
import { type ByteRange, type RevokedEntry, rangeSpan, revokedEntries } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { listsOf, type PlacedList } from "./context.ts";
import { isNull, repeated } from "./profile-check.ts";

export const nonconformingRevocationList: FileRule = {
  id: "nonconforming-revocation-list",
  judges: "file",
  summary: "a CRL violates RFC 5280 in a way that stacks accept today",
  severity: "info",
  since: "0.1.0",
  cwe: [1286],
  sources: [
    { title: "RFC 5280, 5 CRL and CRL extensions profile", url: "https://www.rfc-editor.org/rfc/rfc5280#section-5" },
    { title: "ZLint, whose lints for revocation lists these checks are compared with", url: "https://github.com/zmap/zlint" },
  ],
  rationale: `rustls and OpenSSL look a serial number up and ask little else of a list. What RFC 5280 wants beyond that other readers ask for,
or the next version of these will: rustls-webpki 0.104 rejects a list without a number (\`MissingCrlNumber\`), and a list that
names the same certificate twice says two things of it.

Without a key identifier it is reported with the profile \`public-web\` only. Report these to the CA; keep using the CRL. Of very
long lists the first hundred thousand entries are looked at.`,
  examples: [{ bad: "list-without-number", good: "revocation-list" }],
  judge: (file, { policy }) => listsOf(file).flatMap((it) => judge(it, policy.profile === "public-web")),
};

/** A list with a million entries is read once more for this: bounded. */
const MOST_ENTRIES = 100_000;

function judge(placed: PlacedList, isPublic: boolean): readonly FileVerdict[] {
  const { section, list } = placed;
  const { der } = section;
  if (der === undefined) return [];
  const found: FileVerdict[] = [];
  const add = (range: ByteRange, message: string, clause: string, help = ADVICE): void => {
    found.push({ span: rangeSpan(section, range), message, help, notes: [`RFC 5280, section ${clause}`] });
  };
  const extension = (name: string) => list.extensions.find((it) => it.name === name);
  const number = extension("cRLNumber");
  if (list.version === 2) {
    if (number === undefined) add(list.issuer, "CRL has no number: rustls-webpki 0.104 rejects it (`MissingCrlNumber`)", "5.2.3");
    // Most private authorities do without, and both stacks let them.
    if (isPublic && extension("authorityKeyIdentifier") === undefined) add(list.issuer, "CRL has no authority key identifier", "5.2.1");
  }
  if (number?.critical === true) add(number, "CRL number must not be critical", "5.2.3");
  if (number !== undefined && list.number !== undefined && list.number.length / 2 > LONGEST_NUMBER)
    add(number, `CRL number is longer than ${LONGEST_NUMBER} octets`, "5.2.3");
  const twice = repeated(list.extensions, (it) => it.oid);
  if (twice !== undefined) add(twice, "CRL has a duplicate extension", "5.2");
  if (list.signature.name.startsWith("RSA with") && !isNull(list.signature.parameters))
    add(list.signature, "signature algorithm parameters are not NULL", "5.1.1.2");
  if (list.revoked !== undefined && list.entries === 0)
    add(list.revoked, "list of revoked certificates is empty instead of absent", "5.1.2.6");
  const next = list.nextUpdate?.milliseconds;
  const issued = list.thisUpdate.milliseconds;
  if (next !== undefined && issued !== undefined && next < issued && list.nextUpdate)
    add(list.nextUpdate.element, "next update is before this update", "5.1.2.5");
  for (const [range, message, clause] of entryFaults(placed, der)) add(range, message, clause);
  return found;
}

/** RFC 5280 §5.2.3. */
const LONGEST_NUMBER = 20;
const ADVICE = "report it to the CA, so that the next CRL is correct";

type EntryFault = readonly [range: ByteRange, message: string, clause: string];

/** The first of each kind. */
function entryFaults({ list }: PlacedList, der: Uint8Array): readonly EntryFault[] {
  const faults = new Map<string, EntryFault>();
  const note = (fault: boolean, entry: RevokedEntry, message: string, clause: string): void => {
    if (fault && !faults.has(message)) faults.set(message, [entry, message, clause]);
  };
  const isDelta = list.extensions.some((it) => it.name === "deltaCRLIndicator");
  // Of an indirect list the same number may be another authority's.
  const isIndirect = list.extensions.some((it) => it.name === "issuingDistributionPoint");
  const seen = new Set<string>();
  let left = MOST_ENTRIES;
  for (const entry of revokedEntries(der, list)) {
    if (left-- === 0) break;
    const { serial, reasonCode, extensions, date } = entry;
    note(!isIndirect && seen.has(serial), entry, "CRL lists a serial number twice", "5.1.2.6");
    seen.add(serial);
    note(reasonCode === 0, entry, "reason `unspecified` should be absent", "5.3.1");
    note(reasonCode === 7 || (reasonCode ?? 0) > 10, entry, `unknown revocation reason ${reasonCode}`, "5.3.1");
    note(reasonCode === 8 && !isDelta, entry, "`removeFromCRL` in a CRL that is not a delta CRL", "5.3.1");
    note(extensions.length > 1 && repeated(extensions, (it) => it.oid) !== undefined, entry, "CRL entry has a duplicate extension", "5.3");
    const later = (date.milliseconds ?? 0) > (list.thisUpdate.milliseconds ?? Number.POSITIVE_INFINITY);
    note(later, entry, "revocation date is after this update", "5.1.2.4");
    note(date.milliseconds !== undefined && date.milliseconds < FIRST_PROFILE, entry, "revocation date is before 1999", "5.1.2.6");
  }
  return [...faults.values()];
}

/** RFC 2459, the first profile of revocation lists, is of January 1999: earlier dates are clocks that were never set. */
const FIRST_PROFILE = Date.UTC(1999, 0, 1);
