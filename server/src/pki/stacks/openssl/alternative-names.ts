/** Names of the kinds of RFC 5280 §4.2.1.6 as OpenSSL reads them. */
import { latin1 } from "../../der/characters.ts";
import { context, type DerReader } from "../../der/der.ts";
import { type DistinguishedName, distinguishedName } from "./names.ts";

export interface AlternativeName {
  readonly kind: "DNS" | "email" | "URI" | "IP" | "directory" | "other";
  /** Of "other": the tag. */
  readonly tag: number;
  readonly text: string;
  readonly value: Uint8Array;
  readonly directory: DistinguishedName | undefined;
}

export function readAlternativeName(reader: DerReader): AlternativeName | undefined {
  const element = reader.readAny();
  const value = reader.contents(element);
  const name = (kind: AlternativeName["kind"]): AlternativeName => {
    return { kind, tag: element.tag, text: latin1(value), value, directory: undefined };
  };
  switch (element.tag) {
    case context(1, false):
      return name("email");
    case context(2, false):
      return name("DNS");
    case context(6, false):
      return name("URI");
    case context(7, false):
      return name("IP");
    case context(4):
      return { ...name("directory"), directory: distinguishedName(reader.bytes, { start: element.content, end: element.end }) };
    case context(0):
    case context(3):
    case context(5):
    case context(8, false):
      return name("other");
    default:
      reader.fail("BadDer", element.start, "a name of unknown form");
      return undefined;
  }
}
