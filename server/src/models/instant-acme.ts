/** instant-acme: orders certificates, and makes their keys. */
import type { CrateModel } from "./model.ts";

export const instantAcme = {
  crate: "instant_acme",
  package: "instant-acme",
  versions: ">=0.8, <0.9",
  source: "https://github.com/djc/instant-acme",
  types: {},
  calls: [{ path: "instant_acme::Order::finalize", givesPrivateKey: true }],
} as const satisfies CrateModel;
