/**
 * Bytes to text, piece by piece. UTF-8 unless its mark says UTF-16; where the first piece cannot be UTF-8
 * it is read as windows-1252, what spreadsheets write in western Europe.
 */
import { Complaint } from "../complaint/index.ts";

type Bytes = Uint8Array<ArrayBufferLike>;
type Stream = AsyncIterable<Bytes | string>;
/** A URL, or anything that gives bytes or text: File, Blob, Response, web or Node stream. */
export type ByteSource = string | URL | Blob | Response | ReadableStream<Bytes | string> | Stream;

/** The text of a source in the pieces it arrives in. */
export async function* textPieces(source: ByteSource, encoding?: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  for await (const piece of pieces(await opened(source))) {
    if (typeof piece === "string") yield piece;
    else {
      decoder ??= new TextDecoder(encoding ?? encodingOf(piece));
      yield decoder.decode(piece, { stream: true });
    }
  }
  if (decoder) yield decoder.decode();
}

async function opened(source: ByteSource): Promise<ReadableStream<Bytes | string> | Stream> {
  if (typeof source === "string" || source instanceof URL) return body(await fetched(source));
  // Told by what they can do: in Node the mere names Response and Blob load a whole network library.
  if ("body" in source) return body(source);
  return "arrayBuffer" in source ? (source.stream() as ReadableStream<Bytes>) : source;
}

async function fetched(url: string | URL): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    const help = "a file on disk is read by readCsv of the Node version; in a browser give the File itself";
    throw new Complaint("the file could not be fetched", { value: String(url), where: String(error), help });
  }
}

function body(response: Response): ReadableStream<Bytes> {
  if (response.ok && response.body) return response.body;
  throw new Complaint("the file could not be fetched", {
    value: response.url,
    where: `${response.status} ${response.statusText}`,
  });
}

/** Not every browser lets a stream be iterated, so it is read by hand. */
async function* pieces(stream: ReadableStream<Bytes | string> | Stream): Stream {
  if (!("getReader" in stream)) {
    yield* stream;
    return;
  }
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

function encodingOf(first: Bytes): string {
  if (first[0] === 0xff && first[1] === 0xfe) return "utf-16le";
  if (first[0] === 0xfe && first[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(first, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
