/** Who can lie between a client and a host, by the host's name alone: no name is looked up. */
import type { Reach } from "./facts.ts";

/** Top-level names that are nobody's on the public network: RFC 2606, RFC 6761, RFC 8375, and what people use all the same. */
const OWN_NETWORK: ReadonlySet<string> = new Set(
  "local localdomain internal intranet private corp lan home arpa consul svc docker".split(" "),
);
const EXAMPLE_TOP: ReadonlySet<string> = new Set(["example", "test", "invalid"]);
/** RFC 2606, section 3; the hosts below them are meant, too. */
const EXAMPLE_NAME = /(?:^|\.)example\.(?:com|net|org)$/;
/** RFC 5737 and RFC 3849: addresses for documentation. */
const EXAMPLE_ADDRESS = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/;

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){1,3}|::1?|0\.0\.0\.0|host\.docker\.internal|)$/;
/** RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291. */
const PRIVATE_ADDRESS =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/;
const ADDRESS = /^(?:\d+(?:\.\d+){3}|[0-9a-f]*:[0-9a-f:.]*)$/;
/** Put in later, or by the reader: `{host}`, `$HOST`, `%s`, `<host>`. */
const PLACEHOLDER = /[{}$%<>*[\]]|^(?:your|my|some)[-_.]|\.\.\./;

/** `host` without brackets and port. */
export function reachOfHost(host: string): Reach {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (LOOPBACK.test(name) || name.startsWith("/") || name.startsWith("%2f")) return "loopback";
  if (PLACEHOLDER.test(name)) return "unknown";
  if (EXAMPLE_NAME.test(name) || EXAMPLE_ADDRESS.test(name)) return "example";
  if (PRIVATE_ADDRESS.test(name)) return "private";
  if (ADDRESS.test(name)) return "public";
  if (!/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u.test(name)) return "unknown";
  const labels = name.split(".");
  const top = labels.at(-1) ?? "";
  if (labels.length > 1 && EXAMPLE_TOP.has(top)) return "example";
  // `db`, `redis-master.cache`: a service of a compose file or a cluster.
  if (labels.length === 1 || OWN_NETWORK.has(top) || labels.includes("svc") || !/^\p{L}{2}|^xn--/u.test(top)) return "private";
  return "public";
}

/**
 * An address of one's own network, and of none that Docker makes on a machine: its pools are of 172.16.0.0/12 first (docs.docker.com,
 * "Docker networking", default address pools).
 */
export const isOtherMachine = (host: string): boolean =>
  ADDRESS.test(host) && reachOfHost(host) === "private" && !host.startsWith("172.") && !host.startsWith("169.254.");

const ORDER: readonly Reach[] = ["public", "example", "unknown", "private", "loopback"];

/** The least protected of several. */
export const widest = (reaches: readonly Reach[]): Reach => ORDER.find((it) => reaches.includes(it)) ?? "unknown";
