/** `tlslint check --watch`: a run for each change of what the one before has read, until somebody ends it. */
import type { LintService } from "../service/api.ts";
import type { World } from "./world.ts";

/** Between two looks, in milliseconds; where a look takes long, so many times as long as it took. */
const PAUSE = 500;
const SPARING = 10;

export async function watch(service: LintService, world: World, once: () => Promise<number>): Promise<number> {
  for (;;) {
    await once();
    world.error("tlslint: waiting for changes; Ctrl+C stops");
    for (let took = 0, isSame = true; isSame; ) {
      await new Promise((resolve) => void setTimeout(resolve, Math.max(PAUSE, SPARING * took)));
      const from = performance.now();
      isSame = !(await service.lookAgain());
      took = performance.now() - from;
    }
  }
}
