/** All certificates and revocation lists of the workspace by their end; findings and uses are looked up for those of the page alone. */
import { covers } from "../../base/span.ts";
import { certificateRole, daysUntil, readCertificateFile, type Section } from "../../pki/index.ts";
import { breath, bytesOf, type Content } from "../../project/index.ts";
import { knownName } from "../certificates/captions.ts";
import { isSealed } from "../certificates/inspect.ts";
import type { FileUse } from "../code/unit-lint.ts";
import { withoutWholeKeys } from "../redaction.ts";
import type { ListedCertificate, ListedCertificates, Page } from "./api.ts";
import { listedFinding, type OverviewContext } from "./context.ts";

type Ending = Omit<ListedCertificate, "daysLeft" | "uses" | "findings"> & Pick<Section, "span">;

export async function listCertificates(
  context: OverviewContext,
  { from, count }: Page,
  signal: AbortSignal | undefined,
): Promise<ListedCertificates> {
  const { workspace, listing } = context;
  const inventory = await context.inventory();
  const pause = breath(signal);
  const all: Ending[] = [];
  let notListed = 0;
  for (const file of await listing.certificates()) {
    await pause.take();
    const { endings, isWhole } = endingsIn(file, await inventory.contentOf(file));
    all.push(...endings);
    if (!isWhole) notListed++;
  }
  all.sort((a, b) => a.end - b.end);
  const page = all.slice(from, from + count);
  const uses = page.length === 0 ? new Map<string, readonly FileUse[]>() : await context.uses.all(signal);
  const now = workspace.host.now();
  const items: ListedCertificate[] = [];
  for (const { span, ...ending } of page) {
    await pause.take();
    const { findings } = await context.lint(ending.place.file, signal);
    items.push({
      ...ending,
      daysLeft: daysUntil(ending.end, now),
      uses: (uses.get(ending.place.file) ?? []).map(({ place, loader: { call, role } }) => ({ place, call, role })),
      findings: findings.filter((it) => covers(span, it.place.span)).map(listedFinding),
    });
  }
  return { total: all.length, items, revocationLists: all.filter((it) => it.kind === "revocation-list").length, notListed };
}

interface Endings {
  readonly endings: readonly Ending[];
  /** There is nothing else in it that ends. */
  readonly isWhole: boolean;
}

/** By content, which is the same object as long as the file is: a list of thousands is asked for with every page. */
const known = new WeakMap<Content, Endings>();

function endingsIn(file: string, content: Content): Endings {
  const made = known.get(content) ?? readEndings(file, bytesOf(content));
  known.set(content, made);
  return made;
}

function readEndings(file: string, bytes: Uint8Array | undefined): Endings {
  if (bytes === undefined) return { endings: [], isWhole: false };
  const { sections, unread, foreign } = readCertificateFile(bytes);
  const isRead = unread === undefined || foreign === true;
  return {
    endings: sections.flatMap((it) => endingOf(file, it) ?? []),
    isWhole: isRead && !sections.some((it) => it.error !== undefined || isSealed(it) || isEndless(it)),
  };
}

const isEndless = ({ parsed }: Section): boolean => parsed?.kind === "certificate" && parsed.notAfter.milliseconds === undefined;

function endingOf(file: string, { parsed, span, boundary }: Section): Ending | undefined {
  const name = withoutWholeKeys(knownName(parsed) ?? "");
  const place = { file, span: boundary };
  if (parsed?.kind === "certificate" && parsed.notAfter.milliseconds !== undefined) {
    const { notAfter, subject, issuer, serial, fingerprint } = parsed;
    const role = certificateRole(parsed);
    const texts = { name, subject: withoutWholeKeys(subject.text), issuer: withoutWholeKeys(issuer.text) };
    return { kind: "certificate", place, span, role, ...texts, serial: serial.hex, fingerprint, end: notAfter.milliseconds ?? 0 };
  }
  if (parsed?.kind !== "revocation-list" || parsed.nextUpdate?.milliseconds === undefined) return undefined;
  const issuer = withoutWholeKeys(parsed.issuer.text);
  const { fingerprint, nextUpdate } = parsed;
  return { kind: "revocation-list", place, span, name, subject: issuer, issuer, fingerprint, end: nextUpdate.milliseconds ?? 0 };
}
