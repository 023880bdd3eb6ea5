/** Every verb of the registry is a command: its options are flags, its tables are printed. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { flags, studyFlags, tableFlags } from "../../src/cli/flags.ts";
import { run } from "../../src/cli/program.ts";
import { flagName } from "../../src/cli/verbCommands.ts";
import { tests, verbs } from "../../src/verbs/index.ts";
import { err, forget, out } from "./said.ts";

const travel = join(import.meta.dirname, "../../datasets/travel-mode.json");
const conjoint = join(import.meta.dirname, "../../datasets/conjoint.json");
const folder = mkdtempSync(join(tmpdir(), "logsum-verbs-"));
test("the help lists every verb", async () => {
  expect(await run(["--help"])).toBe(0);
  for (const name of Object.keys(verbs)) expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
});

test("the help of test lists every test", async () => {
  expect(await run(["test", "--help"])).toBe(0);
  for (const { name } of Object.values(tests)) expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
});

test.each(Object.values(verbs))("the help of $name shows its question and its options", async (verb) => {
  expect(await run([verb.name, "--help"])).toBe(0);
  expect(out.replaceAll(/\s+/g, " ")).toContain(verb.question);
  for (const name of Object.keys(verb.options)) expect(out).toContain(`${flagName(name)} `);
});

test.each([...Object.values(verbs), ...Object.values(tests)])(
  "no option of $name hides a flag of the study or the table",
  (verb) => {
    const taken = [...studyFlags, ...tableFlags, "output", "theme"].map(
      (name) => /--[a-z-]+/.exec(flags[name as keyof typeof flags].flag)![0],
    );
    for (const name of Object.keys(verb.options)) expect(taken).not.toContain(flagName(name));
  },
);

test("a verb answers with its tables, and draws its chart", async () => {
  const picture = join(folder, "calibration.svg");
  expect(
    await run(["calibration", travel, "--folds", "3", "--bins", "5", "--json", "-o", picture]),
    err,
  ).toBe(0);
  expect(JSON.parse(out).map(({ title }: { title: string }) => title)).toHaveLength(3);
  expect(readFileSync(picture, "utf8")).toMatch(/^<svg/);
});

test("an option that repeats reaches the verb", async () => {
  const shares = ["air=0.25", "train=0.25", "bus=0.2", "car=0.3"].flatMap((each) => ["--shares", each]);
  expect(await run(["market-shares", travel, ...shares, "--json"]), err).toBe(0);
  expect(JSON.parse(out).rows[2].after).toBeCloseTo(0.2, 10);
});

test.each([
  [["market-shares"], "--shares is missing"],
  [["cross-validation", "--folds", "many"], "--folds is a number"],
  [["cross-validation", "--folds", "1"], "the folds cannot be dealt"],
])("%j is refused", async ([verb, ...words], says) => {
  expect(await run([verb, travel, ...words])).toBe(2);
  expect(err).toContain(says);
  expect(out).toBe("");
});

describe("tests of fits", () => {
  const simple = join(folder, "simple.json");
  const csv = join(import.meta.dirname, "../../datasets/travel-mode.csv");
  beforeAll(async () => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const columns = ["--situation", "individual", "--alternative", "mode", "--choice", "choice"];
    await run(["fit", csv, ...columns, "--formula", "gc + ttme", "--save", simple, "--quiet"]);
    vi.restoreAllMocks();
  });

  test.each([
    [["likelihood-ratio", simple, travel], 1.6965],
    [["wald", travel, "--that", "b_hinc_air = 0"], 1.6763],
    [["hausman-mcfadden", travel, "--without", "air", "--without", "train"], 33.3367],
    [["chow", travel, "--by", "psize == 1"], 36.0809],
  ])("%j", async ([name, ...words], statistic) => {
    expect(await run(["test", name, ...words, "--json"]), err).toBe(0);
    const { rows, notes } = JSON.parse(out);
    expect(rows[0].statistic).toBeCloseTo(statistic, 3);
    expect(notes[0]).toMatch(/^(Not r|R)ejected at the 5 % level/);
  });

  test("several fits out of sample, on the same folds", async () => {
    expect(await run(["cross-validation", travel, simple, "--folds", "3", "--json"]), err).toBe(0);
    const { rows, notes } = JSON.parse(out);
    expect(rows[0]).toMatchObject({ score: "log score", model: "simple" });
    expect(notes[0]).toMatch(/^By the log score, /);
    forget();
    expect(await run(["cross-validation", travel, "--share", "0.25", "--json"]), err).toBe(0);
    expect(JSON.parse(out).title).toContain("held out");
    forget();
    const words = ["--share", "0.25", "--repeats", "3", "--seed", "7", "--json"];
    expect(await run(["cross-validation", travel, simple, ...words]), err).toBe(0);
    expect(JSON.parse(out).title).toContain("of 210 choices held out, dealt 3 times (seed 7)");
  });

  test("several fits by their names", async () => {
    expect(await run(["test", "information", travel, simple])).toBe(0);
    expect(out).toMatch(/^travel-mode /m);
    expect(out).toMatch(/^simple /m);
  });

  test.each([
    [["likelihood-ratio", travel], "takes 2 fits"],
    [["likelihood-ratio", travel, simple], "no fewer parameters"],
    [["wald", travel], "--that is missing"],
    [["chow", travel, "--by", "psiz"], "did you mean psize?"],
    [["nonsense", travel], "unknown command"],
  ])("%j is refused", async ([name, ...words], says) => {
    expect(await run(["test", name, ...words])).toBe(2);
    expect(err).toContain(says);
    expect(out).toBe("");
  });
});

test("compare as in a paper, to every kind of file", async () => {
  const files = ["latex", "html", "rtf", "csv"].map((form) => join(folder, `table.${form}`));
  const flagsOf = ["latex", "html", "rtf", "csv"].flatMap((form, i) => [`--${form}`, files[i]]);
  expect(await run(["compare", travel, "--stars", "--beneath", "t", ...flagsOf]), err).toBe(0);
  expect(out).toContain("-0.0961***");
  expect(out).toContain("(-9.21)");
  for (const file of files) expect(readFileSync(file, "utf8")).toContain("9.21");
  forget();
  expect(await run(["compare", travel, "--decimals", "two"])).toBe(2);
  expect(err).toContain("--decimals is a whole number");
});

describe("questions whose answers are estimates", () => {
  test.each([
    ["shares", "--scenario", "gc.air=gc * 0.9"],
    ["elasticities", "--of", "gc.air"],
    ["effects", "--of", "gc.air"],
    ["diversion", "--of", "gc"],
    ["wtp", "--of", "ttme", "--per", "gc"],
    ["surplus", "--scenario", "gc.air=gc * 0.9", "--per", "gc"],
    ["derived", "--that", "ratio=b_ttme / b_gc"],
  ])("%s by any kind of interval", async (name, ...words) => {
    const lower: number[] = [];
    for (const kind of ["delta", "krinsky-robb", "bootstrap"]) {
      forget();
      const more = ["--intervals", kind, "--replications", "40", "--json", "--quiet"];
      expect(await run([name, travel, ...words, ...more]), err).toBe(0);
      lower.push(JSON.parse(out).rows[0].lower);
    }
    expect(new Set(lower).size).toBe(3);
  });

  test("the shares of latent classes", async () => {
    const classes = ["--classes", "2", "--shared", "b_boreal,b_cobalt,b_weight,b_battery"];
    expect(await run(["class-shares", conjoint, ...classes, "--json"]), err).toBe(0);
    const { rows } = JSON.parse(out);
    expect(rows).toHaveLength(2);
    expect(rows[0].share + rows[1].share).toBeCloseTo(1, 12);
    expect(await run(["class-shares", conjoint])).toBe(2);
    expect(err).toContain("this fit has no latent classes");
  });

  test("coefficients over people, with their covariances where they are correlated", async () => {
    const random = ["--random", "b_price:normal,b_battery:normal", "--draws", "64", "--quiet"];
    expect(await run(["random-coefficients", conjoint, ...random, "--json"]), err).toBe(0);
    const { rows, title } = JSON.parse(out);
    expect(title).toBe("Random coefficients over people");
    expect(rows[0]).toMatchObject({ coefficient: "b_price", statistic: "mean" });
    expect(rows[0].lower).toBeLessThan(rows[0].value);
    forget();
    const more = ["--correlated", "all", "--intervals", "krinsky-robb", "--replications", "100", "--json"];
    expect(await run(["random-coefficients", conjoint, ...random, ...more]), err).toBe(0);
    const [spread, together] = JSON.parse(out);
    expect(spread.notes[0]).toContain("100 Krinsky–Robb draws");
    expect(together.rows.map(({ statistic }: { statistic: string }) => statistic)).toContain("correlation");
    expect(await run(["random-coefficients", travel])).toBe(2);
    expect(err).toContain("no coefficient of this fit is random");
  });

  test("each person, given the choices of that person", async () => {
    const classes = ["--classes", "2", "--shared", "b_boreal,b_cobalt,b_weight,b_battery", "--quiet"];
    expect(await run(["conditionals", conjoint, ...classes, "--json"]), err).toBe(0);
    const { rows } = JSON.parse(out);
    expect(rows).toHaveLength(300);
    for (const row of rows) expect(row["class 1"] + row["class 2"]).toBeCloseTo(1, 10);
    expect(await run(["conditionals", travel])).toBe(2);
    expect(err).toContain("nothing varies over people in this fit");
  });

  test("what other draws and other beginnings find", async () => {
    const random = ["--random", "b_price:normal", "--draws", "32", "--quiet"];
    expect(await run(["draw-stability", conjoint, ...random, "--json"]), err).toBe(0);
    const { rows, notes } = JSON.parse(out);
    expect(rows.at(-1).parameter).toBe("log-likelihood");
    expect(notes[0]).toMatch(/tenth of (its|a) standard error/);
    expect(await run(["draw-stability", travel])).toBe(2);
    expect(err).toContain("no draws are taken in this fit");
    forget();
    expect(await run(["multi-start", travel, "--starts", "3", "--json"]), err).toBe(0);
    expect(JSON.parse(out).title).toBe("Maxima found from 4 beginnings");
    expect(JSON.parse(out).rows[0]).toMatchObject({ basin: 1, searches: 4, "usual start": "yes" });
  });

  test("the parameters themselves", async () => {
    expect(await run(["bootstrap", travel, "--replications", "30", "--json"]), err).toBe(0);
    const { rows, notes } = JSON.parse(out);
    expect(rows[3].bootstrap / rows[3].hessian).toBeGreaterThan(0.5);
    expect(rows[3].bootstrap / rows[3].hessian).toBeLessThan(2);
    expect(notes).toContain("Fewer than 200 replicates are too few to quote.");
    forget();
    expect(await run(["profile", travel, "--of", "b_gc", "--points", "5", "--json"]), err).toBe(0);
    expect(JSON.parse(out)[0].rows[0].lower).toBeCloseTo(-0.0243, 3);
    forget();
    expect(await run(["standard-errors", travel]), err).toBe(0);
    expect(out).toContain("robust");
  });
});

const cli = join(import.meta.dirname, "../../dist/cli/main.js");
test.skipIf(!existsSync(cli))(
  `a bootstrap over threads that is killed goes on where it was, to the same bits${existsSync(cli) ? "" : " (needs npm run build)"}`,
  async () => {
    const [whole, part] = [join(folder, "whole.json"), join(folder, "part.json")];
    const words = [cli, "bootstrap", conjoint, "--replications", "120", "--json", "--quiet", "--resume"];
    const once = spawnSync(process.execPath, [...words, whole], { encoding: "utf8" });
    expect(once.status, once.stderr).toBe(0);
    const child = spawn(process.execPath, [...words, part], { stdio: "ignore" });
    const gone = new Promise((resolve) => child.on("exit", resolve));
    while (!existsSync(part) && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGKILL");
    await gone;
    const again = spawnSync(process.execPath, [...words, part], { encoding: "utf8" });
    expect(again.stdout).toBe(once.stdout);
    expect(readFileSync(part, "utf8")).toBe(readFileSync(whole, "utf8"));
  },
);

test("a file that holds no bootstrap is refused", async () => {
  expect(await run(["bootstrap", travel, "--replications", "20", "--resume", travel])).toBe(2);
  expect(err).toContain("this file holds no bootstrap");
});
