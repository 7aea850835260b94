/** The programs of a workspace as a proxy meets them: where they listen, and which headers they take for who the client is. */
import type { Place } from "../tls/facts.ts";

export interface Programs {
  readonly listeners: readonly ProgramListener[];
  readonly headers: readonly ProgramHeader[];
}

export interface ProgramListener {
  readonly place: Place;
  /** The folder of its package. */
  readonly folder: string;
  readonly transport: "plaintext" | "tls";
  readonly reach: "loopback" | "public" | "unknown";
  readonly port?: number;
  /** As the program has it. */
  readonly address?: string;
  /** Of its package. */
  readonly name?: string;
}

export interface ProgramHeader {
  readonly place: Place;
  readonly folder: string;
  readonly header: string;
}

/** `0.0.0.0:8080`, `[::]:8080`, `localhost:8080`; undefined where the port is put in at run time. */
export function portOf(address: string | undefined): number | undefined {
  const colon = address?.lastIndexOf(":") ?? -1;
  const port = colon < 0 || address === undefined ? Number.NaN : Number(address.slice(colon + 1));
  return Number.isInteger(port) && port > 0 && address?.slice(colon + 1) !== "" ? port : undefined;
}
