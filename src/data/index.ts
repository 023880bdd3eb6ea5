export type { AttributeOptions } from "./attributes.ts";
export type { Category, CategoryOptions } from "./categories.ts";
export { ChoiceData } from "./choiceData.ts";
export { type CsvOptions, type CsvReader, csvReader, parseCsv, readCsv } from "./csv.ts";
export { type LongOptions, long } from "./long.ts";
export { type ResolveOptions, resolve } from "./resolve.ts";
export type { Addressing, SourceColumn } from "./store.ts";
export { type Column, cell, type Display, type Format, Table } from "./table.ts";
export { type WideOptions, wide } from "./wide.ts";
