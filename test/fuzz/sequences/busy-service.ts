/** A service that tells whether it has anything to do: signatures are checked by threads, which no turn of the event loop waits for. */
import type { LintService } from "../../../server/src/service/api.ts";

export interface BusyService {
  readonly service: LintService;
  /** Calls that are not answered yet. */
  pending(): number;
}

export function busyService(service: LintService): BusyService {
  let pending = 0;
  const counted = (answer: unknown): unknown => {
    if (!(answer instanceof Promise)) return answer;
    pending++;
    return answer.finally(() => pending--);
  };
  const counting = new Proxy(service, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === "function" ? (...args: readonly unknown[]) => counted(Reflect.apply(member, target, args)) : member;
    },
  });
  return { service: counting, pending: () => pending };
}
