/**
 * What stands between clients and programs: configurations of proxies that terminate TLS, and of deployments that publish ports. A reader
 * for each product makes the same few things of them (`proxy.ts`), so that the rules over code judge both ends, and what they mean together
 * (`joins.ts`). Texts in, observations out: `service/edge/` finds the files.
 */

export { commentsOf } from "./comments.ts";
export { secretValues } from "./kubernetes/objects.ts";
export { mayBeEdge, mayBeYaml } from "./places.ts";
export { type ProgramHeader, type ProgramListener, type Programs, portOf } from "./programs.ts";
export { type EdgeReading, readEdge } from "./read-edge.ts";
export { isEdge } from "./recognise.ts";
export type { EdgeFile } from "./sources.ts";
