/** Local types: forward inference, enough to say which function a method call means. */
export { type BodyContext, bodyContext, fieldOf } from "./body-context.ts";
export { walkBody } from "./body-walk.ts";
export { Methods } from "./methods.ts";
export { POINTERS } from "./std-rows.ts";
export { elementOf, payloadOf } from "./std-terms.ts";
export type { Type } from "./type.ts";
export { type FieldRead, isForeign, type Target, type Use } from "./uses.ts";
export type { Meaning } from "./value-paths.ts";
