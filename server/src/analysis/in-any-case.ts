/** Settings of which each alternative is as bad, or worse: which of them is chosen is no condition of the best of them. */
import { type DatabaseTls, type Fact, type FactOf, VERSIONS } from "../tls/facts.ts";
import type { Event, ModelObject } from "./model-object.ts";
import { covered, type Path, sameAtom } from "./path-conditions.ts";

/** Under which conditions this is the best that holds: those under which the endpoint is there, where all other sides are no better. */
export function inAnyCase(path: Path, fact: Fact, object: ModelObject, effective: readonly Event[]): Path {
  const level = levelOf(fact);
  if (level === undefined || path.length === 0) return path;
  // Where it is there under several conditions, those under which this is said of it.
  const [only, ...more] = object.ways;
  const own = more.length === 0 ? only : object.ways.find((way) => way.every((it) => path.some((one) => sameAtom(one, it))));
  if (own === undefined) return path;
  const noBetter = effective.filter(({ facts }) => facts.any.some((it) => it.kind === fact.kind && (levelOf(it) ?? level + 1) <= level));
  if (
    noBetter.length < 2 ||
    !covered(
      own,
      noBetter.map((it) => it.path),
    )
  )
    return path;
  return path.filter((it) => own.some((one) => sameAtom(it, one)));
}

const DATABASE: readonly DatabaseTls[] = ["plaintext", "optional", "unverified", "unverified-name", "verified"];
const UPGRADE: readonly FactOf<"upgrade">["demand"][] = ["never", "optional", "required"];

/** The higher the better, among facts of one kind. */
function levelOf(fact: Fact): number | undefined {
  switch (fact.kind) {
    case "database-tls":
      return DATABASE.indexOf(fact.mode);
    case "upgrade":
      return UPGRADE.indexOf(fact.demand);
    case "minimum-version":
      return VERSIONS.indexOf(fact.version);
    default:
      return undefined;
  }
}
