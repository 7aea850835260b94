/** Conditions that ask what kind of server a program talks to: by the scheme of an address, or a variant for each. They say nothing of security. */
import type { Value } from "../flow/index.ts";
import { connections, type SchemeModel } from "../models/connections/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { OF_VERIFICATION, words } from "./lexicon.ts";

/** Where the scheme says whether there is TLS, to choose one chooses that. */
const isOfKindAlone = ({ tls, better }: SchemeModel): boolean => tls === undefined && better === undefined;

const KINDS: ReadonlySet<string> = new Set(connections.flatMap(({ schemes }) => schemes.filter(isOfKindAlone).map(({ scheme }) => scheme)));

/** Of a variant, all that its enum has: the same list each time. */
type Siblings = (variant: string) => readonly { readonly name: string }[];

export function asksForKind(value: Value, siblings: Siblings): boolean {
  switch (value.kind) {
    case "labelled":
      return asksForKind(value.of, siblings);
    case "test":
      return value.what.startsWith("=") ? isKind(value.what.slice(1)) : isKindAmong(siblings(value.what), value.what);
    case "operation":
      if (value.operator === "!" || value.operator === "|") return value.operands.every((it) => asksForKind(it, siblings));
      return (value.operator === "==" || value.operator === "!=") && value.operands.some((it) => namesKind(it, siblings));
    case "apply":
      return lastOf(value.callee) === "starts_with" && value.arguments.some((it) => namesKind(it, siblings));
    default:
      return false;
  }
}

function namesKind(value: Value, siblings: Siblings): boolean {
  if (value.kind === "labelled") return namesKind(value.of, siblings);
  if (value.kind === "constant") return typeof value.value === "string" && isKind(value.value);
  return value.kind === "record" && value.fields.length === 0 && isKindAmong(siblings(value.type), value.type);
}

const isKindAmong = (all: ReturnType<Siblings>, variant: string): boolean => areKinds(all) && all.some((it) => it.name === lastOf(variant));

/** One variant for each kind, of which others may be without a server. */
function areKinds(variants: ReturnType<Siblings>): boolean {
  const known = ofKinds.get(variants);
  if (known !== undefined) return known;
  const asked = variants.some(({ name }) => KINDS.has(words(name).join(""))) && !variants.some(({ name }) => OF_VERIFICATION.test(name));
  ofKinds.set(variants, asked);
  return asked;
}

/** Asked of each condition that compares with a variant, of which an enum may have hundreds. */
const ofKinds = new WeakMap<ReturnType<Siblings>, boolean>();

function isKind(text: string): boolean {
  const written = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  const [scheme = ""] = written.toLowerCase().split(":");
  return KINDS.has(scheme);
}
