/** What a user's file can have wrong with it, provoked on purpose: each is refused with words that help. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../src/cli/program.ts";
import { err, out } from "./said.ts";

const survey = `id;alt;choice;price;quality;income;weight;open
1;a;1;1,5;3;10;1;1
1;b;0;2,5;4;10;1;1
2;a;0;1,0;2;20;1;1
2;b;1;1,2;5;20;1;1
3;a;1;0,9;3;30;1;1
3;b;0;2,0;4;30;1;1
4;a;0;1,9;1;40;1;1
4;b;1;2,2;2;40;1;1
5;a;1;1,1;2;50;1;1
5;b;0;1,8;4;50;1;1
6;a;0;1,1;2;60;1;1
6;b;1;1,3;1;60;1;1
7;a;0;1,4;3;70;1;1
7;b;1;1,3;2;70;1;1
8;a;1;2,4;1;80;1;1
8;b;0;1,0;4;80;1;1
9;a;0;1,0;4;90;1;1
9;b;1;2,6;3;90;1;1
`;
const line2 = "2;a;0;1,0;2;20;1;1";
const columns = ["--situation", "id", "--alternative", "alt", "--choice", "choice"];

async function fitOf(text: string | Uint8Array, ...flags: string[]): Promise<number> {
  const path = join(mkdtempSync(join(tmpdir(), "logsum-")), "survey.csv");
  writeFileSync(path, text);
  const formula = flags.includes("--formula") ? [] : ["--formula", "price + quality"];
  return run(["fit", path, ...columns, ...formula, ...flags]);
}

test("the file they are made from is in order", async () => {
  expect(await fitOf(survey), err).toBe(0);
  expect(out).toContain("9 choices");
});

const broken: readonly (readonly [
  what: string,
  text: string | Uint8Array,
  flags: readonly string[],
  said: readonly RegExp[],
])[] = [
  [
    "no alternative chosen",
    survey.replace("2;b;1", "2;b;0"),
    [],
    [/no alternative is chosen in situation 2/, /line 4/],
  ],
  [
    "two alternatives chosen",
    survey.replace("2;a;0", "2;a;1"),
    [],
    [/two alternatives are chosen in situation 2/, /lines 4 and 5/],
  ],
  [
    "an alternative twice",
    survey.replace("2;b;1", "2;a;1"),
    [],
    [/alternative a is twice in situation 2/, /line 5/],
  ],
  [
    "the chosen one unavailable",
    survey.replace("2;b;1;1,2;5;20;1;1", "2;b;1;1,2;5;20;1;0"),
    ["--available", "open"],
    [/chosen alternative is not available in situation 2/, /line 5/],
  ],
  [
    "a missing value",
    survey.replace(line2, "2;a;0;;2;20;1;1"),
    [],
    [/price is missing in situation 2/, /line 4, column price/, /filter/],
  ],
  [
    "a word among numbers",
    survey.replace(line2, "2;a;0;cheap;2;20;1;1"),
    [],
    [/"?cheap"?/, /line 4/, /price/],
  ],
  [
    "a negative weight",
    survey.replaceAll(";20;1;1", ";20;-1;1"),
    ["--weight", "weight"],
    [/weight is negative/, /-1/, /line 4, column weight/],
  ],
  [
    "a column that never varies in a choice set",
    survey,
    ["--formula", "price + income"],
    [/income is the same for all alternatives/, /part 2/],
  ],
  [
    "a misspelled column in the formula",
    survey,
    ["--formula", "prise"],
    [/no column prise/, /\^/, /did you mean price\?/],
  ],
  ["a misspelled column in a flag", survey, ["--person", "idd"], [/no column idd/, /id/]],
  ["an unknown alternative as the reference", survey, ["--reference", "c"], [/\bc\b/, /\ba\b/]],
  ["an empty file", "", [], [/the file is empty/, /header line/]],
  [
    "a file that is not CSV",
    Uint8Array.from({ length: 600 }, (_, i) => i % 7),
    [],
    [/not a CSV file/, /binary/],
  ],
];

test.each(broken)("%s is a complaint that helps, and no number", async (_, text, flags, said) => {
  expect(await fitOf(text, ...flags)).toBe(2);
  for (const words of said) expect(err).toMatch(words);
  expect(out).toBe("");
});

test("what predicts every choice is named, and no statistic of the fit is shown", async () => {
  const rows = [
    "id,alt,choice,x",
    ...[1, 2, 3, 4, 5, 6].flatMap((s) => [`${s},a,${s % 2},${s % 2}`, `${s},b,${1 - (s % 2)},0.5`]),
  ];
  expect(await fitOf(`${rows.join("\n")}\n`, "--formula", "x | 0")).toBe(1);
  expect(err).toMatch(/separation.*\bx\b/);
  expect(out).toContain("NOT ESTIMATES");
  expect(out).not.toMatch(/AIC|rho²/);
});
