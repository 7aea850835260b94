/** What `tlslint verify` was asked for, or what is wrong with it. */
import { err, ok, type Result } from "../../base/result.ts";
import { isKnownStack, unknownStack } from "../../service/certificates/known-stacks.ts";
import type { RevocationPolicy } from "../../service/certificates/verify.ts";
import type { Given } from "./given.ts";
import type { Option } from "./option.ts";
import * as options from "./options.ts";

export interface VerifyCommand {
  readonly name: "verify";
  readonly format: "pretty" | "json";
  readonly stack: string;
  readonly now?: number;
  /** A file of cases, or one chain. */
  readonly what:
    | { readonly limbo: string }
    | {
        readonly chain: string;
        readonly roots: string;
        readonly intermediates?: string;
        /** Files of revocation lists, and how strict the check is. */
        readonly lists?: readonly string[];
        readonly revocation?: RevocationPolicy;
        readonly as: "server" | "client";
        readonly host?: string;
      };
}

const POLICY_OPTIONS: readonly Option[] = [
  options.crlDepth,
  options.crlUnknown,
  options.crlExpired,
  options.crlExtended,
  options.crlDeltas,
];
/** What says which chain is meant. */
const CHAIN_OPTIONS: readonly Option[] = [options.roots, options.intermediates, options.crl, ...POLICY_OPTIONS, options.as, options.host];

export const VERIFY_OPTIONS: readonly Option[] = [...CHAIN_OPTIONS, options.stack, options.now, options.plainFormat, options.limbo];

export function readVerify(given: Given): Result<VerifyCommand, string> {
  const stack = given.value(options.stack) ?? "rustls-webpki@0.103";
  if (!isKnownStack(stack)) return err(unknownStack(stack));
  const now = given.value(options.now);
  const shared = { name: "verify", format: given.valueOr(options.plainFormat), stack, ...(now !== undefined && { now }) } as const;
  const limbo = given.value(options.limbo);
  if (limbo !== undefined) {
    const other = given.words.length > 0 || CHAIN_OPTIONS.some((it) => given.has(it));
    return other ? err("`--limbo` takes `--stack` and `--now` only: its cases state the rest") : ok({ ...shared, what: { limbo } });
  }
  const [chain] = given.words;
  if (given.words.length !== 1 || chain === undefined) return err("`tlslint verify` needs one file: a leaf certificate or a chain");
  const roots = given.value(options.roots);
  const as = given.value(options.as);
  if (roots === undefined || as === undefined) return err("`tlslint verify` needs `--roots FILE` and `--as server` or `--as client`");
  const host = given.value(options.host);
  if (host !== undefined && as === "client")
    return err("`--host` requires `--as server`: a client certificate is not checked for a hostname");
  const revocation = revocationPolicy(given, stack);
  if (!revocation.ok) return revocation;
  const intermediates = given.value(options.intermediates);
  return ok({
    ...shared,
    what: {
      chain,
      roots,
      as,
      ...(given.has(options.crl) && { lists: given.all(options.crl), revocation: revocation.value }),
      ...(intermediates !== undefined && { intermediates }),
      ...(host !== undefined && { host }),
    },
  });
}

/** What a stack does not let one choose is an error, lest somebody believes that it was looked at. */
function revocationPolicy(given: Given, stack: string): Result<RevocationPolicy, string> {
  const set = POLICY_OPTIONS.filter((it) => given.has(it));
  const [first] = set;
  if (first !== undefined && !given.has(options.crl)) return err(`\`--${first.name}\` requires \`--crl\``);
  const ofRustls = set.find((it) => it === options.crlUnknown || it === options.crlExpired);
  const ofOpenssl = set.find((it) => it === options.crlExtended || it === options.crlDeltas);
  const openssl = stack.startsWith("openssl@");
  if (openssl && ofRustls) return err(`\`--${ofRustls.name}\` is for rustls: OpenSSL always rejects an unknown status and an expired CRL`);
  if (!openssl && ofOpenssl) return err(`\`--${ofOpenssl.name}\` is for OpenSSL: rustls supports neither indirect nor delta CRLs`);
  if (stack.startsWith("rustls-webpki@0.101") && first !== undefined)
    return err(`rustls-webpki 0.101 has no \`--${first.name}\`: it checks the whole chain and accepts an unknown status`);
  return ok({
    depth: given.valueOr(options.crlDepth),
    unknown: given.valueOr(options.crlUnknown),
    expired: given.valueOr(options.crlExpired),
    extended: given.flag(options.crlExtended),
    deltas: given.flag(options.crlDeltas),
  });
}
