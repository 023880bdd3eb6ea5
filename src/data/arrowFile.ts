/**
 * An Arrow file whose numbers stay in it: only where they lie is kept, and blocks are read from there when they are
 * asked for. Labels, dates and truth values are brought into memory, as codes of four bytes.
 */
import { Complaint } from "../complaint/index.ts";
import { type BatchColumn, batchOf } from "./arrow.ts";
import { isArrowFile, type Message, messagesOf } from "./arrowMessages.ts";
import { type Column, numbers } from "./column.ts";
import { type FilePath, partOf } from "./fileBytes.ts";
import type { NumberType, Stretch } from "./fileNumbers.ts";
import { joinedColumns } from "./joinedColumns.ts";
import { Table } from "./table.ts";

/**
 * The table of an uncompressed Arrow file or stream (.arrow, .feather, .arrows) of any size. Its numbers are read on
 * every pass over the data. Throws a Complaint for what is no such file.
 */
export function openArrow(file: FilePath): Table {
  const part = (position: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    partOf(file, position, bytes);
    return bytes;
  };
  const messages = messagesOf(file.size, part);
  const isBefore = ({ kind }: Message): boolean => kind === "schema" || kind === "dictionary";
  const bytesOf = ({ begin, end }: Message): Uint8Array => part(begin, end - begin);
  // In a stream labels may be replaced from one batch to the next; in a file they stand anywhere.
  const before = isArrowFile(part(0, Math.min(8, file.size))) ? messages.filter(isBefore).map(bytesOf) : null;
  const known: Uint8Array[] = [];
  const columns = new Map<string, Builder>();
  let room: Uint8Array = new Uint8Array(0);
  for (const message of messages) {
    if (!before && isBefore(message)) known.push(bytesOf(message));
    if (message.kind !== "records") continue;
    if (message.end - message.begin > room.byteLength) room = allocated(message.end - message.begin);
    const piece = headOf(file, message, room);
    for (const each of batchOf([...(before ?? known), piece])) {
      const builder = columns.get(each.name) ?? new Builder(file);
      columns.set(each.name, builder);
      builder.append(each, message.begin);
    }
  }
  if (columns.size === 0) throw new Complaint("the file has no rows");
  return new Table(new Map([...columns].map(([name, builder]) => [name, builder.finish()])));
}

/** A message of which only the head is filled in. The rest of it is memory that nobody writes to, and that takes none. */
function headOf(file: FilePath, { begin, body, end }: Message, room: Uint8Array): Uint8Array {
  const piece = room.subarray(0, end - begin);
  partOf(file, begin, piece.subarray(0, body - begin));
  return piece;
}

function allocated(bytes: number): Uint8Array {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw new Complaint("a batch of rows in the Arrow file is too large", {
      value: `${(bytes / 2 ** 30).toFixed(1)} GB`,
      help: "write it in smaller batches, say of 100,000 rows",
    });
  }
}

class Builder {
  private readonly file: FilePath;
  private readonly stretches: Stretch[] = [];
  private readonly kept: Column[] = [];
  private type: NumberType = "float64";
  private rows = 0;

  constructor(file: FilePath) {
    this.file = file;
  }

  /** @param begin bytes from the start of the file to the message that the batch was decoded from. */
  append({ rows, numbers: found, there, memory, column }: BatchColumn, begin: number): void {
    if (found) {
      this.type = found.type;
      const position = begin + found.bytes.byteOffset;
      this.stretches.push({
        first: this.rows,
        length: rows,
        position,
        there: there && this.filled(there, begin),
      });
    } else {
      for (const each of memory) partOf(this.file, begin + each.byteOffset, each);
      this.kept.push(column());
    }
    this.rows += rows;
  }

  private filled(bits: Uint8Array, begin: number): Uint8Array {
    const own = new Uint8Array(bits.byteLength);
    partOf(this.file, begin + bits.byteOffset, own);
    return own;
  }

  finish(): Column {
    const { file, type, stretches, rows } = this;
    if (this.kept.length > 0) return joinedColumns(this.kept);
    return numbers({ kind: "file", length: rows, file, type, stretches });
  }
}
