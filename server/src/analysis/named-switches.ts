/**
 * What methods of crates that no model knows say by their names: whether a client checks its peer. `verify_certs(false)`,
 * `with_no_cert_validation()`: names are put together of what is checked and how that is said.
 */
const CERTIFICATES = ["cert", "certs", "certificate", "certificates"];
const PEERS = [...CERTIFICATES, "ssl", "tls", "peer", "server_cert", "server_certificate"];
const HOSTS = ["hostname", "hostnames"];
const VERBS = ["verify", "validate", "check"];
const NOUNS = ["verification", "validation", "check", "verify"];
const LEAVING_OUT = ["skip", "disable", "no"];
const LETTING_IN = ["accept", "allow", "trust"];
const UNCHECKED = ["invalid", "any", "all", "untrusted", "self_signed"];
/** What stands in front of what lets in, and says nothing else. */
const BEFORE = ["", "with_", "danger_", "insecure_"];

const product = (...all: readonly (readonly string[])[]): readonly string[] =>
  all.reduce<readonly string[]>((found, words) => found.flatMap((it) => words.map((word) => (it === "" ? word : `${it}_${word}`))), [""]);

const checks = (of: readonly string[]): readonly string[] =>
  [...product(VERBS, of), ...product(of, NOUNS)].flatMap((it) => [it, `set_${it}`]);

const letsIn = (of: readonly string[], peers: readonly string[]): readonly string[] =>
  [...product(LEAVING_OUT, of, NOUNS), ...product(LETTING_IN, UNCHECKED, peers)].flatMap((it) => BEFORE.map((before) => `${before}${it}`));

/** By what they say where they are given `true`. */
export const namedSwitches = {
  checkingCertificates: checks(PEERS),
  acceptingCertificates: [...letsIn(PEERS, CERTIFICATES), "insecure_skip_verify"],
  checkingNames: checks(HOSTS),
  acceptingNames: letsIn(HOSTS, HOSTS),
};

export const switchNames: readonly string[] = Object.values(namedSwitches).flat();
