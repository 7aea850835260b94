/** All certificates and revocation lists of the workspace by their end; findings and uses are looked up for those of the page alone. */
import { covers } from "../../base/span.ts";
import { certificateRole, daysUntil, readCertificateFile, type Section } from "../../pki/index.ts";
import { absence, breath, bytesOf, type Content } from "../../project/index.ts";
import type { Finding } from "../api.ts";
import { knownName } from "../certificates/captions.ts";
import { isSealed } from "../certificates/inspect.ts";
import { type ReadObject, readObjects, takesIn } from "../certificates/read-objects.ts";
import type { FileUse } from "../code/unit-lint.ts";
import { withoutWholeKeys } from "../redaction.ts";
import type { CertificatePage, LeftOut, ListedCertificate, ListedCertificates } from "./api.ts";
import { listedFinding, type OverviewContext } from "./context.ts";

type Ending = Omit<ListedCertificate, "daysLeft" | "uses" | "findings"> & Pick<Section, "span"> & { readonly object: ReadObject };

/** A view names some of them; a folder of broken files is no list to read. */
const MOST_LEFT_OUT = 100;

export async function listCertificates(
  context: OverviewContext,
  { from, count, problems = false }: CertificatePage,
  signal: AbortSignal | undefined,
): Promise<ListedCertificates> {
  const { workspace, listing } = context;
  const inventory = await context.inventory();
  const pause = breath(signal);
  const all: Ending[] = [];
  const leftOut: LeftOut[] = [];
  for (const file of await listing.certificates()) {
    await pause.take();
    const { endings, missing } = endingsIn(file, await inventory.contentOf(file));
    all.push(...endings);
    if (missing !== undefined) leftOut.push({ file, reason: missing });
  }
  all.sort((a, b) => a.end - b.end);
  /** Of a file once: it may hold thousands. */
  const found = new Map<string, readonly Finding[]>();
  const findingsOf = async ({ place: { file }, span }: Ending): Promise<ListedCertificate["findings"]> => {
    await pause.take();
    const findings = found.get(file) ?? (await context.lint(file, signal)).findings;
    found.set(file, findings);
    return findings.filter((it) => covers(span, it.place.span)).map(listedFinding);
  };
  const wanted: Ending[] = [];
  for (const it of problems ? all : []) if ((await findingsOf(it)).some(({ severity }) => severity !== "hint")) wanted.push(it);
  const listed = problems ? wanted : all;
  const page = listed.slice(from, from + count);
  const uses = page.length === 0 ? new Map<string, readonly FileUse[]>() : await context.uses.all(signal);
  const now = workspace.host.now();
  const items: ListedCertificate[] = [];
  for (const it of page) {
    const { span: _, object, ...ending } = it;
    items.push({
      ...ending,
      daysLeft: daysUntil(ending.end, now),
      uses: (uses.get(ending.place.file) ?? [])
        .filter(({ loader }) => takesIn(loader, object))
        .map(({ place, loader: { call, role } }) => ({ place, call, role })),
      findings: await findingsOf(it),
    });
  }
  return {
    total: listed.length,
    items,
    revocationLists: all.filter((it) => it.kind === "revocation-list").length,
    notListed: leftOut.length,
    leftOut: leftOut.slice(0, MOST_LEFT_OUT),
    unfiltered: all.length,
  };
}

interface Endings {
  readonly endings: readonly Ending[];
  /** Why there may be something else in it that ends. */
  readonly missing?: string;
}

/** By content, which is the same object as long as the file is: a list of thousands is asked for with every page. */
const known = new WeakMap<Content, Endings>();

function endingsIn(file: string, content: Content): Endings {
  const made = known.get(content) ?? readEndings(file, content);
  known.set(content, made);
  return made;
}

function readEndings(file: string, content: Content): Endings {
  const bytes = bytesOf(content);
  if (bytes === undefined) return { endings: [], missing: absence(content) ?? "there is nothing to read" };
  const read = readCertificateFile(bytes);
  const { sections, unread, foreign } = read;
  const objects = readObjects(read);
  const missing = (foreign === true ? undefined : unread) ?? sections.map(missingIn).find((it) => it !== undefined);
  const endings = sections.flatMap((it, at) => {
    const [ending, object] = [endingOf(file, it), objects[at]];
    return ending === undefined || object === undefined ? [] : [{ ...ending, object }];
  });
  return { endings, ...(missing !== undefined && { missing }) };
}

function missingIn(section: Section): string | undefined {
  if (section.error !== undefined) {
    const { message } = section.error;
    return `${section.label} is broken: ${message}`;
  }
  if (isSealed(section)) return "a password is needed";
  return isEndless(section) ? "a certificate has no end that can be read" : undefined;
}

const isEndless = ({ parsed }: Section): boolean => parsed?.kind === "certificate" && parsed.notAfter.milliseconds === undefined;

function endingOf(file: string, { parsed, span, boundary }: Section): Omit<Ending, "object"> | undefined {
  const name = withoutWholeKeys(knownName(parsed) ?? "");
  const place = { file, span: boundary };
  if (parsed?.kind === "certificate" && parsed.notAfter.milliseconds !== undefined) {
    const { notBefore, notAfter, subject, issuer, serial, fingerprint, key } = parsed;
    const begin = notBefore.milliseconds;
    const role = certificateRole(parsed);
    const texts = { name, subject: withoutWholeKeys(subject.text), issuer: withoutWholeKeys(issuer.text) };
    return {
      kind: "certificate",
      place,
      span,
      role,
      ...texts,
      serial: serial.hex,
      fingerprint,
      pin: key.pin,
      ...beginning(begin),
      end: notAfter.milliseconds ?? 0,
    };
  }
  if (parsed?.kind !== "revocation-list" || parsed.nextUpdate?.milliseconds === undefined) return undefined;
  const issuer = withoutWholeKeys(parsed.issuer.text);
  const { fingerprint, thisUpdate, nextUpdate } = parsed;
  const begin = beginning(thisUpdate.milliseconds);
  return { kind: "revocation-list", place, span, name, subject: issuer, issuer, fingerprint, ...begin, end: nextUpdate.milliseconds ?? 0 };
}

const beginning = (begin: number | undefined): { readonly begin?: number } => (begin === undefined ? {} : { begin });
