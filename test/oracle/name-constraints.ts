/** Chains whose authorities are limited to names, by every kind of name and in every form that a stack reads differently. */
import { dns, extension, ip, keyUsage, noise, oid, sequence, text, tlv, uri } from "../certificates/build.ts";
import { type Bytes, HOST, leafNames, type Scenario, scenario, withAlso } from "./chain.ts";

export const subtree = (base: Bytes, ...bounds: readonly Bytes[]): Bytes => sequence(base, ...bounds);
export const subtrees = (permitted: readonly Bytes[] | undefined, excluded: readonly Bytes[] | undefined): Bytes =>
  extension(
    "2.5.29.30",
    sequence(...(permitted === undefined ? [] : [tlv(0xa0, ...permitted)]), ...(excluded === undefined ? [] : [tlv(0xa1, ...excluded)])),
    true,
  );
export const directory = (cn: string): Bytes => tlv(0xa4, sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(0x0c, text(cn))))));

export const nameConstraints = (): Scenario[] => {
  const bases: Readonly<Record<string, Bytes>> = {
    "same name": dns(HOST),
    parent: dns("example.test"),
    "dotted parent": dns(".example.test"),
    "upper case": dns("EXAMPLE.TEST"),
    stranger: dns("other.test"),
    "every name": dns(""),
    "end of a label": dns("xample.test"),
    malformed: dns("*.example.test"),
    network: ip(192, 0, 2, 0, 255, 255, 255, 0),
    "other network": ip(10, 0, 0, 0, 255, 0, 0, 0),
    "no prefix": ip(192, 0, 2, 0, 255, 0, 255, 0),
    "short mask": ip(192, 0, 2, 0, 255),
    "IPv6 network": ip(...noise("network", 16), ...new Uint8Array(16)),
    "URI host": uri("example.test"),
    "URI domain": uri(".test"),
    "e-mail host": tlv(0x81, text("example.test")),
    "this subject": directory("leaf"),
    "another subject": directory("nobody"),
    "other name": tlv(0xa0, oid("1.2.3.4"), tlv(0xa0, tlv(0x0c, text("x")))),
    "registered id": tlv(0x88, 1, 2, 3),
  };
  const leaf = leafNames(dns(HOST), ip(192, 0, 2, 1), uri("spiffe://example.test/api"), tlv(0x81, text("a@example.test")));
  const wild = leafNames(dns("*.example.test"));
  return Object.entries(bases)
    .flatMap(([how, base]) => [
      scenario(`constraints/permitted/${how}`, { intermediate: withAlso(subtrees([subtree(base)], undefined))("intermediate"), leaf }),
      scenario(`constraints/excluded/${how}`, { intermediate: withAlso(subtrees(undefined, [subtree(base)]))("intermediate"), leaf }),
      scenario(`constraints/of the root/${how}`, {
        root: withAlso(subtrees([subtree(base), subtree(dns("example.test"))], undefined))("root"),
      }),
      scenario(`constraints/wildcard permitted/${how}`, {
        intermediate: withAlso(subtrees([subtree(base)], undefined))("intermediate"),
        leaf: wild,
      }),
      scenario(`constraints/wildcard excluded/${how}`, {
        intermediate: withAlso(subtrees(undefined, [subtree(base)]))("intermediate"),
        leaf: wild,
      }),
    ])
    .concat([
      scenario("constraints/maximum", {
        intermediate: withAlso(subtrees([subtree(dns("example.test"), tlv(0x81, 3))], undefined))("intermediate"),
      }),
      scenario("constraints/empty", { intermediate: withAlso(subtrees(undefined, undefined))("intermediate") }),
      scenario("constraints/empty list", { intermediate: withAlso(subtrees([], []))("intermediate") }),
      scenario("constraints/excluded first", {
        intermediate: withAlso(
          extension("2.5.29.30", sequence(tlv(0xa1, subtree(dns("x.test"))), tlv(0xa0, subtree(dns("y.test")))), true),
        )("intermediate"),
      }),
      scenario("constraints/common name", {
        intermediate: withAlso(subtrees([subtree(dns("other.test"))], undefined))("intermediate"),
        leaf: { spec: { subject: HOST, extensions: [keyUsage("1")] } },
      }),
      scenario("constraints/on the leaf itself", { leaf: withAlso(subtrees([subtree(dns("other.test"))], undefined))("leaf") }),
      scenario("constraints/self-issued intermediate", {
        intermediate: { spec: { subject: "Root" } },
        leaf: { spec: { issuer: "Root" } },
        root: withAlso(subtrees([subtree(directory("leaf"))], undefined))("root"),
      }),
    ]);
};
