import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { flags } from "../../src/cli/flags.ts";
import { ops } from "../../src/expr/ops.ts";
import { calls } from "../../src/expr/sugar.ts";
import { models } from "../../src/models/index.ts";
import { fit, logit, readCsv } from "../../src/node.ts";
import { checks } from "../../src/post/doctor/index.ts";
import { loadStudy, parseStudy, studyKeys } from "../../src/study/index.ts";
import { tests, verbs } from "../../src/verbs/index.ts";
import { blocksOf } from "./blocks.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".md"))
  .map((path) => path.replaceAll("\\", "/"));
/** What stands in backticks in a part of a page. */
const quoted = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside]) => inside);
const section = (text: string, heading: string): string => text.split(`## ${heading}\n`)[1].split("\n## ")[0];

/** What any model can be made into. */
const transforms = ["hybrid-choice", "latent-class", "mixed-logit"];

test("every model has its page, and every page of a model its model", () => {
  const described = pages.filter((page) => page.startsWith("models/")).map((page) => page.slice(7, -3));
  expect(described.sort()).toEqual([...Object.keys(models), ...transforms].sort());
});

test("the page of a model says its formula", () => {
  for (const { name, formula } of Object.values(models))
    expect(read(`docs/models/${name}.md`)).toContain(formula);
});

test("the command line's page lists every command and no other", () => {
  const listed = [...section(read("docs/command-line.md"), "Commands").matchAll(/^\| `(\w+)` \|/gm)];
  expect(listed.map(([, name]) => name)).toEqual(commands.map(({ name }) => name));
});

test.each([
  ["Questions of a fit", verbs],
  ["Tests of fits", tests],
] as const)("the command line's page lists what is registered: %s", (heading, registry) => {
  const listed = section(read("docs/command-line.md"), heading).match(/^\| `.*$/gm)!;
  expect(listed).toEqual(
    Object.values(registry).map(({ name, question }) => `| \`${name}\` | ${question} |`),
  );
});

test("the command line's page lists every flag as --help does", () => {
  const rows = section(read("docs/command-line.md"), "Flags").match(/^\| `.*$/gm)!;
  const ofTable = Object.values(flags).map((row) => {
    const choices = "choices" in row ? `: ${row.choices.join(", ")}` : "";
    return `| \`${row.flag}\` | ${row.says.replaceAll("|", "\\|")}${choices} |`;
  });
  expect(rows).toEqual(ofTable);
});

test("the command line's page lists every entry of a study file", () => {
  const listed = quoted(section(read("docs/command-line.md"), "The study file"));
  for (const key of [...studyKeys.data, ...studyKeys.model, ...studyKeys.fit]) expect(listed).toContain(key);
});

test("the study file that is shown can be fitted", async () => {
  const { code } = blocksOf(join(root, "docs/command-line.md")).find(({ language }) => language === "json")!;
  const study = parseStudy(code);
  const { data, model } = loadStudy(study, await readCsv(join(root, "datasets", study.data.file)));
  const found = await fit({ ...logit(model.specification), kernel: model.kernel }, data);
  expect(found.converged).toBe(true);
});

test("the language's page lists every operator and every function", () => {
  const listed = quoted(section(read("docs/write-utilities.md"), "The language").split("\nNumbers")[0]).join(
    " ",
  );
  const signs = Object.values(ops).flatMap((op) => ("binds" in op ? [op.text] : []));
  for (const sign of signs) expect(listed.split(/[\s(]/)).toContain(sign);
  for (const name of Object.keys(calls)) expect(listed).toContain(`${name}(`);
});

test("no function is listed that the language does not have", () => {
  const listed = section(read("docs/write-utilities.md"), "The language").split("\nNumbers")[0];
  const names = [...listed.matchAll(/`(\w+)\(/g)].map(([, name]) => name);
  for (const name of names) expect(Object.keys(calls)).toContain(name);
});

test("the doctor's page lists every check, and what it finds", () => {
  const rows = [
    ...section(read("docs/the-doctor.md"), "The checks").matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm),
  ];
  expect(rows.map(([, name, finds]) => [name, finds])).toEqual(
    checks.map(({ name, finds }) => [name, finds]),
  );
});

test("the index of the docs names every page", () => {
  const index = read("docs/README.md");
  for (const page of pages.filter((each) => each !== "README.md")) expect(index).toContain(`](${page})`);
});

test("every link between the pages leads somewhere", () => {
  for (const page of ["README.md", ...pages.map((each) => `docs/${each}`)])
    for (const [, target] of read(page).matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(existsSync(join(root, dirname(page), target)), `${target} in ${page}`).toBe(true);
});
