/** What models know of the paths that code writes. */
import type { CallModel, CrateModel } from "../models/model.ts";
import { meanings } from "./canonical.ts";
import type { Ground } from "./ground.ts";

export function means(segments: readonly { readonly name: string }[], { scope, scopes, models }: Ground): string | undefined {
  const found = meanings(
    segments.map((it) => it.name),
    scope,
    scopes,
    models,
  );
  return found.length === 1 ? found[0] : undefined;
}

export const callModel = (path: string, models: readonly CrateModel[]): CallModel | undefined => {
  for (const { calls } of models) {
    const found = calls.find((it) => it.path === path);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The type of error of a call, by its model or that of its crate. */
export function errorOfCall(path: string, models: readonly CrateModel[]): string | undefined {
  const model = models.find((it) => it.calls.some((call) => call.path === path));
  return (callModel(path, models)?.error ?? model?.error)?.type;
}
