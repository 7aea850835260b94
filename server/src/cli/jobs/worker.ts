/** One of the workers of a run: lints its part of the files with a service of its own, and tells what that follows from. */
import { type MessagePort, workerData } from "node:worker_threads";
import type { FileReport, LintHost, LintService } from "../../service/api.ts";
import { reportToKeep } from "../cache/answers.ts";
import { Recorder } from "../cache/recording-host.ts";
import type { FromWorker, Job } from "./job.ts";

/** Most files say nothing: they are told together. */
const TOGETHER = 256;

/** `host`: it says nothing itself, the run does. */
export async function work(
  port: MessagePort,
  host: (now: number) => LintHost,
  make: (host: LintHost, job: Job) => Promise<LintService>,
): Promise<void> {
  const job: Job = workerData;
  const recorder = new Recorder(host(job.now), Date.now());
  const service = await make(recorder.host, job);
  const post = (message: FromWorker): void => port.postMessage(message);
  let reports: FileReport[] = [];
  for (const path of job.paths) {
    reports.push(reportToKeep(await service.lint(path), job.withoutFixes));
    if (reports.length < TOGETHER) continue;
    post({ is: "reports", reports });
    reports = [];
    // What was posted leaves with the next turn of the loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
  post({ is: "reports", reports });
  const { asked, said, until, isTorn } = recorder;
  post({ is: "done", said, until, dependencies: isTorn ? undefined : asked.dependencies });
}
