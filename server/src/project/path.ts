/** Paths as text, under the name that this folder knows them by. */
export * from "../base/path.ts";
