/**
 * A CSV file of any size as an Arrow stream, in memory for some rows of it. It is read twice: what a column is, is only
 * known at its end.
 */
import { Complaint } from "../complaint/index.ts";
import { messagesFor } from "./arrow.ts";
import { type Column, columnOf, type NumberColumn } from "./column.ts";
import { type CsvOptions, csvReader } from "./csv.ts";
import { type ByteSource, textPieces } from "./decode.ts";

/** What columns hold besides doubles. */
interface Kinds {
  readonly labels: Set<string>;
  /** Numbers that single precision would not do for. */
  readonly doubles: Set<string>;
}

/** Ends a stream: a message of no length. */
const end = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

/**
 * The bytes of the stream, piece by piece. @param open gives the file from its start, each time that it is called.
 * Throws a Complaint for whatever readCsv does.
 */
export async function* csvToArrow(
  open: () => ByteSource,
  options: CsvOptions = {},
): AsyncGenerator<Uint8Array> {
  const kinds = await kindsOf(open(), options);
  const isSingle = options.numbers === "float32";
  const exact: CsvOptions = {
    ...options,
    numbers: "float64",
    labels: [...kinds.labels, ...(options.labels ?? [])],
  };
  let begun = false;
  for await (const columns of rowsOf(open(), exact)) {
    const { schema, records } = messagesFor(isSingle ? narrowed(columns, kinds) : columns);
    if (!begun) yield schema;
    begun = true;
    yield records;
  }
  yield end;
}

async function kindsOf(source: ByteSource, options: CsvOptions): Promise<Kinds> {
  const kinds: Kinds = { labels: new Set(), doubles: new Set() };
  for await (const columns of rowsOf(source, options))
    for (const [name, column] of columns)
      if (column.kind === "text") kinds.labels.add(name);
      else if (!column.stored) kinds.doubles.add(name);
  return kinds;
}

async function* rowsOf(source: ByteSource, options: CsvOptions): AsyncGenerator<ReadonlyMap<string, Column>> {
  const taken: ReadonlyMap<string, Column>[] = [];
  const reader = csvReader(options, (columns) => taken.push(columns));
  for await (const piece of textPieces(source, options.encoding)) {
    reader.push(piece);
    yield* taken.splice(0);
  }
  reader.finish();
  yield* taken.splice(0);
}

const narrowed = (columns: ReadonlyMap<string, Column>, { doubles }: Kinds): Map<string, Column> =>
  new Map(
    [...columns].map(([name, column]) => [
      name,
      column.kind === "text" || doubles.has(name)
        ? column
        : columnOf(Float32Array.from((column as NumberColumn).values)),
    ]),
  );

/** Such a stream is named so, since a file named .arrow ends with a list of its batches. */
export function checkStreamName(path: string): void {
  if (path.toLowerCase().endsWith(".arrows")) return;
  throw new Complaint("an Arrow stream is written to a file that ends in .arrows", { value: path });
}
