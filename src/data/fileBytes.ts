/** Parts of a file, read when they are asked for and at once: a path in Node, a File or Blob in a web worker. */
import { Complaint } from "../complaint/index.ts";

/** Plain data, so that a thread can open the same file. */
export type FileSource = FilePath | Blob;

/** A file as it was when it was opened. */
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
const opened = new Map<string, ReadPart>();

/** Says how paths are opened, which differs from platform to platform. */
export const useFiles = (open: OpenPath): void => {
  openPath = open;
};

/** Fills `into` with the bytes from `position` on. Throws a Complaint where the file has not as many. */
export function partOf(file: FileSource, position: number, into: Uint8Array): void {
  const count = "path" in file ? pathReader(file)(position, into) : blobPart(file, position, into);
  if (count < into.byteLength)
    throw new Complaint("the file ends before its last row", {
      where: "path" in file ? file.path : undefined,
      help: "it is damaged, or was changed while it was read: write it again",
    });
}

function pathReader(file: FilePath): ReadPart {
  const key = `${file.path} ${file.size} ${file.modified}`;
  const known = opened.get(key);
  if (known) return known;
  if (!openPath) throw new Complaint("files cannot be read by their path here", { value: file.path });
  const made = openPath(file);
  opened.set(key, made);
  return made;
}

/** What workers of browsers have. */
declare const FileReaderSync: { new (): { readAsArrayBuffer(blob: Blob): ArrayBuffer } } | undefined;

function blobPart(file: Blob, position: number, into: Uint8Array): number {
  if (typeof FileReaderSync !== "function")
    throw new Complaint("a file is read in parts only within a web worker", {
      help: "open it in a worker, or read it whole with readArrow",
    });
  const bytes = new FileReaderSync().readAsArrayBuffer(file.slice(position, position + into.byteLength));
  into.set(new Uint8Array(bytes));
  return bytes.byteLength;
}
