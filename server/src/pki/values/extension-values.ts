/** The values of extensions, as JSON and in words: by their form where one is known, else as ASN.1, and in any case as they are encoded. */
import { toHex } from "../der/characters.ts";
import { hidesKey } from "../secrets/secret-spans.ts";
import type { Extension } from "../x509/extensions.ts";
import { type Asn1, asn1Of, asn1Text } from "./asn1.ts";
import { AUTHORITY_FORMS } from "./authority-forms.ts";
import type { Form } from "./form.ts";
import { PLACE_FORMS } from "./place-forms.ts";
import { USAGE_FORMS } from "./usage-forms.ts";

const FORMS: Readonly<Record<string, Form>> = { ...AUTHORITY_FORMS, ...PLACE_FORMS, ...USAGE_FORMS };

export interface ExtensionValue {
  readonly oid: string;
  /** Absent where the identifier has no name here. */
  readonly name?: string;
  readonly critical: boolean;
  /** Decoded; absent where no form is known, or the value is malformed. */
  readonly value?: unknown;
  /** Of those without a `value`. */
  readonly asn1?: Asn1;
  /** The DER in it; absent where it holds a private key. */
  readonly hex?: string;
}

/** Longer values are shown as they are encoded, not decoded: nobody reads them. */
const LARGEST_VALUE = 1 << 20;

export function extensionValue(der: Uint8Array, extension: Extension): ExtensionValue & { readonly text: string } {
  const { oid, name, critical, value: range } = extension;
  const head = { oid, ...(name !== oid && { name }), critical };
  const bytes = der.subarray(range.start, range.end);
  if (hidesKey(bytes)) return { ...head, text: "it holds a private key, which is not shown" };
  const hex = toHex(bytes);
  const decoded = bytes.length > LARGEST_VALUE ? undefined : FORMS[name]?.(der, range);
  if (decoded !== undefined) return { ...head, value: decoded.value, hex, text: decoded.text };
  const asn1 = bytes.length > LARGEST_VALUE ? undefined : asn1Of(der, range);
  const told = asn1 === undefined ? hex : `${asn1Text(asn1)}, in hex ${hex}`;
  return { ...head, ...(asn1 !== undefined && { asn1 }), hex, text: FORMS[name] === undefined ? told : `malformed: ${told}` };
}
