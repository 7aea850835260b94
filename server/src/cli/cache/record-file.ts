/**
 * A record as bytes: answers as JSON, paths and arrays, then a line of JSON that says what they are. Whoever wrote it, and however far:
 * what is not whole, of this build and for this question is none.
 */
import { createHash } from "node:crypto";
import { gathered } from "../pieces.ts";
import { arrayOf, isNumber, isText, record, type Shape } from "../report/shapes.ts";
import { type Answers, answersIn, answersText } from "./answers.ts";
import type { Dependencies } from "./dependency-table.ts";
import { DIGEST_BYTES, isQuestion, type Question } from "./questions.ts";

export interface KeptRun {
  /** The clock's time for which the answers hold, and until when. */
  readonly from: number;
  readonly until: number;
  readonly answers: Answers;
  readonly dependencies: Dependencies;
}

interface Header {
  readonly tlslint: "findings";
  /** What the answers follow from beside the files. */
  readonly key: string;
  /** Against accidents: whoever can write the file can write the sum. */
  readonly sum: string;
  readonly from: number;
  readonly until: number;
  readonly questions: readonly Question[];
  readonly counts: readonly [paths: number, rows: number];
  readonly lengths: readonly [answers: number, paths: number];
}

const isTime: Shape<number> = (value): value is number => typeof value === "number" && Number.isFinite(value);
const isPair: Shape<readonly [number, number]> = (value): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((it) => isNumber(it));

const isHeader = record<Header>({
  tlslint: (value): value is "findings" => value === "findings",
  key: isText,
  sum: isText,
  from: isTime,
  until: isTime,
  questions: arrayOf((value): value is Question => isText(value) && isQuestion(value)),
  counts: isPair,
  lengths: isPair,
});

const FLOAT = Float64Array.BYTES_PER_ELEMENT;
const INT = Int32Array.BYTES_PER_ELEMENT;
const STAMP = 4 * FLOAT;

/** One after the other: together they may be as long as all that was found, and nobody holds them. */
export function* bytesOfRun(key: string, { from, until, answers, dependencies }: KeptRun): Generator<Uint8Array, void, void> {
  const { paths, stamps, fragile, rowPaths, rowQuestions, digests, questions } = dependencies;
  const hash = createHash("sha256");
  const summed = (bytes: Uint8Array): Uint8Array => {
    hash.update(bytes);
    return bytes;
  };
  let told = 0;
  for (const piece of gathered(answersText(answers))) {
    const bytes = Buffer.from(piece);
    told += bytes.length;
    yield summed(bytes);
  }
  const named = Buffer.from(paths.join("\0"));
  for (const it of [named, raw(stamps), fragile, raw(rowPaths), rowQuestions, digests]) yield summed(it);
  const header: Header = {
    tlslint: "findings",
    key,
    sum: hash.digest("base64"),
    from,
    until,
    questions,
    counts: [paths.length, rowPaths.length],
    lengths: [told, named.length],
  };
  yield Buffer.from(`\n${JSON.stringify(header)}`);
}

export function runIn(bytes: Buffer, key: string): KeptRun | undefined {
  const end = bytes.lastIndexOf(0x0a);
  const header = end < 0 ? undefined : headerIn(bytes.toString("utf8", end + 1));
  if (header === undefined || header.key !== key) return undefined;
  const body = bytes.subarray(0, end);
  const { counts, lengths, questions, from, until } = header;
  const [count, rows] = counts;
  const sizes = [...lengths, count * STAMP, count, rows * INT, rows, rows * DIGEST_BYTES];
  const sum = createHash("sha256").update(body).digest("base64");
  if (sizes.reduce((all, it) => all + it, 0) !== body.length || header.sum !== sum) return undefined;
  let next = 0;
  const [told, named, stamps, fragile, rowPaths, rowQuestions, digests] = sizes.map((size) => {
    const at = next;
    next += size;
    return body.subarray(at, next);
  });
  const answers = told && answersIn(told.toString());
  const paths = named?.length === 0 ? [] : named?.toString().split("\0");
  if (!answers || paths?.length !== count || !stamps || !fragile || !rowPaths || !rowQuestions || !digests) return undefined;
  const dependencies: Dependencies = {
    paths,
    stamps: new Float64Array(copied(stamps)),
    fragile: Uint8Array.from(fragile),
    rowPaths: new Int32Array(copied(rowPaths)),
    rowQuestions: Uint8Array.from(rowQuestions),
    digests: Uint8Array.from(digests),
    questions,
  };
  return { from, until, answers, dependencies };
}

function headerIn(text: string): Header | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isHeader(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const raw = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);

/** Where an array of numbers may begin. */
const copied = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
