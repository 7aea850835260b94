/** PEM files as people damage them: whole ones by a seed, and one to three changes of the text that leave the digits what they are. */
import { alternativeNames, basicConstraints, bytes, certificate, dns, pem, privateKey, revocationList } from "../../certificates/build.ts";
import { Dice } from "../../fuzz/dice.ts";

export interface Mutated {
  readonly text: string;
  readonly file: Uint8Array;
  /** The contents of each section that the file was meant to have. */
  readonly meant: readonly Uint8Array[];
  /** What was done, in words. */
  readonly changes: readonly string[];
}

const named = (serial: number, filler: string): Uint8Array =>
  certificate({
    serial: bytes(0x11, serial),
    subject: `service${filler}.example`,
    extensions: [basicConstraints(false), alternativeNames(dns("service.example"))],
  });
/** Of each number of `=` one. */
const CERTIFICATES = ["", "x", "xx"].map((filler, at) => named(at + 1, filler));
const [ONE = new Uint8Array(), TWO = new Uint8Array(), THREE = new Uint8Array()] = CERTIFICATES;
const LIST = revocationList();
const KEY = privateKey();
type Parts = readonly (readonly [string, Uint8Array])[];
export const SHAPES: readonly Parts[] = [
  [["CERTIFICATE", ONE]],
  [
    ["CERTIFICATE", ONE],
    ["CERTIFICATE", TWO],
  ],
  [
    ["CERTIFICATE", THREE],
    ["CERTIFICATE", ONE],
    ["CERTIFICATE", TWO],
  ],
  [
    ["CERTIFICATE", TWO],
    ["PRIVATE KEY", KEY],
  ],
  [
    ["X509 CRL", LIST],
    ["CERTIFICATE", THREE],
  ],
  [["PRIVATE KEY", KEY]],
];

/** What stands where it should not. */
const STRANGE = [
  "\r",
  "\n",
  " ",
  "\t",
  "\0",
  "\u00a0",
  "\ufeff",
  "-",
  "=",
  ":",
  "#",
  "\\n",
  '"',
  "'",
  ",",
  "!",
  "\u2013",
  "\u200b",
  ">",
  "\u000b",
  "\u000c",
  "é",
];
const LABELS = [
  "CERTIFICATES",
  "CERT",
  "X509 CERTIFICATE",
  "TRUSTED CERTIFICATE",
  "certificate",
  "PKCS7",
  "PUBLIC KEY",
  "X509 CRL",
  "EC PRIVATE KEY",
  "CERTIFICATE ",
  "CERTIFICATE REQUEST",
];
const HEADERS = [
  "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0123456789ABCDEF0123456789ABCDEF\n\n",
  "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0123456789ABCDEF\n\n",
  "Proc-Type: 4,MIC-CLEAR\n\n",
  "Comment: made by hand\n\n",
  "Comment: made by hand\n",
];

type Change = (text: string, dice: Dice) => string;
const at = (text: string, from: number, to: number, by: string): string => text.slice(0, from) + by + text.slice(to);
/** A place in a line that is a boundary, or anywhere. */
function placeIn(text: string, dice: Dice): number {
  if (dice.below(2) === 0) return dice.below(text.length + 1);
  const boundaries = [...text.matchAll(/-----(?:BEGIN|END)[^\n]*\n?/g)];
  if (boundaries.length === 0) return dice.below(text.length + 1);
  const { index, 0: line } = dice.one(boundaries);
  return index + dice.below(line.length + 1);
}
function withLines(change: (lines: string[], dice: Dice) => string[]): Change {
  return (text, dice) => change(text.split("\n"), dice).join("\n");
}
const isBoundary = (text: string, place: number): boolean => {
  const line = text.slice(text.lastIndexOf("\n", place - 1) + 1, place + 1);
  return line.startsWith("-");
};

const CHANGES: Readonly<Record<string, Change>> = {
  "put in a character": (text, dice) => {
    const place = placeIn(text, dice);
    return at(text, place, place, dice.one(STRANGE));
  },
  "took out a character": (text, dice) => {
    const place = placeIn(text, dice);
    return at(text, place, place + 1, "");
  },
  "changed a character": (text, dice) => {
    const place = placeIn(text, dice);
    return at(text, place, place + 1, dice.one(STRANGE));
  },
  "changed a letter of a boundary": (text, dice) => {
    const place = placeIn(text, dice);
    return isBoundary(text, place) ? at(text, place, place + 1, dice.one(["X", "e", "I", "-", "_", "0"])) : text;
  },
  "took out a line": withLines((lines, dice) => lines.toSpliced(dice.below(lines.length), 1)),
  "repeated a line": withLines((lines, dice) => {
    const place = dice.below(lines.length);
    return lines.toSpliced(place, 0, lines[place] ?? "");
  }),
  "swapped two lines": withLines((lines, dice) => {
    const place = dice.below(lines.length);
    return lines.toSpliced(place, 2, lines[place + 1] ?? "", lines[place] ?? "");
  }),
  "joined two lines": withLines((lines, dice) => {
    const place = dice.below(lines.length);
    return lines.toSpliced(place, 2, (lines[place] ?? "") + (lines[place + 1] ?? ""));
  }),
  "indented a line": withLines((lines, dice) => {
    const place = dice.below(lines.length);
    return lines.toSpliced(place, 1, dice.one([" ", "    ", "\t", "> ", "# "]) + (lines[place] ?? ""));
  }),
  "indented all lines": (text, dice) => text.replace(/^(?=.)/gm, dice.one(["  ", "\t", "> ", "# ", '"'])),
  "put a blank line in": withLines((lines, dice) => lines.toSpliced(dice.below(lines.length), 0, dice.one(["", " ", "\t", "\r"]))),
  "ended lines otherwise": (text, dice) => text.replaceAll("\n", dice.one(["\r\n", "\r", "\\n", "\r\r\n", "\n\n", " ", "\u2028", "\v"])),
  "ended a line otherwise": (text, dice) => {
    const places = [...text.matchAll(/\n/g)];
    if (places.length === 0) return text;
    const { index } = dice.one(places);
    return at(text, index, index + 1, dice.one(["\r\n", "\r", "\\n", "\n\n", " ", ""]));
  },
  "quoted the lines": (text, dice) => text.replace(/^.+$/gm, (line) => dice.one(['"$",', "'$'", '"$" +', "$\\"]).replace("$", line)),
  "gave a boundary another label": (text, dice) => {
    const boundaries = [...text.matchAll(/-----(BEGIN|END) ([A-Z0-9 ]+)-----/g)];
    if (boundaries.length === 0) return text;
    const { index, 0: whole, 1: word } = dice.one(boundaries);
    return at(text, index, index + whole.length, `-----${word} ${dice.one(LABELS)}-----`);
  },
  "gave a section another label": (text, dice) => {
    const label = dice.one(LABELS);
    return text.replace(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/, `-----BEGIN ${label}-----$2-----END ${label}-----`);
  },
  "put headers in": (text, dice) => {
    const begins = [...text.matchAll(/-----BEGIN [^\n]*\n/g)];
    if (begins.length === 0) return text;
    const { index, 0: line } = dice.one(begins);
    return at(text, index + line.length, index + line.length, dice.one(HEADERS));
  },
  "other dashes": (text, dice) => {
    const dashes = [...text.matchAll(/-----/g)];
    if (dashes.length === 0) return text;
    const { index } = dice.one(dashes);
    return at(
      text,
      index,
      index + 5,
      dice.one(["----", "------", "-- ---", "\u2014\u2014", "\u2013\u2013\u2013\u2013\u2013", "- - - - -", "=====", ""]),
    );
  },
  "cut it off": (text, dice) => text.slice(0, text.length - dice.below(Math.min(text.length, 200))),
  "cut its beginning": (text, dice) => text.slice(dice.below(Math.min(text.length, 60))),
  "other columns": (text, dice) => {
    const width = dice.one([1, 48, 63, 65, 76, 100, 254, 255, 256, 1000]);
    return text.replace(/(-----BEGIN [^\n]*\n)([A-Za-z0-9+/=\n]*)(-----END)/g, (_, begin, body, end) =>
      [begin, ...(body.replaceAll("\n", "").match(new RegExp(`.{1,${width}}`, "g")) ?? []).map((line: string) => `${line}\n`), end].join(
        "",
      ),
    );
  },
  "other padding": (text, dice) => text.replace(/=*\n-----END/, `${dice.one(["", "=", "==", "===", "====", "= ="])}\n-----END`),
  "text around": (text, dice) => dice.one(["words\n", "\ufeff", "-----\n", "-----BEGIN\n", "key: |\n", "\0"]) + text,
  "text behind": (text, dice) => text.trimEnd() + dice.one(["words\n", " # the end\n", "-----", "\0\n", " \n", "\t\n"]),
};
const NAMES = Object.keys(CHANGES);
const ENCODINGS = [
  "utf-8",
  "utf-8",
  "utf-8",
  "utf-8",
  "utf-8",
  "utf-8",
  "utf-8",
  "utf-8",
  "utf-8",
  "utf-8",
  "utf-16le",
  "utf-16be",
  "mark and ascii",
] as const;

export function mutated(seed: number, number: number): Mutated {
  const dice = new Dice(seed, number);
  const parts = dice.one(SHAPES);
  let text = parts.map(([label, der]) => pem(label, der)).join("");
  const changes: string[] = [];
  for (let left = 1 + dice.below(3); left > 0; left--) {
    const name = dice.one(NAMES);
    const made = CHANGES[name]?.(text, dice) ?? text;
    if (made !== text) changes.push(name);
    text = made;
  }
  const encoding = dice.one(ENCODINGS);
  if (encoding !== "utf-8") changes.push(encoding);
  return { text, file: encoded(text, encoding), meant: parts.map(([, der]) => der), changes };
}

function encoded(text: string, encoding: (typeof ENCODINGS)[number]): Uint8Array {
  const utf8 = new TextEncoder().encode(text);
  if (encoding === "utf-8") return utf8;
  if (encoding === "mark and ascii") return bytes(0xff, 0xfe, utf8);
  const units = Array.from({ length: text.length }, (_, place) => text.charCodeAt(place));
  return Uint8Array.from(
    [0xfeff, ...units].flatMap((unit) => (encoding === "utf-16le" ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff])),
  );
}
