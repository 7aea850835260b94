/** Which fixes of a finding a report offers and `--fix` makes: what takes input or is a choice is offered in an editor. */
import type { Finding, Fix } from "../../service/api.ts";

export type Correction = Fix & { readonly applicability: "safe" | "review" };

export const correctionsOf = ({ fixes }: Pick<Finding, "fixes">): readonly Correction[] => fixes.filter(isCorrection);

const isCorrection = (fix: Fix): fix is Correction => fix.applicability === "safe" || fix.applicability === "review";
