/** All configurations of a workspace, read together with its programs: what each of its files says, and what of them could not be read. */
import type { Setting } from "../settings/setting.ts";
import { APACHE } from "./apache/files.ts";
import { apacheConfiguration } from "./apache/index.ts";
import { caddyGaps, caddyProxies } from "./caddy/read.ts";
import { readCompose } from "./compose/read.ts";
import { readEmbedded } from "./directives/embedded.ts";
import { readDirectiveFiles } from "./directives/files.ts";
import { envoyProxies } from "./envoy/read.ts";
import { haproxyProxies } from "./haproxy/read.ts";
import { joinedStatements } from "./joined-observations.ts";
import { type Joined, Joins } from "./joins.ts";
import { clusterClients } from "./kubernetes/cluster-clients.ts";
import { embeddedFiles } from "./kubernetes/config-maps.ts";
import { contourProxies } from "./kubernetes/contour.ts";
import { gatewayApiProxies } from "./kubernetes/gateway-api.ts";
import { ingressProxies } from "./kubernetes/ingress.ts";
import { istioProxies } from "./kubernetes/istio.ts";
import { linkerdProxies } from "./kubernetes/linkerd.ts";
import { objectsOf } from "./kubernetes/objects.ts";
import { kubernetesDeployment } from "./kubernetes/services.ts";
import { NGINX } from "./nginx/files.ts";
import { nginxConfiguration } from "./nginx/index.ts";
import { observationsOf, stated } from "./observations.ts";
import { mayBeToml } from "./places.ts";
import { notesOf, type ProgramNote } from "./program-notes.ts";
import { isOfCertificate } from "./proxy.ts";
import { embeddedProductOf, type Product, productOf } from "./recognise.ts";
import { type EdgeFile, type EdgeGap, type EdgeSources, templateGaps, unreadGap } from "./sources.ts";
import { hasActions, isTemplate } from "./template/actions.ts";
import { readTemplate, type TemplateReading } from "./template/read.ts";
import { isTraefikTemplate, traefikProxies } from "./traefik/read.ts";
import { type Way, wayOf } from "./ways.ts";
import { waysAround } from "./ways-around.ts";
import { unreadable } from "./yaml/documents.ts";
import { unreadableToml } from "./yaml/toml.ts";

export interface EdgeReading {
  readonly settings: readonly Setting[];
  readonly notes: readonly ProgramNote[];
  readonly ways: readonly Way[];
  readonly gaps: readonly EdgeGap[];
}

/** What a template lacks of TOML it has later. */
const reasonOf = (path: string, text: string): string | undefined =>
  mayBeToml(path) ? (isTraefikTemplate(text) ? undefined : unreadableToml(text)) : unreadable(text);

export async function readEdge({ files, open, guards, programs }: EdgeSources): Promise<EdgeReading> {
  const recognised = files.map((it) => ({ ...it, product: productOf(it.path, it.text) }));
  const read = new Map<EdgeFile, TemplateReading>();
  for (const it of recognised) {
    const reading = hasActions(it.text) ? await readTemplate(it.path, it.text, it.product) : undefined;
    if (reading !== undefined) read.set(it, reading);
  }
  const products = recognised.filter((it) => !read.has(it));
  const of = (product: Product) => products.filter((it) => it.product === product);
  const clusters = of("kubernetes").map(({ path, text }) => ({ path, text, objects: isTemplate(text) ? [] : objectsOf(text) }));
  const embedded = clusters.map(({ path, text, objects }) => embeddedFiles(objects, path, text, embeddedProductOf));
  const within = embedded.flatMap((it) => it.files);
  const all = (product: Product) => [...of(product), ...within.filter((it) => it.product === product)];
  const readings = [
    await readDirectiveFiles(of("nginx"), open, NGINX, nginxConfiguration),
    await readDirectiveFiles(of("apache"), open, APACHE, apacheConfiguration),
    readEmbedded(
      within.filter((it) => it.product === "nginx"),
      NGINX,
      nginxConfiguration,
    ),
    readEmbedded(
      within.filter((it) => it.product === "apache"),
      APACHE,
      apacheConfiguration,
    ),
  ];
  const configurations = [...readings.flatMap((it) => it.configurations), ...read.values()];
  const unread = [...of("compose"), ...of("kubernetes"), ...all("envoy"), ...all("traefik")].flatMap(({ path, text, name }) =>
    unreadGap(path, reasonOf(name ?? path, text)),
  );
  const templates = [
    ...[...clusters, ...of("envoy"), ...of("caddy")].filter(({ text }) => isTemplate(text)),
    ...of("traefik").filter(({ text }) => isTraefikTemplate(text)),
    ...all("haproxy"),
  ].flatMap(({ path, text }) => templateGaps(path, text));
  const partly = [...read.keys()].flatMap(({ path, text }) => templateGaps(path, text, true));
  const imports = all("caddy").flatMap(({ path, text }) => caddyGaps(path, text));
  const proxies = [
    ...configurations.flatMap((it) => it.proxies),
    ...all("haproxy").flatMap(({ path, text }) => haproxyProxies(path, text)),
    ...all("caddy").flatMap(({ path, text }) => caddyProxies(path, text)),
    ...traefikProxies({ dynamic: all("traefik"), compose: of("compose"), clusters }),
    ...all("envoy").flatMap(({ path, text }) => envoyProxies(path, text)),
    ...clusters.flatMap(({ path, objects }) => [
      ...istioProxies(objects, path),
      ...linkerdProxies(objects, path),
      ...contourProxies(objects, path),
      ...clusterClients(objects, path),
    ]),
    ...gatewayApiProxies(clusters.flatMap(({ path, objects }) => objects.map((it) => ({ ...it, file: path })))),
    ...clusters.flatMap(({ path, text, objects }) => ingressProxies(objects, path, text)),
  ];
  const deployments = [
    ...of("compose").map(({ path, text }) => readCompose(path, text)),
    ...clusters.map(({ path, objects }) => kubernetesDeployment(objects, path)),
  ];
  // Nobody asks for the programs where nothing leads to one.
  const known = proxies.some((it) => it.routes.length > 0) ? await programs() : { listeners: [], headers: [] };
  const joins = new Joins(deployments, known);
  const joined = proxies.flatMap((proxy) => proxy.routes.map((route): Joined => ({ proxy, route, answer: joins.answer(route, proxy) })));
  const telling = joined.filter(({ route }) => route.headers.some(isOfCertificate));
  const demanding = proxies.filter(({ authentication }) => authentication?.mode === "required");
  const alternatives = [...read.values()].flatMap((it) => it.alternatives);
  const byRoute = new Map(joined.map((it) => [it.route, it.answer]));
  return {
    settings: distinct(
      [
        ...configurations.flatMap(({ statements }) => statements.map((it) => stated(it, guards))),
        ...proxies.flatMap((it) => observationsOf(it, guards, (route) => byRoute.get(route))),
        ...proxies.flatMap((it) => waysAround(it, demanding).map((one) => stated(one, guards))),
        ...joined.flatMap((it) => joinedStatements(it, joined, telling).map((one) => stated(one, guards))),
        ...alternatives.flatMap((it) => observationsOf(it, guards, () => undefined)),
      ],
      new Set([...read.keys()].map(({ path }) => path)),
    ),
    notes: notesOf(joined),
    ways: joined.map(wayOf),
    gaps: [...readings.flatMap((it) => it.gaps), ...embedded.flatMap((it) => it.gaps), ...templates, ...partly, ...unread, ...imports],
  };
}

/** What a template says in each way that it comes out it says once. */
function distinct(settings: readonly Setting[], templates: ReadonlySet<string>): readonly Setting[] {
  const seen = new Set<string>();
  return settings.filter(({ observation: { place, call, fact } }) => {
    const key = `${place.file} ${place.span.start} ${call} ${JSON.stringify({ ...fact, proxied: undefined })}`;
    if (!templates.has(place.file)) return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
