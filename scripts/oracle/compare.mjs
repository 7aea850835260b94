/** Two records, finding by finding: what is gone, what is new, what has another severity; and what each build took. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** By place and rule: the severities. */
function byPlace(findings) {
  const found = new Map();
  for (const { place, rule, severity } of findings)
    found.set(`${place} ${rule}`, [...(found.get(`${place} ${rule}`) ?? []), severity].sort());
  return found;
}

/** How many findings differ. */
export function compare(before, after, names) {
  const [one, other] = [headOf(before), headOf(after)];
  if (one.texts !== other.texts) throw new Error("the records are of different fixtures: record with the same --texts");
  console.log(`${one.commit.slice(0, 7)} → ${other.commit.slice(0, 7)}`);
  const subjects = readdirSync(before).filter(
    (it) => it !== "record.json" && (names.length === 0 || names.some((name) => it.includes(name))),
  );
  const total = { differences: 0, milliseconds: [0, 0], subjects: 0 };
  for (const file of subjects.sort()) {
    if (!existsSync(join(after, file))) continue;
    const pair = [before, after].map((folder) => JSON.parse(readFileSync(join(folder, file), "utf8")));
    const [old, now] = pair;
    if (old.excluded !== undefined || now.excluded !== undefined) {
      console.log(`${old.name}: ${taken(old)} → ${taken(now)}`);
      continue;
    }
    const lines = differences(old, now);
    total.differences += lines.length;
    total.subjects++;
    for (const at of [0, 1]) total.milliseconds[at] += pair[at].milliseconds;
    if (lines.length > 0 || old.name.startsWith("repositories/")) console.log(`${old.name}: ${taken(old)} → ${taken(now)}`);
    for (const line of lines) console.log(`  ${line}`);
  }
  const [from, to] = total.milliseconds;
  console.log(`${total.subjects} subjects, ${total.differences} differences; CPU ${from} → ${to} ms, ${(from / to).toFixed(1)} times less`);
  return total.differences;
}

const headOf = (folder) => JSON.parse(readFileSync(join(folder, "record.json"), "utf8"));

const taken = ({ excluded, findings, milliseconds, megabytes }) =>
  excluded === undefined ? `${findings.length} findings, ${milliseconds} ms, ${megabytes} MB` : `excluded (${excluded})`;

function differences(old, now) {
  const [before, after] = [old, now].map(({ findings }) => byPlace(findings));
  const lines = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key) ?? [], after.get(key) ?? []];
    if (was.join() !== is.join())
      lines.push(
        `${is.length === 0 ? "-" : was.length === 0 ? "+" : "~"} ${key}: ${[was.join(), is.join()].filter((it) => it !== "").join(" → ")}`,
      );
  }
  const reasons = ({ notAnalysed }) => new Map(notAnalysed.map(({ path, reason }) => [path, reason]));
  const [wasNot, isNot] = [reasons(old), reasons(now)];
  for (const [path, reason] of wasNot) if (!isNot.has(path)) lines.push(`- not analysed ${path}: ${reason}`);
  for (const [path, reason] of isNot) if (!wasNot.has(path)) lines.push(`+ not analysed ${path}: ${reason}`);
  return lines.sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}
