/** Branches on whether something is there: what it does something with on one side goes on without it on the other. */
import type { FunctionId } from "../flow/index.ts";
import { type BlockId, type Body, blockOf, type Local, type Operation } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import type { Sites } from "./sites.ts";
import { isLog } from "./stand-ins.ts";
import { NONE, SOME } from "./std-names.ts";
import { branchOn, onlyFrom, operandsOf } from "./uses.ts";

type Test = Operation & { readonly kind: "test" };

/** `key`: of the pattern. */
export function isServedWithout(sites: Sites, key: string): boolean {
  const site = sites.chain(key).at(-1);
  return site?.operation.kind === "test" && servesWithout(sites, site.owner, site.body, site.operation);
}

/** A connection that a connector is given on the one side is served by something else on the other. */
export function servesWithout(sites: Sites, owner: FunctionId, body: Body, asking: Test): boolean {
  const target = asking.test.kind === "path" ? sites.program.names.path(owner, asking.test.path) : undefined;
  const what = target?.kind === "variant" ? target.path : undefined;
  const block = blockOf(body, asking);
  const branch = branchOn(body, asking.to, block);
  if (branch === undefined || (what !== SOME && what !== NONE)) return false;
  const [present, missing] = what === SOME ? [branch.yes, branch.no] : [branch.no, branch.yes];
  const asked = originOf(body, asking.place.local);
  const [secured, plain] = [onlyFrom(body, present, missing, block), onlyFrom(body, missing, present, block)];
  const given = originsIn(sites, owner, body, secured).filter((it) => it.includes(asked));
  const taken = new Set(given.flat().filter((it) => it !== asked));
  if (originsIn(sites, owner, body, plain).some((it) => it.some((one) => taken.has(one)))) return true;
  const kinds = new Set(kindsIn(sites, owner, body, secured).map(({ of }) => of));
  return kindsIn(sites, owner, body, plain).some(({ of, origins }) => kinds.has(of) && origins.some((it) => taken.has(it)));
}

/** Connections that are made one of several kinds in some blocks: variants of an enum of the program's own. */
function kindsIn(sites: Sites, owner: FunctionId, body: Body, blocks: ReadonlySet<BlockId>) {
  const operations = [...blocks].flatMap((it) => body.blocks[it]?.operations ?? []);
  return operations.flatMap((it) => {
    const [target] = it.kind === "call" ? sites.called(owner, it) : [];
    const of = target?.kind === "variant" ? target.path.slice(0, Math.max(0, target.path.lastIndexOf("::"))) : "";
    return of === "" || sites.program.ids.type(of) === undefined
      ? []
      : [{ of, origins: operandsOf(body, it).map((local) => originOf(body, local)) }];
  });
}

/** What each call in some blocks is given, by where it comes from in the body. What is refused, dropped or logged is given to nobody. */
function originsIn(sites: Sites, owner: FunctionId, body: Body, blocks: ReadonlySet<BlockId>): readonly (readonly Local[])[] {
  const operations = [...blocks].flatMap((it) => body.blocks[it]?.operations ?? []);
  return operations.filter((it) => isUse(sites, owner, it)).map((it) => operandsOf(body, it).map((local) => originOf(body, local)));
}

function isUse(sites: Sites, owner: FunctionId, it: Operation): boolean {
  if (it.kind === "closure") return true;
  if ((it.kind !== "method" && it.kind !== "call") || isLog(it)) return false;
  return !sites.called(owner, it).some((target) => target.kind === "variant" || (target.kind === "external" && REFUSING.has(target.path)));
}

const REFUSING: ReadonlySet<string> = new Set(["std::mem::drop"]);

function originOf(body: Body, local: Local): Local {
  const seen = new Set<Local>();
  let origin = local;
  while (!seen.has(origin)) {
    seen.add(origin);
    const made = BodyIndex.of(body).definition(origin);
    if (made?.kind === "copy") origin = made.from.local;
    else if (made?.kind === "reference") origin = made.place.local;
    else if (made?.kind === "method" && made.arguments.length === 0 && made.name === "clone") origin = made.receiver.local;
  }
  return origin;
}
