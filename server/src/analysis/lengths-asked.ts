/** Whether a body asks how long a text is that it looks for: who does goes on behind it, and sees where a part of a name ends. */
import { CONTENTS } from "../models/contents.ts";
import type { Body, Local } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";

export function isLengthAsked(body: Body, text: Local): boolean {
  const asked = writtenAt(body, text);
  return body.blocks.some(({ operations }) =>
    operations.some((it) => it.kind === "method" && it.name === "len" && writtenAt(body, it.receiver.local, it.receiver.path) === asked),
  );
}

type Projections = Extract<ReturnType<BodyIndex["definition"]>, { readonly kind: "copy" }>["from"]["path"];

/** Which variable a text is, and which field of it; references to it, and views of it, are the same text. */
function writtenAt(body: Body, text: Local, steps: Projections = []): string {
  const fields = namesOf(steps);
  const seen = new Set<Local>();
  let local = text;
  while (!seen.has(local)) {
    seen.add(local);
    const made = BodyIndex.of(body).definition(local);
    const isView = made?.kind === "method" && CONTENTS[made.name] === "same";
    const from = made?.kind === "copy" ? made.from : made?.kind === "reference" ? made.place : isView ? made.receiver : undefined;
    if (from === undefined) break;
    fields.unshift(...namesOf(from.path));
    local = from.local;
  }
  return [local, ...fields].join(".");
}

const namesOf = (path: Projections): string[] => path.flatMap((it) => (it.kind === "field" ? [it.name] : []));
