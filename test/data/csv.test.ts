import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvReader, parseCsv, readCsv } from "../../src/data/csv.ts";
import { cell, type Table } from "../../src/data/table.ts";

const column = (table: Table, name: string) =>
  Array.from({ length: table.rows }, (_, row) => cell(table.column(name), row));

describe("a CSV file", () => {
  it("gives number columns and text columns", () => {
    const table = parseCsv("id,mode,cost\n1,air,12.5\n2,train,-3e2\n");
    expect(table.names).toEqual(["id", "mode", "cost"]);
    expect(column(table, "cost")).toEqual([12.5, -300]);
    expect(column(table, "mode")).toEqual(["air", "train"]);
  });

  it.each([
    [";", "a;b\n1;2\n3;4"],
    ["tab", "a\tb\n1\t2\n3\t4"],
    ["|", "a|b\n1|2\n3|4"],
    ["a first line that says sep=;", "sep=;\na;b\n1;2\n3;4"],
  ])("is read when separated by %s", (_, text) => {
    expect(column(parseCsv(text), "b")).toEqual([2, 4]);
  });

  it("has decimal commas where they look like it", () => {
    expect(column(parseCsv("price;time\n1,5;2,25\n3;4"), "price")).toEqual([1.5, 3]);
    expect(column(parseCsv('price\ttime\n"0,5"\t2'), "price")).toEqual([0.5]);
  });

  it("does not take a point for a decimal sign where commas are, since it may group thousands", () => {
    const table = parseCsv("price;time\n1.200,5;1,5\n2,5;1,5");
    expect(column(table, "price")).toEqual(["1.200,5", "2,5"]);
  });

  it("has a byte order mark, carriage returns, blank lines and blanks around numbers", () => {
    const table = parseCsv("\ufeffa,b\r\n 1 ,2\r\n\r\n3, 4\r\n,\r\n");
    expect(column(table, "a")).toEqual([1, 3]);
    expect(column(table, "b")).toEqual([2, 4]);
    expect([table.line(0), table.line(1)]).toEqual([2, 4]);
  });

  it("has quoted names, quoted separators, doubled quotes and line breaks inside quotes", () => {
    const table = parseCsv('"a b","c"\n"x, ""y""",1\n"two\nlines",2\nz,3');
    expect(column(table, "a b")).toEqual(['x, "y"', "two\nlines", "z"]);
    expect([0, 1, 2].map((row) => table.line(row))).toEqual([2, 3, 5]);
  });

  it("has missing values, in numbers and in labels", () => {
    const table = parseCsv("a,b\n1,x\n,\n.,NA\nNaN,y\n");
    expect(column(table, "a")).toEqual([1, null, null]);
    expect(column(table, "b")).toEqual(["x", null, "y"]);
    expect(column(parseCsv("a,b\n-99,1\n2,NA", { missing: ["-99"] }), "a")).toEqual([null, 2]);
  });

  it("does not take for a number what only JavaScript takes for one", () => {
    expect(column(parseCsv("a,b\n0x1F,1\nInfinity,2\n 1e3,3"), "a")).toEqual(["0x1F", "Infinity", "1e3"]);
  });

  it("keeps labels as written, also the numbers among them", () => {
    expect(column(parseCsv("a,b\n1.50,1\n007,2\nx,3"), "a")).toEqual(["1.50", "007", "x"]);
    expect(column(parseCsv("zip,b\n007,2", { labels: ["zip"] }), "zip")).toEqual(["007"]);
  });

  it("remembers the one word that made a column of numbers text", () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i === 15 ? "abc" : i},1`).join("\n");
    const table = parseCsv(`price,b\n${rows}`);
    expect(() => table.filter("price > 3")).toThrow(/29 numbers and 1 word "abc" at line 17/);
  });

  it("turns to labels when the first word comes long after the beginning", () => {
    const many = Array.from({ length: 300_000 }, (_, i) => `${i % 10},${i}`).join("\n");
    const table = parseCsv(`a,b\n${many}\nword,1\n`);
    expect(cell(table.column("a"), 123_457)).toBe("7");
    expect(cell(table.column("a"), 300_000)).toBe("word");
    expect(cell(table.column("b"), 299_999)).toBe(299_999);
    expect(() => table.filter("a > 3")).toThrow(/300,000 numbers and 1 word "word" at line 300002/);
  });
});

describe("what is not a readable CSV file", () => {
  it.each([
    ["", /the file is empty/],
    [" \n\n", /the file is empty/],
    ["a,b\n", /the file is empty/],
    ["<!DOCTYPE html>\n<html>", /HTML or XML/],
    ['[{"a": 1}]', /JSON/],
    ["PK\u0003\u0004 and so on", /Excel workbook/],
    ["a,b\n1\u00002,3", /binary/],
    ["a b c\n1 2 3\n4 5 6\n", /no separator was found/],
    ["a,,c\n1,2,3", /a column has no name[\s\S]*line 1, column 2/],
    [',a\n"1",2', /no name[\s\S]*pandas/],
    ["a,b,a\n1,2,3", /two columns are called a[\s\S]*columns 1 and 3/],
    ["1,2,3\n4,5,6", /numbers where the column names belong/],
    ["a,b\n1,2\n3\n", /1 cells where the header has 2[\s\S]*line 3/],
    ["a,b\n1,2\n3,4,5\n", /3 cells[\s\S]*line 3/],
    ['a,b\n1,"x\n2,y\n', /never closed[\s\S]*line 2/],
    ['a,b\n1,"x"y\n2,"z"\n', /double quote[\s\S]*line 2/],
  ])("is refused: %j", (text, message) => {
    expect(() => parseCsv(text)).toThrow(message);
  });
});

describe("reading in pieces", () => {
  const awkward = 'mode,note\r\nair,"a, ""b""\r\nc"\r\n\r\ntrain,\r\n"bus",x\r\n';

  it("gives the same table wherever the pieces are cut", () => {
    const whole = parseCsv(awkward);
    fc.assert(
      fc.property(fc.array(fc.nat(awkward.length)), (cuts) => {
        const reader = csvReader();
        const places = [0, ...cuts.sort((a, b) => a - b), awkward.length];
        for (let i = 1; i < places.length; i++) reader.push(awkward.slice(places[i - 1], places[i]));
        expect(reader.finish()).toEqual(whole);
      }),
    );
  });

  it("gives the same table when batches end inside quotes and line breaks", () => {
    const row = (i: number) => `${i},"text ${i} with\r\na break, ""quotes"" and ${"x".repeat(i % 7)}"\r\n`;
    const rows = Array.from({ length: 60_000 }, (_, i) => row(i));
    const table = parseCsv(`id,text\r\n${rows.join("")}`);
    expect(table.rows).toBe(60_000);
    expect([...(table.column("id") as { values: Float64Array }).values]).toEqual(rows.map((_, i) => i));
    expect(cell(table.column("text"), 59_999)).toBe(
      `text 59999 with\na break, "quotes" and ${"x".repeat(59_999 % 7)}`,
    );
    expect(table.line(59_999)).toBe(2 + 2 * 59_999);
  });

  it("reads any table that was written with quotes", () => {
    const word = fc.string({ minLength: 1 }).map((text) => `w${text.replaceAll(/\s/g, "_")}`);
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            word,
            fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
          ),
          { minLength: 1 },
        ),
        (rows) => {
          const lines = rows.map(([text, number]) => `"${text.replaceAll('"', '""')}",${number}`);
          const table = parseCsv(`text,number\n${lines.join("\n")}`, { separator: "," });
          expect(column(table, "text")).toEqual(rows.map(([text]) => text));
          expect(column(table, "number")).toEqual(rows.map(([, number]) => number));
        },
      ),
    );
  });

  it("reads bytes of a Blob, a stream and a Response", async () => {
    const blob = new Blob(["a,b\n1,ü\n"]);
    expect(column(await readCsv(blob), "b")).toEqual(["ü"]);
    expect(column(await readCsv(blob.stream()), "b")).toEqual(["ü"]);
    expect(column(await readCsv(new Response(blob)), "b")).toEqual(["ü"]);
  });

  it("reads bytes whose characters are cut in two", async () => {
    const bytes = new TextEncoder().encode("a,b\n1,ü\n");
    const cut = async function* () {
      yield bytes.subarray(0, 7);
      yield bytes.subarray(7);
    };
    expect(column(await readCsv(cut()), "b")).toEqual(["ü"]);
  });

  it("reads windows-1252 and UTF-16, which spreadsheets write", async () => {
    const western = Uint8Array.from("a,b\n1,\xfc\n", (letter) => letter.charCodeAt(0));
    expect(column(await readCsv(new Blob([western])), "b")).toEqual(["ü"]);
    const wide = new Uint16Array(["\ufeff", ..."a,b\n1,ü\n"].map((letter) => letter.charCodeAt(0)));
    expect(column(await readCsv(new Blob([wide.buffer])), "b")).toEqual(["ü"]);
  });

  it("says so when a URL cannot be fetched", async () => {
    await expect(readCsv("data:text/csv,a,b%0A1,2")).resolves.toHaveProperty("rows", 1);
    await expect(readCsv("trips.csv")).rejects.toThrow(/could not be fetched[\s\S]*trips\.csv/);
  });
});
