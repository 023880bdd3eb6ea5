/** Parts of a file, read at once when they are asked for. How a path is opened is the platform's: fileBytes.node.ts. */
import { Complaint } from "../complaint/index.ts";

/** A file as it was when it was opened: plain data, so that a thread can open the same. */
export interface FilePath {
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Fills as much of `into` as there is from `position` on; answers how many bytes. */
export type ReadPart = (position: number, into: Uint8Array) => number;

/** Opens a path. Throws a Complaint where the file is no longer what it was. */
export type OpenPath = (file: FilePath) => ReadPart;

let openPath: OpenPath | null = null;
/** By path and version, since threads and columns have copies of the same description. */
const opened = new Map<string, ReadPart>();

/** Says how paths are opened, which differs from platform to platform. */
export const useFiles = (open: OpenPath): void => {
  openPath = open;
};

/** Fills `into` with the bytes from `position` on. Throws a Complaint where the file has not as many. */
export function partOf(file: FilePath, position: number, into: Uint8Array): void {
  if (readerOf(file)(position, into) < into.byteLength)
    throw new Complaint("the file ends before its last row", {
      where: file.path,
      help: "it is damaged, or was changed while it was read: write it again",
    });
}

function readerOf(file: FilePath): ReadPart {
  const key = `${file.path} ${file.size} ${file.modified}`;
  const known = opened.get(key);
  if (known) return known;
  if (!openPath) throw new Complaint("files cannot be read by their path here", { value: file.path });
  const made = openPath(file);
  opened.set(key, made);
  return made;
}
