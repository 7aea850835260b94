/** The file of `--policy`, and what is told of its exceptions. */
import { err, ok, type Result } from "../base/result.ts";
import { type PolicyException, readPolicy } from "../service/policy.ts";
import type { Report } from "./report/report.ts";
import { withPolicy } from "./report/with-policy.ts";
import type { World } from "./world.ts";

type PolicyView = (report: Report, now: number) => Report;

export function policyView(file: string | undefined, world: World): Result<PolicyView, string> {
  if (file === undefined) return ok((report) => report);
  const text = world.readText(file);
  const policy = typeof text === "string" ? readPolicy(text) : err(text.unreadable);
  if (!policy.ok) return err(`\`--policy ${file}\` cannot be used: ${policy.error}`);
  return ok((report, now) => {
    const judged = withPolicy(policy.value, report, now);
    for (const it of judged.ended) world.error(`tlslint: ${file}: the exception for ${placeOf(it)} ended on ${it.until} (${it.owner})`);
    for (const it of judged.unused) world.error(`tlslint: ${file}: the exception for ${placeOf(it)} is no longer needed (${it.owner})`);
    return judged.report;
  });
}

const placeOf = ({ rules, paths }: PolicyException): string => `${rules.map((it) => `\`${it}\``).join(", ")} in ${paths.join(", ")}`;
