/** What the lists of an overview are made from. */
import type { Finding } from "../api.ts";
import type { CertificateContext } from "../certificates/certificates.ts";
import type { Inventory } from "../certificates/inventory.ts";
import type { EdgeSide } from "../edge/edge-side.ts";
import type { ListedFinding } from "./api.ts";

/** The service around. */
export interface OverviewContext extends CertificateContext {
  readonly edges: EdgeSide;
  inventory(): Promise<Inventory>;
}

export const listedFinding = ({ rule, severity, message, place }: Finding): ListedFinding => ({ rule, severity, message, place });
