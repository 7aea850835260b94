/**
 * What a proxy's configuration says, whichever product it is of: servers with what they demand of clients, and routes to what is behind
 * them. A reader makes these; `observations.ts` makes observations of them, and `joins.ts` looks for the programs at their other ends.
 */
import type { TextEdit } from "../base/text-edit.ts";
import type { Statement } from "../settings/setting.ts";
import type { ClientAuthentication, Kept, Place, Reach } from "../tls/facts.ts";

/** Said in one of the files of a configuration. */
export interface EdgeStatement extends Statement {
  readonly file: string;
}

/** One address at which a proxy answers, and all that it does there. */
export interface ProxyServer {
  /** As people write it: `nginx`. */
  readonly product: string;
  readonly place: Place;
  readonly tls: boolean;
  readonly authentication?: ProxyAuthentication;
  /** Where it answers, as far as that is in its file. */
  readonly listeners?: readonly ProxyListener[];
  /** What it says of itself as a server. */
  readonly statements: readonly EdgeStatement[];
  readonly routes: readonly Route[];
}

export interface ProxyListener {
  readonly place: Place;
  /** For messages: `listen 80`. */
  readonly written: string;
  readonly tls: boolean;
  /** Only programs of its own machine connect to it. */
  readonly isLoopback: boolean;
}

export interface ProxyAuthentication {
  readonly mode: ClientAuthentication;
  /** Whether a certificate that leads to no known CA is refused, by the handshake or by a condition on the verdict. */
  readonly verified: boolean;
  readonly written: string;
  readonly place: Place;
  /** Edits of its file after which every client has to present a certificate of a known CA. */
  readonly requires: readonly TextEdit[];
}

/** Where requests go on to. */
export interface Route {
  readonly place: Place;
  /** For messages: `proxy_pass`. */
  readonly written: string;
  /** The requests that go there, as their condition is written; absent where nothing tells them apart. */
  readonly scope?: string;
  readonly transport: "plaintext" | "tls";
  readonly targets: readonly Target[];
  /** What it says of the connection to the targets. */
  readonly statements: readonly EdgeStatement[];
  readonly headers: readonly ForwardedHeader[];
  /** Other headers may be set or removed in what could not be read. */
  readonly hasOtherHeaders: boolean;
  /** Edits that remove the client's own copy of a header; absent where there is no place for them. */
  clears?(header: string): readonly TextEdit[];
}

export interface Target {
  /** Lower case; empty where it is put in at run time. */
  readonly host: string;
  readonly port?: number;
  readonly reach: Reach;
  /** Where its address stands, if that is not in the route. */
  readonly place?: Place;
}

/**
 * What a forwarded header says. `identity`: who the certificate is of · `certificate`: all of it · `verdict`: whether it was verified ·
 * `client`: what the client has sent under some name · `nothing`: it is removed.
 */
export type Provenance = "identity" | "certificate" | "verdict" | "client" | "nothing" | "other";

export interface ForwardedHeader {
  readonly name: string;
  readonly from: Provenance;
  /** What the client has sent goes on as well: beside the proxy's own value, or where there is no certificate to take that from. */
  readonly kept?: Kept;
  readonly place: Place;
  /** Edits of its file after which the header is forwarded no more, the client's own copy neither. */
  readonly removes: readonly TextEdit[];
}

/** Any client can say what it wants under that name. */
export const isClients = ({ from, kept }: ForwardedHeader): boolean => from === "client" || kept !== undefined;

/** Its value is made of the client's certificate. */
export const isOfCertificate = (header: ForwardedHeader): boolean => tellsWho(header) || header.from === "verdict";

/** Whoever is given it can tell clients without a certificate from others; by the verdict not everywhere. */
export const tellsWho = ({ from }: ForwardedHeader): boolean => from === "identity" || from === "certificate";
