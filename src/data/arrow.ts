/** Arrow (IPC files and streams, Feather 2) to table, and the only door to flechette. */
import {
  type Column as ArrowColumn,
  Batch,
  columnFromArray,
  float32,
  float64,
  Precision,
  Type,
  tableFromColumns,
  tableFromIPC,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import { Complaint } from "../complaint/index.ts";
import { damaged, isArrowFile, type Message, messagesOf } from "./arrowMessages.ts";
import type { Column } from "./column.ts";
import { checkDistinct } from "./distinctNames.ts";
import type { NumberType } from "./fileNumbers.ts";
import { joinedColumns } from "./joinedColumns.ts";
import { columnFrom } from "./otherFormats.ts";
import { Table } from "./table.ts";

/** Reads an uncompressed Arrow file. Throws a Complaint for what is none, and for nested columns. */
export function readArrow(bytes: ArrayBuffer | Uint8Array): Table {
  const own = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const tables = piecesOf(own).map(opened);
  const names = tables[0].names.map(String);
  checkDistinct(names);
  if (tables[0].numRows === 0) throw new Complaint("the file has no rows");
  const columns = names.map((name, i) =>
    joinedColumns(tables.map(({ children }) => decoded(name, children[i] as ArrowColumn<unknown>))),
  );
  return new Table(new Map(names.map((name, i) => [name, columns[i]])));
}

/** All at once; batch by batch where a stream replaces labels between batches, since the decoder knows the last ones only. */
function piecesOf(bytes: Uint8Array): (Uint8Array | Uint8Array[])[] {
  if (isArrowFile(bytes)) return [bytes];
  const messages = messagesIn(bytes);
  const last = messages.findLastIndex(({ kind }) => kind === "dictionary");
  const first = messages.findIndex(({ kind }) => kind === "records");
  if (first < 0 || last < first) return [bytes];
  return messages.flatMap((message, i) => {
    if (message.kind !== "records") return [];
    const used = [...messages.slice(0, i).filter(({ kind }) => kind !== "records"), message];
    return [used.map(({ begin, end }) => bytes.slice(begin, end))];
  });
}

function decoded(name: string, column: ArrowColumn<unknown>): Column {
  try {
    return columnFrom(name, column.toArray());
  } catch (error) {
    if (!/BigInt exceeds/.test((error as Error).message)) throw error;
    throw new Complaint(`column ${name} holds whole numbers too large for a double`, {
      rule: "numbers beyond 2^53, 9,007,199,254,740,992, cannot be told apart",
      help: "write the column as text",
    });
  }
}

/** A column of one batch of rows, whose bytes may still have to be filled in. */
export interface BatchColumn {
  readonly name: string;
  readonly rows: number;
  /** Where its numbers lie side by side; null for whatever else it holds. */
  readonly numbers: { readonly type: NumberType; readonly bytes: Uint8Array } | null;
  /** A bit a row, 0 where it is missing; null where nothing is. */
  readonly there: Uint8Array | null;
  /** All memory that it is decoded from. */
  readonly memory: readonly Uint8Array[];
  /** Its values, decoded from that memory when asked for. */
  readonly column: () => Column;
}

/** The columns of the one batch that these messages hold, schema first. */
export function batchOf(messages: Uint8Array[]): BatchColumn[] {
  const table = opened(messages);
  checkDistinct(table.names.map(String));
  return table.children.map((child, i): BatchColumn => {
    const [batch] = child.data;
    const name = String(table.names[i]);
    const type = isPlain(batch.type) ? typeOf(batch.values) : null;
    return {
      name,
      rows: batch.length,
      numbers: type === null ? null : { type, bytes: bytesOf(batch.values) },
      there: batch.nullCount > 0 ? bytesOf(batch.validity) : null,
      memory: memoryOf(batch).filter(({ buffer }) => buffer === messages.at(-1)!.buffer),
      column: () => decoded(name, child as ArrowColumn<unknown>),
    };
  });
}

/** Columns as Arrow messages: a schema, and a batch of rows, which may follow others under the same schema. */
export function messagesFor(columns: ReadonlyMap<string, Column>): Record<"schema" | "records", Uint8Array> {
  const made = [...columns].map(([name, column]) => [name, arrowColumn(column)] as const);
  const bytes = tableToIPC(tableFromColumns(made as never), { format: "stream" })!;
  const messages = messagesIn(bytes);
  const [schema, records] = (["schema", "records"] as const).map((wanted) => {
    const { begin, end } = messages.find(({ kind }) => kind === wanted)!;
    return bytes.subarray(begin, end);
  });
  return { schema, records };
}

function arrowColumn(column: Column): ArrowColumn<unknown> {
  if (column.kind === "text") {
    const labels = Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code]));
    return columnFromArray(labels, utf8()) as ArrowColumn<unknown>;
  }
  const { stored } = column;
  const isSingle = stored?.kind === "single";
  const values = isSingle ? stored.values : column.values;
  return columnFromArray(values, isSingle ? float32() : float64()) as ArrowColumn<unknown>;
}

/** Whether the numbers lie in memory as they are: halves do not. */
const isPlain = ({ typeId, precision }: { typeId: number; precision?: number }): boolean =>
  typeId === Type.Int || (typeId === Type.Float && precision !== Precision.HALF);

const typeOf = (values: ArrayBufferView): NumberType =>
  values.constructor.name.replace(/^Big|Array$/g, "").toLowerCase() as NumberType;

const messagesIn = (bytes: Uint8Array): Message[] =>
  messagesOf(bytes.byteLength, (position, length) => bytes.subarray(position, position + length));

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const memoryOf = (batch: Batch<unknown>): Uint8Array[] =>
  Object.values(batch)
    .flat()
    .flatMap((each: unknown) => {
      if (ArrayBuffer.isView(each)) return [bytesOf(each)];
      return each instanceof Batch ? memoryOf(each) : [];
    });

function opened(bytes: ArrayBuffer | Uint8Array | Uint8Array[]): ReturnType<typeof tableFromIPC> {
  try {
    return tableFromIPC(bytes, { useDate: true, useBigInt: false });
  } catch (error) {
    throw damaged((error as Error).message);
  }
}
