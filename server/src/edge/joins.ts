/**
 * Which service and which program answer where a proxy forwards to: by the name of a service in a deployment, the folder that it is built
 * from and the port that the program listens on. Where several might be meant, none is.
 */
import { isWithin } from "../base/path.ts";
import type { Deployment, Service } from "./deployment.ts";
import type { ProgramHeader, ProgramListener, Programs } from "./programs.ts";
import type { ProxyServer, Route, Target } from "./proxy.ts";

/** What is at the other end of a route. */
export interface Answer {
  readonly listeners: readonly ProgramListener[];
  /** What the programs there read of who the client is. */
  readonly headers: readonly ProgramHeader[];
  /** Services of deployments that are meant, each with the file that declares it. */
  readonly services: readonly DeployedService[];
}

export interface DeployedService {
  readonly file: string;
  readonly service: Service;
}

const NOBODY: Answer = { listeners: [], headers: [], services: [] };

export function answerOf(route: Route, proxy: ProxyServer, deployments: readonly Deployment[], programs: Programs): Answer {
  const answers = route.targets.map((it) => ofTarget(it, proxy.place.file, deployments, programs));
  return {
    listeners: distinct(answers.flatMap((it) => it.listeners)),
    headers: distinct(answers.flatMap((it) => it.headers)),
    services: distinct(answers.flatMap((it) => it.services)),
  };
}

function ofTarget(target: Target, file: string, deployments: readonly Deployment[], programs: Programs): Answer {
  const services = deployed(target, file, deployments);
  const folders = new Set(services.flatMap(({ service }) => service.builtFrom ?? []));
  const forwarded = new Set(
    services.flatMap(({ service }) => (target.port === undefined ? [] : (service.forwards?.get(target.port) ?? []))),
  );
  const [only] = forwarded;
  if (only !== undefined && forwarded.size === 1)
    return { ...ofListeners(onlyOneAt(programs.listeners, { ...target, port: only }), programs), services };
  if (services.length > 0) {
    // What is an image, and not built here, is nobody's program here.
    const built = programs.listeners.filter((it) => [...folders].some((one) => isWithin(one, it.folder)));
    return { ...ofListeners(listeningAt(built, target), programs), services };
  }
  if (target.reach !== "loopback" && target.reach !== "private") return NOBODY;
  return ofListeners(onlyOneAt(programs.listeners, target), programs);
}

/** Services that go by the name, in deployments that hand the proxy its file; else in all there are. */
function deployed({ host }: Target, file: string, deployments: readonly Deployment[]): readonly DeployedService[] {
  if (host === "") return [];
  const named = deployments
    .flatMap((it) => it.services.map((service) => ({ file: it.file, service })))
    .filter(({ service }) => service.names.includes(host));
  const ofProxy = new Set(deployments.filter((it) => it.services.some((one) => isOf(one, file))).map((it) => it.file));
  const own = named.filter((it) => ofProxy.has(it.file));
  return own.length > 0 ? own : named;
}

/** It gets the file, or is built from a folder that holds it. */
const isOf = ({ mounts, builtFrom }: Service, file: string): boolean =>
  mounts.some((it) => isWithin(it, file)) || (builtFrom !== undefined && isWithin(builtFrom, file));

/** Of one service's programs those that listen on the port; where a program does not say its port, it may. */
function listeningAt(listeners: readonly ProgramListener[], { port }: Target): readonly ProgramListener[] {
  const exact = listeners.filter((it) => it.port !== undefined && it.port === port);
  if (exact.length > 0) return exact;
  const unknown = listeners.filter((it) => it.port === undefined);
  return new Set(unknown.map((it) => it.folder)).size === 1 ? unknown : [];
}

/** Without a deployment the port alone tells, if only one package of the workspace has it. */
function onlyOneAt(listeners: readonly ProgramListener[], { port }: Target): readonly ProgramListener[] {
  const exact = port === undefined ? [] : listeners.filter((it) => it.port === port);
  return new Set(exact.map((it) => it.folder)).size === 1 ? exact : [];
}

function ofListeners(listeners: readonly ProgramListener[], { headers }: Programs): Answer {
  const folders = new Set(listeners.map((it) => it.folder));
  return { listeners, headers: headers.filter((it) => folders.has(it.folder)), services: [] };
}

const distinct = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];
