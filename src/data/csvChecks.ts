/** What a file can be instead of a CSV, and what can be wrong with its header and its rows. */
import { Complaint } from "../complaint/index.ts";
import { checkDistinct } from "./distinctNames.ts";

const others: readonly (readonly [RegExp, string, string])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the magic numbers of file formats hold them
  [/^PK[\u0003\u0005\u0007]/, "a zip archive or an Excel workbook", "save the sheet as CSV (UTF-8) first"],
  [/^PAR1/, "a Parquet file", "give the file the ending .parquet"],
  [/^(ARROW1|FEA1)/, "an Arrow or Feather file", "give the file the ending .arrow"],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the magic number of gzip
  [/^\u001f[\ufffd\u2039\u008b]/, "a gzip archive", "unpack it first"],
  [/^<stata_dta>/, "a Stata file", "in Stata: export delimited using file.csv"],
  [/^\$FL2/, "an SPSS file", "in SPSS: SAVE TRANSLATE … /TYPE=CSV"],
  [/^%PDF/, "a PDF document", "look for the data themselves"],
  [/^\s*</, "HTML or XML", "a download link may have led to a web page: open the file in an editor"],
  [/^\s*[[{]/, "JSON", "Table.from(JSON.parse(text)) reads an array of records"],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a zero byte is what gives a binary file away
  [/\u0000/, "a binary file", "save it as text, one line a row, with commas between the columns"],
];

/** Complains if the beginning of the file shows that it is empty or something else than a CSV. */
export function checkIsCsv(head: string): void {
  if (head.trim() === "") {
    throw new Complaint("the file is empty", {
      rule: "a CSV file has a header line with the column names and at least one row",
    });
  }
  const found = others.find(([pattern]) => pattern.test(head));
  if (!found) return;
  throw new Complaint(`this is not a CSV file: it looks like ${found[1]}`, {
    value: head.slice(0, 40),
    help: found[2],
  });
}

/** Complains about names that are empty, given twice, or numbers that must be a row. */
export function checkHeader(names: readonly string[], line: number): void {
  names.forEach((name, i) => {
    const where = `line ${line}, column ${i + 1}`;
    if (name === "") {
      const help =
        i === 0 ? "row numbers written by R or pandas: write without them, or name the column" : undefined;
      throw new Complaint("a column has no name", { where, help });
    }
  });
  checkDistinct(names, (first, second) => `line ${line}, columns ${first + 1} and ${second + 1}`);
  if (names.every((name) => /^[-+]?[\d.,]+(e[-+]?\d+)?$/i.test(name))) {
    throw new Complaint("the first line holds numbers where the column names belong", {
      value: names.slice(0, 6).join(", "),
      where: `line ${line}`,
      help: "put a header line with one name a column on top of the file",
    });
  }
}

/** A file of one column whose lines all hold the same number of words is one that blanks separate. */
export function checkSeparated(lines: readonly string[]): void {
  const counts = lines.map((line) => line.trim().split(/\s+/).length);
  if (counts.length < 2 || counts[0] < 2 || counts.some((count) => count !== counts[0])) return;
  throw new Complaint("no separator was found: the file seems to have one column", {
    value: lines[0].slice(0, 60),
    rule: "columns are separated by comma, semicolon, tab or |",
    help: "blanks are not read as separators: write the file with commas, or name the option separator",
  });
}

export function raggedRow(cells: readonly string[], names: readonly string[], line: number): Complaint {
  const missing = cells.length < names.length ? `: ${names[cells.length]} is the first without` : "";
  return new Complaint(
    `a row has ${cells.length} cells where the header has ${names.length} names${missing}`,
    {
      value: cells.join(" | ").slice(0, 80),
      where: `line ${line}`,
      help: "a text with the separator in it must stand in double quotes",
    },
  );
}

export const openQuote = (line: number): Complaint =>
  new Complaint("a double quote opens a text and is never closed, or closes in its middle", {
    where: `line ${line}`,
    help: 'a double quote inside a quoted text is written twice: "5"" screen"',
  });
