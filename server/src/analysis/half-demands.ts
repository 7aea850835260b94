/** Client certificates that one option demands and another one makes possible: where the other one is missing, nobody asks for the demand. */
import { firstOf } from "../base/first-of.ts";
import type { Half } from "./half-configured.ts";
import type { Event } from "./model-object.ts";
import { type Atom, exclude, type Path, sameAtom, turned } from "./path-conditions.ts";
import type { Records, Root } from "./records.ts";
import { isRefused } from "./refused-halves.ts";

/** `open`: under which every client is accepted; `others`: what is asked of clients otherwise. */
export function halfDemandOf(records: Records, root: Root["id"], open: Path, others: readonly Event[]): Half | undefined {
  const missing = open.find(({ option }) => option?.given === false);
  const option = missing?.option;
  if (option === undefined) return undefined;
  const possible = others.filter(({ path }) => path.some((it) => it.group === missing?.group && it.option?.given === true));
  const required = possible.filter(isRequired).map(({ path }) => path);
  const waived = possible.filter((it) => !isRequired(it)).flatMap(({ path }) => path.filter((it) => isWaived(it, path, required)));
  const isOpen = ({ group, setting }: Atom): boolean =>
    !open.some((it) => it.group === group) && !(setting !== undefined && isRefused(records, root, setting, option.of));
  const [demand] = waived.filter(isOpen);
  if (demand?.guard?.kind !== "condition") return undefined;
  const asked = missing?.guard?.kind === "condition" ? [missing.guard.place] : [];
  return { of: { given: demand.guard.text, missing: option.text }, asked, owner: root };
}

/** Of what asks no client by itself: where an option is missing without which nothing is said of clients. */
export function halfDemandUnsaid(records: Records, root: Root["id"], said: readonly Event[]): Half | undefined {
  const [first, ...others] = said;
  const needed = (first?.path ?? []).filter(
    (it) => it.option?.given === true && others.every(({ path }) => path.some((one) => sameAtom(one, it))),
  );
  return firstOf(needed, (it) => halfDemandOf(records, root, [turned(it)], said));
}

/** Less is asked because nobody has demanded more: on the other side of the decision it is required. */
function isWaived(atom: Atom, path: Path, required: readonly Path[]): boolean {
  const { guard, setting, isOn } = atom;
  if (setting === undefined || isOn !== false || guard?.kind !== "condition" || guard.byDefault === false) return false;
  const demanded = path.map((it) => (it === atom ? turned(it) : it));
  return required.some((it) => !it.some((one) => sameAtom(one, atom)) && !exclude(it, demanded));
}

const isRequired = ({ facts }: Event): boolean =>
  (facts.server ?? facts.any).some((it) => it.kind === "client-authentication" && it.mode === "required");
