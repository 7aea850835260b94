/** DNS names as rustls-webpki compares them (`subject_name/dns_name.rs`). */

/** What a name is compared as: a name that a client asked for, or the base of a permitted or an excluded subtree. */
type DnsRole = "reference" | "permitted" | "excluded";

/** `presented_id_matches_reference_id`, step by step. */
export function matchDns(presented: string, role: DnsRole, reference: string, wildcardsArePermitted: boolean): boolean | string {
  if (!isValidDnsName(presented, "presented", true)) return "MalformedDnsIdentifier";
  const constraint = role !== "reference";
  if (!isValidDnsName(reference, constraint ? "constraint" : "reference", false))
    return constraint ? "MalformedNameConstraint" : "MalformedDnsIdentifier";
  let at = 0;
  if (constraint && presented.length > reference.length) {
    if (reference === "") return true;
    const cut = presented.length - reference.length;
    if (reference.startsWith(".")) at = cut;
    else if (presented[cut - 1] === ".") at = cut;
    else return false;
  }
  let from = 0;
  if (presented[at] === "*" && (role !== "permitted" || wildcardsArePermitted)) {
    // The wildcard stands for the whole first label of the reference.
    at++;
    do {
      if (from >= reference.length) return false;
      from++;
    } while (reference[from] !== ".");
  }
  for (; ; at++, from++) {
    if (at >= presented.length || from >= reference.length || presented[at]?.toLowerCase() !== reference[from]?.toLowerCase()) return false;
    if (at + 1 === presented.length) break;
  }
  if (presented.endsWith(".")) return "MalformedDnsIdentifier";
  const rest = reference.slice(from + 1);
  // A name that is asked for may be absolute.
  return constraint ? rest === "" : rest === "" || rest === ".";
}

const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;

/** `is_valid_dns_id`; the last label must not be a number, or an address would be a name. */
export function isValidDnsName(name: string, role: "reference" | "presented" | "constraint", wildcards: boolean): boolean {
  if (name.length > LONGEST_NAME) return false;
  if (name === "") return role === "constraint";
  const wild = wildcards && name.startsWith("*");
  if (wild && !name.startsWith("*.")) return false;
  const labels = (wild ? name.slice(2) : name).split(".");
  // A leading dot is the form of constraints, a trailing one that of absolute names.
  if (role === "constraint" && !wild && labels[0] === "" && labels.length > 1) labels.shift();
  if (role === "reference" && labels.length > 1 && labels.at(-1) === "") labels.pop();
  if (!labels.every((label) => /^[0-9A-Za-z_](?:[-0-9A-Za-z_]*[0-9A-Za-z_])?$/.test(label) && label.length <= LONGEST_LABEL)) return false;
  if (/^[0-9]+$/.test(labels.at(-1) ?? "")) return false;
  return !wild || labels.length >= 2;
}
