/**
 * Where the messages of an Arrow file or stream lie: schema, dictionaries, record batches. Each has a length, a head
 * and a body, so a file of any size is gone through by its heads alone.
 *
 * Source: Apache Arrow, columnar format, "Encapsulated message format"; the head is a flatbuffer, of which the kind and
 * the length of the body are read here.
 */
import { Complaint } from "../complaint/index.ts";

export interface Message {
  readonly kind: "schema" | "dictionary" | "records" | "other";
  /** Bytes from the start of the file to the message, to its body, and past it. */
  readonly begin: number;
  readonly body: number;
  readonly end: number;
}

const kinds: Readonly<Record<number, Message["kind"]>> = { 1: "schema", 2: "dictionary", 3: "records" };
/** What a file begins with, padded; a stream begins with its first message. */
const magic = "ARROW1";
const continues = 0xffff_ffff;

/** Whether these bytes begin a file; else they may begin a stream. */
export const isArrowFile = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(0, magic.length)) === magic;

/** @param part gives bytes of the file. Throws a Complaint where it is no Arrow file or ends too early. */
export function messagesOf(size: number, part: (position: number, length: number) => Uint8Array): Message[] {
  const found: Message[] = [];
  const bytes = (position: number, length: number): DataView => {
    if (position + length > size) throw damaged(`it ends at byte ${size}, within a message`);
    const { buffer, byteOffset } = part(position, length);
    return new DataView(buffer, byteOffset, length);
  };
  const isFile = size >= 8 && isArrowFile(part(0, magic.length));
  for (let begin = isFile ? 8 : 0; begin + 4 <= size; ) {
    const first = bytes(begin, 4).getUint32(0, true);
    const prefix = first === continues ? 8 : 4;
    const length = first === continues ? bytes(begin + 4, 4).getUint32(0, true) : first;
    if (length === 0) break;
    const message = messageOf(bytes(begin + prefix, length), begin, begin + prefix + length);
    if (message.end > size) throw damaged(`it ends at byte ${size}, within a message`);
    found.push(message);
    begin = message.end;
  }
  if (found[0]?.kind !== "schema")
    throw damaged("it does not begin with a schema", "write it as a stream (.arrows)");
  return found;
}

function messageOf(head: DataView, begin: number, body: number): Message {
  try {
    const table = head.getInt32(0, true);
    const fields = table - head.getInt32(table, true);
    const at = (field: number): number => table + head.getUint16(fields + field, true);
    const length =
      head.getUint16(fields, true) > 10 && at(10) > table ? Number(head.getBigInt64(at(10), true)) : 0;
    return { kind: kinds[head.getUint8(at(6))] ?? "other", begin, body, end: body + length };
  } catch (error) {
    throw damaged((error as Error).message);
  }
}

export const damaged = (where: string, help = "write it without compression"): Complaint =>
  new Complaint("this is not an Arrow file, or it is damaged", { where, help });
