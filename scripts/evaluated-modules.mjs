/**
 * Modules that are data made from other modules: in a bundle they are what they export, so that nothing is loaded for a few names of
 * it, and nothing is worked out at each start.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each exports values that JSON has, and nothing else. */
export const EVALUATED = [
  "server/src/models/seeds.ts",
  "server/src/models/forks.ts",
  "server/src/rules/names.ts",
  "server/src/cli/version.ts",
];

export const evaluatedModules = {
  name: "evaluated-modules",
  setup({ onLoad }) {
    for (const file of EVALUATED) {
      const path = join(root, file);
      onLoad({ filter: new RegExp(`[\\\\/]${file.split("/").slice(-2).join("[\\\\/]").replace(".", "\\.")}$`) }, async (args) => {
        if (args.path !== path) return undefined;
        const { values, inputs } = await exportsOf(path);
        const contents = Object.entries(values).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
        return { contents: contents.join("\n"), loader: "js", watchFiles: inputs };
      });
    }
  },
};

async function exportsOf(path) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [path],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    target: "node20",
    logLevel: "warning",
  });
  const module = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
  return { values: { ...module }, inputs: Object.keys(metafile.inputs).map((it) => join(root, it)) };
}
