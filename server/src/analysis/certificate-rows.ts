/** Functions that read a certificate from its bytes, as rows of flow. */
import type { Row } from "../flow/index.ts";
import { CERTIFICATE_READERS } from "../models/certificate-names.ts";
import type { CanonicalPath } from "../models/model.ts";
import { ERR, OK } from "./std-names.ts";

export const certificateRead = (path: CanonicalPath): Row | undefined => (READERS.has(readerKey(path)) ? readingOf(path) : undefined);

/** Of a path that leads nowhere. */
export function certificateReadBy(name: string): Row | undefined {
  const reader = READERS_BY_NAME.get(name);
  return reader === undefined ? undefined : readingOf(reader);
}

/** Crates hand on their readers from modules of several names: the crate, the type and the function tell. */
const readerKey = (path: CanonicalPath): string => [path.split("::")[0], ...path.split("::").slice(-2)].join("::");
const READERS: ReadonlySet<string> = new Set(CERTIFICATE_READERS.map(readerKey));
/** As they are written behind an import: the type and the function, or a function that is called as no method is. */
const READERS_BY_NAME: ReadonlyMap<string, CanonicalPath> = new Map(
  CERTIFICATE_READERS.map((it) => {
    const [type = "", name = ""] = it.split("::").slice(-2);
    return [/^[A-Z]/.test(type) ? `${type}::${name}` : name, it];
  }),
);

/** A certificate that is read from bytes, or an error. */
const readingOf = (path: CanonicalPath): Row => ({
  result: {
    bind: { symbol: path, of: [{ argument: 0 }] },
    in: {
      match: { payload: 0 },
      arms: { [OK]: { variant: OK, fields: [{ payload: 0 }] }, [ERR]: { variant: ERR, fields: [{ payload: 0 }] } },
    },
  },
});
