/**
 * What the packages hold of others, as the bundler saw it: their licences as one text, and a bill of materials (CycloneDX 1.6). Neither
 * has a date or a number of its own, so that the same sources make the same bytes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** A licence is a text of its own, or a section of the readme. */
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice|third-?party-?notices?)(?:[.-].*)?$/i;

/** The packages whose code is in a bundle. `metafiles`: of esbuild. */
export function thirdParty(root, metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((it) =>
      Object.entries(it.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    ),
  );
  const folders = new Set(inputs.flatMap((path) => packageFolder(resolve(root, path)) ?? []));
  const packages = [...folders].map(readPackage);
  return [...new Map(packages.map((it) => [`${it.name}@${it.version}`, it])).values()].sort(
    (a, b) => order(a.name, b.name) || order(a.version, b.version),
  );
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Up to the name, which may have a scope; undefined for what is our own. */
function packageFolder(path) {
  const match = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path);
  return match === null ? undefined : match[1];
}

function readPackage(folder) {
  const { name, version, license, author, homepage } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder)
    .filter((it) => LICENCE_FILE.test(it))
    .sort();
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  return { name, version, license, author, homepage, texts };
}

/** Packages of one author have one text. */
export function licenceText(packages) {
  const byText = new Map();
  for (const { name, version, license, texts } of packages) {
    const text = texts.length > 0 ? texts.join("\n\n") : "The package brings no text of its licence along.";
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}, ${license}`]);
  }
  const rule = "-".repeat(80);
  const parts = [...byText].map(([text, names]) => `${rule}\n${names.join("\n")}\n\n${text}\n`);
  return `tlslint holds code of these packages, each under its own licence.\n\n${parts.join("\n")}`;
}

/** `lock`: package-lock.json, which has what the registry says of each package's contents. */
export function billOfMaterials(manifest, packages, lock) {
  const self = { type: "application", ...identity(manifest), licenses: [{ expression: manifest.license }] };
  return `${JSON.stringify(
    {
      $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      version: 1,
      metadata: { component: self },
      components: packages.map((it) => ({
        type: "library",
        ...identity(it),
        scope: "required",
        ...hashes(it, lock),
        licenses: [/^[\w.+-]+$/.test(it.license) ? { license: { id: it.license } } : { expression: it.license }],
        ...(it.homepage && { externalReferences: [{ type: "website", url: it.homepage }] }),
      })),
      dependencies: [
        { ref: self["bom-ref"], dependsOn: packages.map((it) => identity(it)["bom-ref"]) },
        ...packages.map((it) => ({ ref: identity(it)["bom-ref"] })),
      ],
    },
    null,
    2,
  )}\n`;
}

function identity({ name, version }) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return { "bom-ref": purl, ...(name.startsWith("@") ? { group: dirname(name), name: basename(name) } : { name }), version, purl };
}

/** Subresource integrity is base64, CycloneDX wants hexadecimal digits. */
function hashes({ name, version }, { packages }) {
  const entry = Object.entries(packages).find(([path, it]) => path.endsWith(`node_modules/${name}`) && it.version === version);
  const digest = /^sha512-(.+)$/.exec(entry?.[1].integrity ?? "")?.[1];
  return digest === undefined ? {} : { hashes: [{ alg: "SHA-512", content: Buffer.from(digest, "base64").toString("hex") }] };
}
