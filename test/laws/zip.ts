/** The files of a ZIP archive as `vsce` writes it: stored or deflated, listed in the central directory at its end. */
import { inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

export function unzip(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf(signature(END));
  if (end < 0) throw new Error("not a ZIP archive");
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error(`no entry at ${at}`);
    const [name, extra, comment] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)];
    const size = archive.readUInt32LE(at + 20);
    files.set(archive.toString("utf8", at + 46, at + 46 + name), content(archive, archive.readUInt32LE(at + 42), size));
    at += 46 + name + extra + comment;
  }
  return files;
}

function content(archive: Buffer, at: number, size: number): Buffer {
  if (archive.readUInt32LE(at) !== LOCAL) throw new Error(`no file at ${at}`);
  const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const bytes = archive.subarray(start, start + size);
  return archive.readUInt16LE(at + 8) === 0 ? bytes : inflateRawSync(bytes);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
