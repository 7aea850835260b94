/**
 * Loaded before a test file: Node's test runner learns of no promise that is made. It would note each one, and when each is collected, to
 * tell by it whose an error is that nobody waits for; what makes many promises, as analysis does, takes a tenth longer for it. Such an
 * error is told of the file instead, which fails by it.
 */

import hooks from "node:async_hooks";

if (process.argv[1]?.endsWith(".test.cjs")) hooks.createHook = () => ({ enable: () => {}, disable: () => {} });
