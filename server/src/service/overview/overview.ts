/** The lists of an overview over a service: what makes them is loaded when somebody first looks. */
import type { CertificateContext } from "../certificates/certificates.ts";
import type { Inventory } from "../certificates/inventory.ts";
import type { EdgeSide } from "../edge/edge-side.ts";
import type { Overview } from "./api.ts";

export function createOverview(service: CertificateContext, edges: EdgeSide, inventory: () => Promise<Inventory>): Overview {
  const context = { ...service, edges, inventory };
  return {
    certificates: async (page, signal) => (await import("./certificates.ts")).listCertificates(context, page, signal),
    endpoints: async (page, signal) => (await import("./endpoints.ts")).listEndpoints(context, page, signal),
    crates: async (signal) => (await import("./crates.ts")).cratesInUse(context, signal),
  };
}
