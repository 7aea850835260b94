/** Transport sockets: TLS or not, through those that wrap another one, and the context that says how. */
import { get, textOf, type YamlValue } from "../yaml/documents.ts";
import { field, typeOf } from "./fields.ts";

export interface Socket {
  readonly transport: "plaintext" | "tls";
  /** Of TLS, unless something else than Envoy's own does it. */
  readonly context?: YamlValue;
}

const PLAINTEXT: Socket = { transport: "plaintext" };
/** Proxy protocol, taps and statistics wrap a socket, not one another without end. */
const MOST_WRAPPED = 8;

/** Of a filter chain or a cluster; `tls_context` is the older way (v2). */
export function socketOf(holder: YamlValue | undefined, depth = 0): Socket {
  const socket = field(holder, "transport_socket");
  const older = field(holder, "tls_context");
  if (socket === undefined) return older === undefined ? PLAINTEXT : { transport: "tls", context: older };
  const config = field(socket, "typed_config") ?? field(socket, "config");
  const type = typeOf(config);
  if (type === "DownstreamTlsContext" || type === "UpstreamTlsContext") return ofTls(config);
  if (type === "QuicDownstreamTransport") return ofTls(field(config, "downstream_tls_context"));
  if (type === "QuicUpstreamTransport") return ofTls(field(config, "upstream_tls_context"));
  if (type === "RawBuffer" || textOf(get(socket, "name")) === "envoy.transport_sockets.raw_buffer") return PLAINTEXT;
  if (depth < MOST_WRAPPED && field(config, "transport_socket") !== undefined) return socketOf(config, depth + 1);
  return { transport: "tls" };
}

const ofTls = (context: YamlValue | undefined): Socket => ({ transport: "tls", ...(context === undefined ? {} : { context }) });
