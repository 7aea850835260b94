/** What an editor and its user do, as data: any operation may be left out, and those after it still mean something. */
import type { Dice } from "../dice.ts";

/** Places are parts of a million of the text, so that they are in any text. `remove`: so many units. */
export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly text: string;
}

export const QUESTIONS = [
  "diagnostics",
  "hover",
  "actions",
  "fix all",
  "inspect",
  "silenced",
  "explanation",
  "workspace",
  "links",
  "hints",
  "definition",
  "references",
  "outline",
  "selection",
  "lenses",
  "renaming",
  "certificates",
  "configuration",
  "endpoints",
  "nonsense",
] as const;
export type Question = (typeof QUESTIONS)[number];
/** `overtaken`: what follows is not held up by the answer. */
const MANNERS = ["awaited", "awaited", "awaited", "overtaken", "cancelled"] as const;
export type Manner = (typeof MANNERS)[number];

/** `file`: of those that are there for it, counted around. */
export type Operation =
  | { readonly kind: "open" | "save" | "close" | "restore" | "delete"; readonly file: number }
  | { readonly kind: "open new"; readonly name: string; readonly language: string; readonly text: string; readonly untitled: boolean }
  | { readonly kind: "change"; readonly file: number; readonly edits: readonly Edit[]; readonly whole: boolean }
  | { readonly kind: "rename"; readonly file: number; readonly to: string }
  | { readonly kind: "write"; readonly file: number; readonly text: string }
  /** A change of the disk that no message tells of: only for seeing that it makes a difference. */
  | { readonly kind: "unheard"; readonly path: string; readonly text: string }
  | { readonly kind: "configure"; readonly settings: Readonly<Record<string, unknown>> }
  | { readonly kind: "folders" }
  | { readonly kind: "ask"; readonly question: Question; readonly file: number; readonly at: number; readonly manner: Manner };

const MILLION = 1_000_000;

/** Between 5 and 40. `texts`: what files of the kind hold, to write whole or in part. */
export function operationsOf(dice: Dice, texts: readonly string[]): readonly Operation[] {
  const first: Operation[] = [{ kind: "open", file: dice.below(100) }];
  return [...first, ...Array.from({ length: 4 + dice.below(36) }, () => operationOf(dice, texts))];
}

function operationOf(dice: Dice, texts: readonly string[]): Operation {
  const file = dice.below(100);
  const way = dice.below(100);
  if (way < 10) return { kind: "open", file };
  if (way < 13)
    return { kind: "open new", name: dice.one(NAMES), language: dice.one(LANGUAGES), text: dice.one(texts), untitled: dice.below(2) === 0 };
  if (way < 48) return { kind: "change", file, edits: edits(dice, texts), whole: dice.below(8) === 0 };
  if (way < 52) return { kind: dice.one(["save", "close", "restore"]), file };
  if (way < 56) return { kind: "save", file };
  if (way < 58) return { kind: "rename", file, to: dice.one(NAMES) };
  if (way < 61) return { kind: "write", file, text: dice.one(texts) };
  if (way < 62) return { kind: "delete", file };
  if (way < 64) return { kind: "configure", settings: dice.one(SETTINGS) };
  if (way < 65) return { kind: "folders" };
  return { kind: "ask", question: dice.one(QUESTIONS), file, at: dice.below(MILLION), manner: dice.one(MANNERS) };
}

const edits = (dice: Dice, texts: readonly string[]): readonly Edit[] =>
  Array.from({ length: 1 + dice.below(3) }, () => ({
    at: dice.below(MILLION),
    remove: dice.one([0, 0, 1, 3, 20, 200]),
    text: typed(dice, texts),
  }));

/** A key, a word, or a part of another text. */
function typed(dice: Dice, texts: readonly string[]): string {
  if (dice.below(4) > 0) return dice.one(KEYS);
  // Half a character is nothing that an editor can send in every encoding.
  const from = Array.from(dice.one(texts));
  const start = dice.below(from.length + 1);
  return from.slice(start, start + dice.one([5, 40, 300])).join("");
}

const KEYS = [
  ..."abx_ .,;:(){}[]<>\"'#=/\\!&\n\t",
  "",
  "\r\n",
  "\r",
  "\u2028",
  "é",
  "漢字",
  "🦀",
  "👩‍👩‍👧",
  "e\u0301",
  "\u202e",
  "\ufeff",
  "// 🦀\n",
  "fn f() {\n",
  "true",
  "false",
  "reqwest::Client::builder()",
  ".danger_accept_invalid_certs(true)",
  "// tlslint: allow(disabled-verification): the peer is on this machine\n",
  "-----BEGIN CERTIFICATE-----\n",
  "-----END CERTIFICATE-----\n",
  'mtls = "off"\n',
  'exclude = ["certs/"]\n',
  "sslmode=disable",
];

const NAMES = [
  "src/new.rs",
  "src/möbius 🦀.rs",
  "b/src/lib.rs",
  "certs/new.pem",
  "certs/ca.pem",
  "c#?%.key",
  ".env",
  "tlslint.toml",
  "Cargo.toml",
];
const LANGUAGES = ["rust", "pem", "toml", "plaintext"];

const SETTINGS = [
  {},
  { mtls: "required" },
  { mtls: "off", profile: "public-web" },
  { rules: { "disabled-verification": "off", "weak-key": "hint", "no-such-rule": "error" } },
  { exclude: ["certs/", "*.env"], "expiring-days": 3650 },
  { "minimum-version": "TLS 1.3", hosts: { "certs/ca.pem": ["a.example"] } },
  { mtls: 7, rules: "off", exclude: {} },
];
