/** What JSON from a file has to look like to be of a type. */

export type Shape<T> = (value: unknown) => value is T;

export const isText: Shape<string> = (value): value is string => typeof value === "string";

/** A count, or a place that counts from 1. */
export const isNumber: Shape<number> = (value): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;

export const oneOf =
  <T extends string>(words: readonly T[]): Shape<T> =>
  (value): value is T =>
    words.some((it) => it === value);

export const arrayOf =
  <T>(item: Shape<T>): Shape<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every((it) => item(it));

export const optional =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || shape(value);

/** Other keys are in order: a later release may have added them. */
export const record =
  <T>(fields: { readonly [K in keyof Required<T>]: Shape<T[K]> }): Shape<T> =>
  (value): value is T =>
    isRecord(value) && Object.entries<Shape<unknown>>(fields).every(([key, shape]) => shape(value[key]));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
