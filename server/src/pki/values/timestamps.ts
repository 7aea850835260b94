/** Signed certificate timestamps (RFC 6962 §3.3): lists of the encoding of TLS, within DER. */
import { toHex } from "../der/characters.ts";
import { TAG } from "../der/der.ts";
import { form } from "./form.ts";

export interface Timestamp {
  readonly version: number;
  /** SHA-256 of the log's public key. */
  readonly log: string;
  /** ISO 8601 with milliseconds. */
  readonly time: string;
  readonly extensions: string;
  readonly hash: string;
  readonly algorithm: string;
  readonly signature: string;
}

/** RFC 5246 §7.4.1.4.1. */
const HASHES = ["none", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const;
const ALGORITHMS = ["anonymous", "RSA", "DSA", "ECDSA"] as const;

/** Undefined: malformed. */
function readTimestamps(bytes: Uint8Array): readonly Timestamp[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: Timestamp[] = [];
  if (bytes.length < 2 || view.getUint16(0) !== bytes.length - 2) return undefined;
  for (let at = 2; at < bytes.length; ) {
    const end = at + 2 <= bytes.length ? at + 2 + view.getUint16(at) : Number.POSITIVE_INFINITY;
    const one = end <= bytes.length ? readTimestamp(bytes.subarray(at + 2, end)) : undefined;
    if (one === undefined) return undefined;
    found.push(one);
    at = end;
  }
  return found;
}

function readTimestamp(bytes: Uint8Array): Timestamp | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 43) return undefined;
  const milliseconds = Number(view.getBigUint64(33));
  const after = 43 + view.getUint16(41);
  if (after + 4 > bytes.length || milliseconds > LAST_TIME) return undefined;
  const signature = bytes.subarray(after + 4);
  if (view.getUint16(after + 2) !== signature.length) return undefined;
  return {
    version: (bytes[0] ?? 0) + 1,
    log: toHex(bytes, 1, 33),
    time: new Date(milliseconds).toISOString(),
    extensions: toHex(bytes, 43, after),
    hash: HASHES[bytes[after] ?? 0] ?? String(bytes[after]),
    algorithm: ALGORITHMS[bytes[after + 1] ?? 0] ?? String(bytes[after + 1]),
    signature: toHex(signature),
  };
}
/** The end of the year 9999. */
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export const timestampList = form(
  (value) => {
    const element = value.read(TAG.octetString, "timestamps");
    const found = readTimestamps(value.contents(element));
    if (found === undefined) value.fail("BadDer", element.content, "timestamps that are cut off");
    return found ?? [];
  },
  (timestamps) =>
    timestamps.map(
      ({ log, time, algorithm, hash }) => `log ${log} at ${time.replace("T", " ").replace("Z", " UTC")}, ${algorithm} with ${hash}`,
    ),
);
