/**
 * Which service and which program answer where a proxy forwards to: by the name of a service in a deployment, the folder that it is built
 * from and the port that the program listens on. Where several might be meant, none is.
 */
import { isWithin } from "../base/path.ts";
import type { Deployment, PublishedPort, Service } from "./deployment.ts";
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

/** A proxy, one of its routes, and who answers there. */
export interface Joined {
  readonly proxy: ProxyServer;
  readonly route: Route;
  readonly answer: Answer;
}

export interface DeployedService {
  readonly file: string;
  readonly service: Service;
  /** The proxy comes to it by this port of the machine. */
  readonly by?: PublishedPort;
}

const NOBODY: Answer = { listeners: [], headers: [], services: [] };

export class Joins {
  readonly #deployments: readonly Deployment[];
  readonly #programs: Programs;
  readonly #byName = new Map<string, DeployedService[]>();
  /** By a proxy's file: the deployments that hand it to a service. */
  readonly #ofProxy = new Map<string, ReadonlySet<string>>();

  constructor(deployments: readonly Deployment[], programs: Programs) {
    this.#deployments = deployments;
    this.#programs = programs;
    for (const { file, services } of deployments)
      for (const service of services)
        for (const name of new Set(service.names)) {
          const known = this.#byName.get(name);
          if (known === undefined) this.#byName.set(name, [{ file, service }]);
          else known.push({ file, service });
        }
  }

  answer(route: Route, { place }: ProxyServer): Answer {
    const answers = route.targets.map((it) => this.#ofTarget(it, place.file));
    return {
      listeners: distinct(answers.flatMap((it) => it.listeners)),
      headers: distinct(answers.flatMap((it) => it.headers)),
      services: distinct(answers.flatMap((it) => it.services)),
    };
  }

  #ofTarget(target: Target, file: string): Answer {
    const programs = this.#programs;
    const services = this.#deployed(target, file);
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
    const published = this.#publishedAt(target, file);
    return { ...ofListeners(onlyOneAt(programs.listeners, target), programs), services: published };
  }

  /** The only service that is published at a port of the machine, where the proxy connects to the machine itself. */
  #publishedAt({ host, port, reach }: Target, file: string): readonly DeployedService[] {
    const isContained = this.#ofFile(file).size > 0;
    // In a container, loopback is the container's own.
    if (port === undefined || !(MACHINE.has(host) || (reach === "loopback" && host !== "" && !isContained))) return [];
    const found = this.#deployments.flatMap(({ file: one, services }) =>
      services.flatMap((service) => service.published.filter(({ outer }) => outer === port).map((by) => ({ file: one, service, by }))),
    );
    return found.length === 1 ? found : [];
  }

  #ofFile(file: string): ReadonlySet<string> {
    const known = this.#ofProxy.get(file);
    if (known !== undefined) return known;
    const found = new Set(this.#deployments.filter((it) => it.services.some((one) => isOf(one, file))).map((it) => it.file));
    this.#ofProxy.set(file, found);
    return found;
  }

  /** Services that go by the name, in deployments that hand the proxy its file; else in all there are. */
  #deployed({ host }: Target, file: string): readonly DeployedService[] {
    const named = this.#byName.get(host) ?? [];
    if (named.length === 0) return named;
    const ofProxy = this.#ofFile(file);
    const own = named.filter((it) => ofProxy.has(it.file));
    return own.length > 0 ? own : named;
  }
}

/** What Docker and Podman call the machine in containers. */
const MACHINE: ReadonlySet<string> = new Set(["host.docker.internal", "host.containers.internal"]);

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
