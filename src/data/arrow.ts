/** Arrow (IPC files and streams, Feather 2) to table, and the only door to flechette. */
import { tableFromIPC } from "@uwdata/flechette";
import { Complaint } from "../complaint/index.ts";
import type { Column } from "./column.ts";
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

function opened(bytes: ArrayBuffer | Uint8Array): ReturnType<typeof tableFromIPC> {
  try {
    return tableFromIPC(bytes, { useDate: true, useBigInt: false });
  } catch (error) {
    throw new Complaint("this is not an Arrow file, or it is damaged", {
      where: (error as Error).message,
      help: "write it without compression",
    });
  }
}
