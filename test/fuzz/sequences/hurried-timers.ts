/** Makes the server's pauses short, and counts them: what waits for a moment without keys is waited for in milliseconds. */

const TIMES = 50;

export interface HurriedTimers {
  /** Timers that have not run yet. */
  pending(): number;
  restore(): void;
}

export function hurryTimers(): HurriedTimers {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const waiting = new Set<unknown>();
  const hurried = (callback: (...args: readonly unknown[]) => void, delay = 0, ...args: readonly unknown[]): NodeJS.Timeout => {
    const timer = set(() => {
      waiting.delete(timer);
      callback(...args);
    }, delay / TIMES);
    waiting.add(timer);
    return timer;
  };
  const cleared: typeof clearTimeout = (timer) => {
    waiting.delete(timer);
    clear(timer);
  };
  Object.assign(globalThis, { setTimeout: hurried, clearTimeout: cleared });
  return {
    pending: () => waiting.size,
    restore: () => void Object.assign(globalThis, { setTimeout: set, clearTimeout: clear }),
  };
}
