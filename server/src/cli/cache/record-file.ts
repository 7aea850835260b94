/**
 * A record as bytes: a line of JSON that says what follows, answers as JSON, then paths and arrays. Whoever wrote it, and however far:
 * what is not whole, of this build and for this question is none.
 */
import { sumOf } from "../compiled-code.ts";
import { gathered } from "../pieces.ts";
import { arrayOf, isNumber, isText, record, type Shape } from "../report/shapes.ts";
import { type Answers, answersIn, answersText } from "./answers.ts";
import type { Dependencies } from "./dependencies.ts";
import { DIGEST_CHARACTERS, isQuestion, type Question } from "./questions.ts";

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

/** One after the other: together they may be as long as all that was found. */
export function bytesOfRun(key: string, { from, until, answers, dependencies }: KeptRun): readonly Uint8Array[] {
  const { paths, stamps, fragile, rowPaths, rowQuestions, digests, questions } = dependencies;
  const told = Array.from(gathered(answersText(answers)), (it) => Buffer.from(it));
  const named = Buffer.from(paths.join("\0"));
  const body = [...told, named, raw(stamps), fragile, raw(rowPaths), rowQuestions, Buffer.from(digests, "latin1")];
  const header: Header = {
    tlslint: "findings",
    key,
    sum: sumOf(...body),
    from,
    until,
    questions,
    counts: [paths.length, rowPaths.length],
    lengths: [lengthOf(told), named.length],
  };
  return [Buffer.from(`${JSON.stringify(header)}\n`), ...body];
}

const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, it) => sum + it.length, 0);

export function runIn(bytes: Buffer, key: string): KeptRun | undefined {
  const end = bytes.indexOf(0x0a);
  const header = end < 0 ? undefined : headerIn(bytes.toString("utf8", 0, end));
  if (header === undefined || header.key !== key) return undefined;
  const body = bytes.subarray(end + 1);
  const { counts, lengths, questions, from, until } = header;
  const [count, rows] = counts;
  const sizes = [...lengths, count * STAMP, count, rows * INT, rows, rows * DIGEST_CHARACTERS];
  if (sizes.reduce((sum, it) => sum + it, 0) !== body.length || header.sum !== sumOf(body)) return undefined;
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
    digests: digests.toString("latin1"),
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
