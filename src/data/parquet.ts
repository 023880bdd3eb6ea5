/** Parquet to table, and the only door to hyparquet. Column by column: no object is made for a row. */
import { type AsyncBuffer, parquetMetadataAsync, parquetRead, parquetSchema } from "hyparquet";
import { Complaint } from "../complaint/index.ts";
import type { Column } from "./column.ts";
import { columnFrom } from "./otherFormats.ts";
import { Table } from "./table.ts";

/** Bytes, or anything that gives a part of them: then only what is needed is read. */
export type ParquetSource = ArrayBuffer | Uint8Array | AsyncBuffer;

/** Reads a Parquet file, uncompressed or with Snappy. Throws a Complaint for what is none, and for nested columns. */
export async function readParquet(source: ParquetSource): Promise<Table> {
  const file = bufferOf(source);
  const metadata = await parquetMetadataAsync(file).catch((error: Error) => {
    throw new Complaint("this is not a Parquet file, or it is damaged", { where: error.message });
  });
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  if (Number(metadata.num_rows) === 0) throw new Complaint("the file has no rows");
  const columns = new Map<string, Column>();
  for (const name of names) columns.set(name, await readColumn(file, metadata, name));
  return new Table(columns);
}

async function readColumn(
  file: AsyncBuffer,
  metadata: Awaited<ReturnType<typeof parquetMetadataAsync>>,
  name: string,
): Promise<Column> {
  const rows = Number(metadata.num_rows);
  let numbers: Float64Array | Float32Array | null = null;
  let others: unknown[] | null = null;
  const put = (data: ArrayLike<unknown>, from: number): void => {
    if (!others && isNumbers(data)) {
      numbers ??= data instanceof Float32Array ? new Float32Array(rows) : new Float64Array(rows);
      for (let i = 0; i < data.length; i++) numbers[from + i] = Number(data[i]);
      return;
    }
    others ??= numbers ? Array.from(numbers.subarray(0, from)) : [];
    for (let i = 0; i < data.length; i++) others[from + i] = data[i];
  };
  await parquetRead({
    file,
    metadata,
    columns: [name],
    onChunk: ({ columnData, rowStart }) => put(columnData, rowStart),
  }).catch((error: Error) => {
    throw new Complaint(`column ${name} of the Parquet file cannot be read`, {
      where: error.message,
      help: "write the file with Snappy or without compression",
    });
  });
  return columnFrom(name, others ?? numbers ?? new Float64Array(rows));
}

const isNumbers = (data: ArrayLike<unknown>): data is ArrayLike<number | bigint> =>
  ArrayBuffer.isView(data) && !(data instanceof DataView);

function bufferOf(source: ParquetSource): AsyncBuffer {
  if ("slice" in source && !(source instanceof ArrayBuffer) && !ArrayBuffer.isView(source)) return source;
  const bytes = source instanceof ArrayBuffer ? new Uint8Array(source) : (source as Uint8Array);
  return {
    byteLength: bytes.byteLength,
    slice: (from, to) => bytes.slice(from, to).buffer as ArrayBuffer,
  };
}
