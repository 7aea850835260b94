/** Our verdicts beside the real ones: how many are the same, and which are not. */
import { type Presented, parseStack, type StackChoice, type Verdict, verdict } from "../../server/src/pki/stacks/index.ts";
import type { Answer, Asked } from "./real.ts";

export interface Agreement {
  readonly asked: number;
  readonly cannotTell: number;
  readonly agreed: number;
  readonly refusedByBoth: number;
  readonly sameKind: number;
  /** Other verdicts, and other kinds of refusal. */
  readonly verdicts: readonly string[];
  readonly kinds: readonly string[];
}

function presentedOf({ scenario, role }: Asked): Presented {
  const { leaf, intermediates, roots, host, lists, policy, now } = scenario;
  const revocation = { ...(lists === undefined ? {} : { lists }), ...(policy === undefined ? {} : { revocation: policy }) };
  return { leaf, intermediates, roots, ...revocation, as: role, now: now * 1000, ...(role === "server" && host !== "-" ? { host } : {}) };
}

/** "rustls-webpki@0.103.17 ring" */
export function choiceOf(name: string): StackChoice | undefined {
  const [stack = "", provider] = name.split(" ");
  const choice = parseStack(stack);
  return choice !== undefined && provider === "aws-lc-rs" ? { ...choice, provider } : choice;
}

/** `handshake`: whether the key of the leaf is judged, too, as it is where a handshake answered. */
export async function agreement(
  questions: readonly Asked[],
  answers: readonly (Answer | undefined)[],
  stack: StackChoice,
  handshake = false,
): Promise<Agreement> {
  const counts = { asked: 0, cannotTell: 0, agreed: 0, refusedByBoth: 0, sameKind: 0 };
  const verdicts: string[] = [];
  const kinds: string[] = [];
  for (const [index, question] of questions.entries()) {
    const real = answers[index];
    const ours: Verdict | undefined = await verdict({ ...presentedOf(question), handshake }, stack);
    if (real === undefined || ours === undefined) continue;
    counts.asked++;
    const what = `${question.scenario.id} as ${question.role}: really ${real.accepted ? "accepted" : real.kind}, here ${told(ours)}`;
    if (ours.verdict === "cannot tell") counts.cannotTell++;
    else if ((ours.verdict === "accepted") !== real.accepted) verdicts.push(what);
    else {
      counts.agreed++;
      if (ours.verdict === "accepted") continue;
      counts.refusedByBoth++;
      if (ours.kind === real.kind) counts.sameKind++;
      else kinds.push(what);
    }
  }
  return { ...counts, verdicts, kinds };
}

const told = (ours: Verdict): string => (ours.verdict === "refused" ? `${ours.kind} (${ours.sentence})` : ours.verdict);

export function row(name: string, { asked, cannotTell, agreed, refusedByBoth, sameKind }: Agreement): string {
  return `${name}: ${agreed} of ${asked - cannotTell} verdicts, ${sameKind} of ${refusedByBoth} kinds, ${cannotTell} cannot be told`;
}
