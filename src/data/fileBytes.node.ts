/** Parts of files in Node. Files stay open, since every pass over the data reads them again. */
import { openSync, readSync, statSync } from "node:fs";
import { Complaint } from "../complaint/index.ts";
import { type FilePath, useFiles } from "./fileBytes.ts";

/** The file as it is now. */
export function fileAt(path: string): FilePath {
  const { size, mtimeMs } = statSync(path);
  return { path, size, modified: mtimeMs };
}

useFiles((file) => {
  const descriptor = openSync(file.path, "r");
  const now = fileAt(file.path);
  if (now.size !== file.size || now.modified !== file.modified)
    throw new Complaint("the file was changed after it was opened", {
      value: file.path,
      help: "open it again",
    });
  return (position, into) => {
    let done = 0;
    while (done < into.byteLength) {
      const count = readSync(descriptor, into, done, into.byteLength - done, position + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  };
});
