/** What a deployment's files say of services: how others on their network call them, what they are built from, and where they are published. */
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";

export interface Deployment {
  readonly file: string;
  readonly services: readonly Service[];
}

export interface Service {
  /** By which others reach it, lower case. */
  readonly names: readonly string[];
  /** Where it is declared. */
  readonly span: Span;
  /** The folder that it is built from. */
  readonly builtFrom?: string;
  /** Of a service that others' ports lead to: the program's port for each of them. */
  readonly forwards?: ReadonlyMap<number, number>;
  /** Files and folders of the workspace that it gets. */
  readonly mounts: readonly string[];
  readonly published: readonly PublishedPort[];
}

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export interface PublishedPort {
  /** Of the service; undefined where they are put in at run time. */
  readonly targets?: PortRange;
  /** Of the machine; undefined where it is picked, or put in, at run time. */
  readonly outer?: number;
  /** As written. */
  readonly written: string;
  /** Who connects to it: this machine's own programs, other machines too, or whoever a value that is put in at run time lets. */
  readonly reach: "machine" | "network" | "unknown";
  readonly span: Span;
  /** Edits after which nobody else does. */
  readonly confines: readonly TextEdit[];
}
