/**
 * `tlslint/certificates` and `tlslint/endpoints`: the lists of the workspace for views, page by page. They are made when a view asks, never
 * for a key; `tlslint/overviewChanged` says that another answer may be due, to clients that asked to be told.
 */
import { type Location, RequestType } from "vscode-languageserver";
import type { Listed, ListedCertificate, ListedEndpoint, ListedFinding } from "../service/api.ts";
import type { Place } from "../tls/facts.ts";
import { rangeOf } from "./positions.ts";
import { lineReader, type Session } from "./session.ts";

interface PageParameters {
  readonly from: number;
  readonly count: number;
  /** Of certificates, those with problems alone. */
  readonly problems?: boolean;
}
type Located<T> = Omit<T, "place"> & Location;
interface CertificateItem extends Located<Omit<ListedCertificate, "uses" | "findings">> {
  readonly uses: readonly Located<ListedCertificate["uses"][number]>[];
  readonly findings: readonly Located<ListedFinding>[];
}
interface EndpointItem extends Located<Omit<ListedEndpoint, "facts" | "findings" | "files">> {
  readonly facts: readonly Located<ListedEndpoint["facts"][number]>[];
  readonly files: readonly { readonly uri: string }[];
  readonly findings: readonly Located<ListedFinding>[];
}

interface Answer<T> extends Listed<T> {
  /** Files that could not be analysed, and may hold more. */
  readonly notListed?: number;
  /** The first of them, and why. */
  readonly leftOut?: readonly { readonly uri: string; readonly reason: string }[];
  /** How long the list is without a filter. */
  readonly unfiltered?: number;
}

/** What one answer holds at most: a view shows a few screens of it. */
const MOST = 500;
/** Milliseconds without news until views are told: a checkout changes many files. */
const TELL_AFTER = 500;

/** `changed`: files or settings did. */
export function offerOverview(session: Session): { changed(): void; dispose(): void } {
  const { abilities, connection, reports, runSafe, service } = session;
  answer<CertificateItem>("tlslint/certificates", async (page, signal) => {
    const { total, items, notListed, leftOut, unfiltered } = await service.overview.certificates(page, signal);
    const located = locator(session);
    const named = leftOut.map(({ file, reason }) => ({ uri: session.documents.uri(file), reason }));
    return { total, notListed, leftOut: named, unfiltered, items: await Promise.all(items.map((it) => certificateItem(it, located))) };
  });
  answer<EndpointItem>("tlslint/endpoints", async (page, signal) => {
    const { total, items } = await service.overview.endpoints(page, signal);
    const located = locator(session);
    return { total, items: await Promise.all(items.map((it) => endpointItem(it, located, session))) };
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    changed() {
      if (!abilities.overviewChanges) return;
      clearTimeout(timer);
      timer = setTimeout(
        () => runSafe.task("tlslint/overviewChanged", () => connection.sendNotification("tlslint/overviewChanged")),
        TELL_AFTER,
      );
    },
    dispose: () => clearTimeout(timer),
  };

  function answer<T>(method: string, list: (page: PageParameters, signal: AbortSignal) => Promise<Answer<T>>): void {
    connection.onRequest(
      new RequestType<PageParameters, Answer<T> | null, void>(method),
      runSafe.request<PageParameters, Answer<T> | null>(
        method,
        async ({ from, count, problems = false }, signal) => {
          await reports.ready();
          return list({ from: bounded(from, Number.MAX_SAFE_INTEGER), count: bounded(count, MOST), problems }, signal);
        },
        // An empty list would say that there is nothing.
        null,
      ),
    );
  }
}

const bounded = (wanted: number, most: number): number => Math.min(most, Math.max(0, Math.trunc(wanted)));

type Locate = <T extends { readonly place: Place }>(listed: T) => Promise<Located<T>>;

/** Each file's lines are read once for an answer. */
function locator(session: Session): Locate {
  const read = lineReader(session);
  const { abilities, documents } = session;
  return async ({ place: { file, span }, ...rest }) => ({
    ...rest,
    uri: documents.uri(file),
    range: rangeOf(await read(file), span, abilities.unit),
  });
}

const certificateItem = async ({ uses, findings, ...rest }: ListedCertificate, located: Locate): Promise<CertificateItem> => ({
  ...(await located(rest)),
  uses: await Promise.all(uses.map(located)),
  findings: await Promise.all(findings.map(located)),
});

const endpointItem = async (
  { facts, files, findings, ...rest }: ListedEndpoint,
  located: Locate,
  { documents }: Session,
): Promise<EndpointItem> => ({
  ...(await located(rest)),
  facts: await Promise.all(facts.map(located)),
  files: files.map((it) => ({ uri: documents.uri(it) })),
  findings: await Promise.all(findings.map(located)),
});
