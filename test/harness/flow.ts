/** Programs for the tests of flow, through the names that crates have; and a small model, so that effects and labels can be stated. */
import { type CallerRows, Flow, type Observer, ResolvedProgram, type Rows } from "../../server/src/flow/index.ts";
import { READERS } from "../../server/src/models/configuration.ts";
import { STD } from "../../server/src/models/std.ts";
import { CallGraph, type CrateNode, DefinitionMaps } from "../../server/src/rust/index.ts";

/** Of a crate that the fixtures use. */
const MODEL: Rows = {
  ...STD,
  types: {
    ...STD.types,
    "model::Builder": {
      new: { result: { object: "model::Builder" }, effects: [] },
      set: { result: { argument: 0 }, effects: [{ on: { argument: 0 }, data: "set", with: [{ argument: 1 }] }] },
      verify: { result: { argument: 0 }, effects: [{ on: { argument: 0 }, data: "verify", with: [{ argument: 1 }] }] },
      build: { result: { variant: "std::result::Result::Ok", fields: [{ argument: 0 }] } },
    },
    "model::Peer": { name: { result: { label: "name", of: { part: "name", of: { argument: 0 } } } } },
  },
  functions: {
    ...STD.functions,
    "model::secret": { result: { label: "secret", of: { unknown: "secret" } } },
    "model::peer": { result: { label: "peer", of: { object: "model::Peer" } } },
  },
};

export class TestProgram extends ResolvedProgram {
  readonly maps: DefinitionMaps;
  readonly calls: CallGraph;

  constructor(maps: DefinitionMaps, calls: CallGraph) {
    super(maps, calls, READERS);
    this.maps = maps;
    this.calls = calls;
  }

  flow(observe?: Observer, models?: CallerRows): Flow {
    return new Flow(this, MODEL, observe, models);
  }
}

const NODE: CrateNode = {
  id: "f",
  name: "f",
  edition: "2021",
  root: "/f.rs",
  folder: "",
  dependencies: undefined,
  published: true,
};

/** A crate of one file, without a manifest: whatever it imports is a crate. Its functions are `f::name`, of one in a folder `f.rs::name`. */
export function programOf(text: string, folder = ""): TestProgram {
  const node = folder === "" ? NODE : { ...NODE, name: "", root: `${folder}${NODE.root}`, folder };
  const maps = new DefinitionMaps({ crates: new Map([[node.id, node]]), text: (path) => (path === node.root ? text : undefined) });
  maps.load([node.id]);
  return new TestProgram(maps, new CallGraph(maps));
}
