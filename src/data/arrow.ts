/** Arrow (IPC files and streams, Feather 2) to table, and the only door to flechette. */
import {
  type Column as ArrowColumn,
  Batch,
  columnFromArray,
  float32,
  float64,
  Type,
  tableFromColumns,
  tableFromIPC,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import { Complaint } from "../complaint/index.ts";
import { damaged, messagesOf } from "./arrowMessages.ts";
import type { Column } from "./column.ts";
import type { NumberType } from "./fileNumbers.ts";
import { columnFrom } from "./otherFormats.ts";
import { Table } from "./table.ts";

/** Reads an uncompressed Arrow file. Throws a Complaint for what is none, and for nested columns. */
export function readArrow(bytes: ArrayBuffer | Uint8Array): Table {
  const table = opened(bytes);
  if (table.numRows === 0) throw new Complaint("the file has no rows");
  const columns = new Map<string, Column>();
  for (const name of table.names)
    columns.set(String(name), columnFrom(String(name), table.getChild(name).toArray()));
  return new Table(columns);
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
  return table.children.map((child, i): BatchColumn => {
    const [batch] = child.data;
    const name = String(table.names[i]);
    const type = [Type.Int, Type.Float].includes(batch.type.typeId as never)
      ? typeOf(batch.values)
      : undefined;
    return {
      name,
      rows: batch.length,
      numbers: type === undefined ? null : { type, bytes: bytesOf(batch.values) },
      there: batch.nullCount > 0 ? bytesOf(batch.validity) : null,
      memory: memoryOf(batch).filter(({ buffer }) => buffer === messages.at(-1)!.buffer),
      column: () => columnFrom(name, (child as ArrowColumn<unknown>).toArray()),
    };
  });
}

/** Columns as Arrow messages: a schema, and a batch of rows, which may follow others under the same schema. */
export function messagesFor(columns: ReadonlyMap<string, Column>): Record<"schema" | "records", Uint8Array> {
  const made = [...columns].map(([name, column]) => [name, arrowColumn(column)] as const);
  const bytes = tableToIPC(tableFromColumns(made as never), { format: "stream" })!;
  const messages = messagesOf(bytes.byteLength, (position, length) =>
    bytes.subarray(position, position + length),
  );
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

const typeOf = (values: ArrayBufferView): NumberType | undefined => {
  const name = values.constructor.name.replace(/^Big|Array$/g, "").toLowerCase();
  return name === "float16" ? undefined : (name as NumberType);
};

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
