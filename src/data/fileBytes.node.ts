/** Parts of files in Node. Files stay open, since every pass over the data reads them again. */
import { fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { Complaint } from "../complaint/index.ts";
import { type FilePath, useFiles } from "./fileBytes.ts";

/** Whether a file was changed is looked at so often: rows that lie apart are read by themselves, a few bytes at a time. */
const lookEveryMs = 10;

/** The file as it is now. */
export function fileAt(path: string): FilePath {
  const { size, mtimeMs } = statSync(path);
  return { path, size, modified: mtimeMs };
}

useFiles((file) => {
  const descriptor = openSync(file.path, "r");
  let looked = Number.NEGATIVE_INFINITY;
  return (position, into) => {
    const count = filled(descriptor, position, into);
    const now = performance.now();
    if (now - looked > lookEveryMs) {
      checkSame(file, fstatSync(descriptor));
      looked = now;
    }
    return count;
  };
});

function filled(descriptor: number, position: number, into: Uint8Array): number {
  let done = 0;
  while (done < into.byteLength) {
    const count = readSync(descriptor, into, done, into.byteLength - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

function checkSame({ path, size, modified }: FilePath, now: Stats): void {
  if (now.size === size && now.mtimeMs === modified) return;
  throw new Complaint("the file was changed after it was opened", { value: path, help: "open it again" });
}
