/** What is wrong in the files that say, or would say, the settings of a file: `--print-config` and `doctor` must not pass it over. */
import { LineIndex } from "../../base/line-index.ts";
import { absence, CONFIGURATION_NAME, type Files, folderOf, textOf, upwards } from "../../project/index.ts";
import type { ConfigurationFlaw } from "./api.ts";
import { configurationFindings } from "./configurations.ts";
import type { RuleName } from "./settings.ts";

/** From the nearest on; `top`: the outermost folder that counts. Of several `tlslint.toml` only the nearest does. */
export async function configurationFlaws(
  file: string,
  top: string,
  files: Files,
  rules: readonly RuleName[],
): Promise<readonly ConfigurationFlaw[]> {
  const folders = upwards(folderOf(file), top);
  const found: ConfigurationFlaw[] = [];
  for (const folder of folders) {
    const nearest = await flawsIn(`${folder}/${CONFIGURATION_NAME}`, files, rules);
    found.push(...(nearest ?? []));
    if (nearest !== undefined) break;
  }
  for (const folder of folders) found.push(...((await flawsIn(`${folder}/Cargo.toml`, files, rules)) ?? []));
  return found;
}

/** Undefined where there is no such file. */
async function flawsIn(file: string, files: Files, rules: readonly RuleName[]): Promise<readonly ConfigurationFlaw[] | undefined> {
  const content = await files.readKept(file);
  if (content.kind === "missing") return undefined;
  const text = textOf(content)?.text;
  if (text === undefined) return [{ file, message: absence(content) ?? "it is no text" }];
  const lines = new LineIndex(text);
  const line = (offset: number): number => lines.position(offset).line + 1;
  const read = configurationFindings(file, text, rules);
  return read.ok
    ? read.value.map(({ place, message, help }) => ({ file, line: line(place.span.start), message: `${message}; ${help}` }))
    : [{ file, line: line(read.error.offset), message: `invalid TOML: ${read.error.message}` }];
}
