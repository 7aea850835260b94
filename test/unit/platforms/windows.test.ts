/** Paths by the rules of Windows: drives, shares, case, device names, line ends. Node's rules for it hold on every system. */
import assert from "node:assert/strict";
import { win32 } from "node:path";
import { test } from "node:test";
import { systemPaths } from "../../../server/src/cli/system-paths.ts";
import { pathOf, uriOf } from "../../../server/src/lsp/paths.ts";
import { Confinement } from "../../../server/src/project/confinement.ts";
import {
  folderOf,
  isAbsolute,
  isDeviceName,
  isWithin,
  pathFrom,
  relativePath,
  resolvePath,
  upwards,
} from "../../../server/src/project/path.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { certificatePem } from "../../certificates/build.ts";
import { memoryHost } from "../../harness/memory-host.ts";

test("what somebody writes becomes absolute, with slashes, and is shown relative again", () => {
  const paths = systemPaths("C:\\work\\app", win32);
  for (const [written, resolved, shown] of [
    ["src\\main.rs", "C:/work/app/src/main.rs", "src/main.rs"],
    ["src/main.rs", "C:/work/app/src/main.rs", "src/main.rs"],
    ["..\\other\\a.pem", "C:/work/other/a.pem", "C:/work/other/a.pem"],
    ["..odd\\a.pem", "C:/work/app/..odd/a.pem", "..odd/a.pem"],
    ["\\tls\\a.pem", "C:/tls/a.pem", "C:/tls/a.pem"],
    ["D:\\a.pem", "D:/a.pem", "D:/a.pem"],
    ["\\\\host\\share\\a.pem", "//host/share/a.pem", "//host/share/a.pem"],
    [".", "C:/work/app", "."],
  ] as const) {
    assert.equal(paths.resolve(written), resolved);
    assert.equal(paths.shown(win32.resolve("C:\\work\\app", written)), shown);
  }
  assert.equal(paths.shown("c:\\WORK\\app\\src\\main.rs"), "src/main.rs", "case does not count");
  assert.equal(paths.relative("C:\\work", "C:\\work\\app\\a.rs"), "app/a.rs");
});

test("nothing climbs above a drive or a share", () => {
  for (const [folder, path, expected] of [
    ["C:/a/b", "../c.pem", "C:/a/c.pem"],
    ["C:/a", "../../../../x.pem", "C:/x.pem"],
    ["C:/a", "D:\\keys\\..\\k.pem", "D:/k.pem"],
    ["//host/share/a", "../b.pem", "//host/share/b.pem"],
    ["//host/share", "../../other/b.pem", "//host/share/other/b.pem"],
    ["C:/a", "\\\\host\\share\\x.pem", "//host/share/x.pem"],
    ["/a", "../../b", "/b"],
    ["/", "..", "/"],
  ] as const)
    assert.equal(resolvePath(folder, path), expected, `${folder} ${path}`);
  for (const it of ["C:/a", "C:\\a", "\\\\host\\share", "//host/share", "\\a"]) assert.ok(isAbsolute(it), it);
  for (const it of ["C:a", "a/b", "..", ""]) assert.ok(!isAbsolute(it), it);
});

test("folders, relative paths and the way up end at the drive", () => {
  assert.equal(folderOf("C:/a/b.rs"), "C:/a");
  assert.equal(relativePath("C:/a", "C:/a/b.rs"), "b.rs");
  assert.ok(!isWithin("C:/a", "C:/ab/c.rs") && !isWithin("C:/a", "D:/a/c.rs"));
  assert.deepEqual(upwards("C:/a/b", "C:/a"), ["C:/a/b", "C:/a"]);
  assert.deepEqual(upwards("//host/share/a", "//host/share"), ["//host/share/a", "//host/share"]);
  assert.equal(pathFrom("C:/a", "D:/b"), undefined);
  assert.equal(pathFrom("C:/a", "C:/b/c"), "../b/c");
});

test("the names of devices are known in every spelling, and names like them are none", () => {
  for (const it of ["con", "NUL", "nul.pem", "Com1.key", "LPT9", "aux.tar.gz", "COM\u00b2.pem", "CONIN$", "nul ", "prn:stream"])
    assert.ok(isDeviceName(it), it);
  for (const it of ["console.pem", "null.pem", "com.pem", "com10.pem", "auxiliary", "conf", "a.con"]) assert.ok(!isDeviceName(it), it);
});

test("a URI is the same path whatever the case of its drive", () => {
  for (const uri of ["file:///C:/a%20b.rs", "file:///c%3A/a%20b.rs", "file:///c:/a b.rs"]) assert.equal(pathOf(uri), "c:/a b.rs");
  assert.equal(uriOf("c:/a b.rs"), "file:///c%3A/a%20b.rs");
  assert.equal(pathOf(uriOf("//host/share/a.rs")), "//host/share/a.rs");
});

/** A disk that knows files whatever their case, and says how it spells them itself. */
function foldingDisk(names: readonly string[]) {
  const spelled = new Map(names.map((it) => [it.toLowerCase(), it]));
  const opened: string[] = [];
  return {
    opened,
    readFile: async (path: string) => {
      opened.push(path);
      return spelled.has(path.toLowerCase()) ? new Uint8Array() : undefined;
    },
    readFolder: async () => undefined,
    realPath: async (path: string) => spelled.get(path.toLowerCase()),
  };
}

test("the disk's own spelling decides what lies in a folder", async () => {
  const disk = foldingDisk(["C:/Work", "C:/Work/a.pem", "C:/Elsewhere/a.pem"]);
  const confined = new Confinement(disk, ["c:/work"]);
  assert.ok((await confined.readFile("c:/work/A.PEM")) instanceof Uint8Array);
  assert.deepEqual(await confined.readFile("c:/elsewhere/a.pem"), { unreadable: "it lies outside of the workspace", outside: true });
  assert.deepEqual(disk.opened, ["c:/work/A.PEM"]);
});

test("a workspace on a drive with line ends of two characters is analysed as any other", async () => {
  const files = {
    "c:/w/Cargo.toml": '[package]\r\nname = "a"\r\nversion = "0.1.0"\r\n\r\n[dependencies]\r\nreqwest = "0.12"\r\n',
    "c:/w/.gitignore": "ignored/\r\n",
    "c:/w/ignored/b.rs": "",
    "c:/w/src/main.rs": "mod tls;\r\nfn main() {}\r\n",
    "c:/w/src/tls.rs":
      'pub fn client() -> reqwest::Result<reqwest::Client> {\r\n    let ca = include_bytes!("..\\\\certs\\\\ca.pem");\r\n    let ca = reqwest::Certificate::from_pem(ca)?;\r\n    reqwest::Client::builder().add_root_certificate(ca).danger_accept_invalid_certs(true).build()\r\n}\r\n',
    "c:/w/certs/ca.pem": certificatePem({ subject: "ca.example" }).replaceAll("\n", "\r\n"),
  };
  const service = await createLintService(memoryHost(files), { roots: ["c:/w"] });
  const listed = await service.files("c:/w");
  assert.deepEqual(listed, { files: ["c:/w/Cargo.toml", "c:/w/certs/ca.pem", "c:/w/src/main.rs", "c:/w/src/tls.rs"], gaps: [] });
  const { findings } = await service.lint("c:/w/src/tls.rs");
  assert.ok(findings.some((it) => it.rule === "disabled-verification"));
  const text = files["c:/w/src/tls.rs"];
  const [fix] = findings.find((it) => it.rule === "disabled-verification")?.fixes ?? [];
  assert.ok(
    fix?.edits.every(({ edits }) => edits.every((it) => !/(?<!\r)\n/.test(it.text))),
    "fixes keep the line ends",
  );
  assert.ok(text.includes("\r\n"));
  service.dispose();
});
