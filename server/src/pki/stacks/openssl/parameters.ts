/** Parameters of algorithms as OpenSSL decodes them: a value of any type, which must at least be of the form of its type (`tasn_dec.c`). */

import { type DerError, DerReader, type Element, TAG } from "../../der/der.ts";
import { readOid } from "../../der/primitives.ts";
import type { Algorithm } from "../../x509/algorithms.ts";

/** Boolean, INTEGER, NULL, OBJECT IDENTIFIER and ENUMERATED: never in pieces. */
const PRIMITIVE: ReadonlySet<number> = new Set([0x01, 0x02, 0x05, 0x06, 0x0a]);
const BMP_STRING = 0x1e;
const UNIVERSAL_STRING = 0x1c;

/** Why they cannot be loaded. */
export function parameterError(der: Uint8Array, ...algorithms: readonly Algorithm[]): DerError | undefined {
  for (const { parameters } of algorithms) {
    const message = parameters === undefined ? undefined : fault(der, parameters);
    if (parameters !== undefined && message !== undefined) return { kind: "BadDer", offset: parameters.start, message };
  }
  return undefined;
}

function fault(der: Uint8Array, { tag, start, content, end }: Element): string | undefined {
  // Of other classes: kept as they are.
  if (tag >= 0x40) return undefined;
  const constructed = (tag & 0x20) !== 0;
  const type = tag & 0x1f;
  const length = end - content;
  if (type === (TAG.sequence & 0x1f) || type === (TAG.set & 0x1f)) return constructed ? undefined : "a list is not constructed";
  if (constructed) return PRIMITIVE.has(type) ? "a parameter is constructed, and its type cannot be" : undefined;
  switch (type) {
    case TAG.boolean:
      return length === 1 ? undefined : "a truth value of another length than one byte";
    case TAG.null:
      return length === 0 ? undefined : "NULL has contents";
    case TAG.integer:
    case 0x0a:
    case TAG.bitString:
      return length === 0 ? "a number without contents" : undefined;
    case TAG.oid: {
      const reader = DerReader.lax(der, { start, end });
      readOid(reader, "an identifier");
      return reader.error?.message;
    }
    case BMP_STRING:
      return length % 2 === 0 ? undefined : "a string of a length that its type does not have";
    case UNIVERSAL_STRING:
      return length % 4 === 0 ? undefined : "a string of a length that its type does not have";
    default:
      return undefined;
  }
}
