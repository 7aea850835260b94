/** Where in its body a verifier accepts whom it should refuse. */
import type { FunctionId } from "../flow/index.ts";
import type { VerifierMethod } from "../models/model.ts";
import type { Place, RelatedPlace } from "../tls/facts.ts";
import { Search, writtenPlaceOf } from "./decisions.ts";
import type { Judged } from "./judgements.ts";
import type { Sites } from "./sites.ts";

interface Method {
  readonly id: FunctionId;
  readonly of: VerifierMethod;
  /** Its name. */
  readonly place: Place;
}

/** What it answers there; what it leaves to another function stands elsewhere. */
export function acceptedAt({ id, of, place }: Method, { answer }: Judged, sites: Sites): readonly RelatedPlace[] {
  const [decided] = answer === undefined ? [] : new Search(sites).returns(id, answer);
  const found = decided && writtenPlaceOf(sites, decided);
  if (found === undefined || found.file !== place.file) return [];
  return [{ ...found, message: of.verifies === "signature" ? "any signature is accepted here" : "the certificate is accepted here" }];
}
