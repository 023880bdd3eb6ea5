import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { run } from "../../src/cli/program.ts";
import { err, forget, out } from "./said.ts";

let folder = "";
const datasets = join(import.meta.dirname, "../../datasets");
const travel = join(datasets, "travel-mode.json");
const travelCsv = join(datasets, "travel-mode.csv");
const columns = ["--situation", "individual", "--alternative", "mode", "--choice", "choice"];
const formula = ["--formula", "gc + ttme", "--reference", "car"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "logsum-"));
});
const file = (name: string) => join(folder, name);
const write = (name: string, text: string) => {
  writeFileSync(file(name), text);
  return file(name);
};

describe("logsum fit", () => {
  test("prints the table of a study", async () => {
    expect(await run(["fit", travel])).toBe(0);
    expect(out).toContain("Multinomial logit, 210 choices");
    expect(out).toMatch(/b_gc\s+-0\.015502\s+0\.004408/);
    expect(err).toBe("");
  });

  test("fits a CSV file that flags describe, and prints one JSON object", async () => {
    expect(await run(["fit", travelCsv, ...columns, ...formula, "--json"])).toBe(0);
    const result = JSON.parse(out);
    expect(Object.keys(result)).toEqual([
      "kernel",
      "converged",
      "message",
      "iterations",
      "logLikelihood",
      "nullLogLikelihood",
      "constantsLogLikelihood",
      "situations",
      "persons",
      "parameters",
      "covariance",
      "gradientNorm",
      "seconds",
    ]);
    expect(Object.keys(result.parameters[0])).toEqual([
      "name",
      "estimate",
      "standardError",
      "z",
      "p",
      "lower",
      "upper",
    ]);
    expect(result.parameters.map(({ name }: { name: string }) => name)).toEqual([
      "asc_air",
      "asc_train",
      "asc_bus",
      "gc",
      "ttme",
    ]);
    expect(result).toMatchObject({
      kernel: "logit",
      converged: true,
      situations: 210,
      persons: null,
      covariance: "hessian",
    });
  });

  test("a fixed coefficient has no standard error, in JSON null", async () => {
    await run(["fit", travel, "--temperature", "money=b_gc", "--json"]);
    const { parameters } = JSON.parse(out) as { parameters: Record<string, unknown>[] };
    expect(parameters.find(({ name }) => name === "b_gc")).toMatchObject({
      estimate: -1,
      standardError: null,
      z: null,
    });
    expect(parameters.find(({ name }) => name === "tau")?.estimate).toBeCloseTo(1 / 0.0155015, 2);
  });

  test("writes LaTeX, CSV, HTML, Markdown", async () => {
    const files = [
      "--latex",
      file("a/t.tex"),
      "--csv",
      file("t.csv"),
      "--html",
      file("t.html"),
      "--markdown",
    ];
    expect(await run(["fit", travel, ...files])).toBe(0);
    expect(readFileSync(file("a/t.tex"), "utf8")).toContain("\\toprule");
    expect(readFileSync(file("t.csv"), "utf8")).toContain("-0.0155015253");
    expect(readFileSync(file("t.html"), "utf8")).toContain("<table");
    expect(out).toContain("| parameter");
  });

  test("reads a wide file", async () => {
    const rows = Array.from(
      { length: 40 },
      (_, s) => `${s % 3 === 0 ? 1 : 2},${(s * 7) % 11},${(s * 5) % 13}`,
    );
    const csv = write("wide.csv", `mode,c_bus,c_car\n${rows.join("\n")}\n`);
    const words = [
      "--choice",
      "mode",
      "--alternatives",
      "bus=1,car=2",
      "--attribute",
      "cost=c_{alternative}",
    ];
    expect(await run(["fit", csv, ...words, "--formula", "cost", "--json"])).toBe(0);
    expect(JSON.parse(out).parameters.map(({ name }: { name: string }) => name)).toEqual(["asc_car", "cost"]);
  });
});

describe("exit statuses", () => {
  test("1 when the search stopped early, and no standard errors", async () => {
    expect(await run(["fit", travel, "--max-iterations", "1", "--json", "--save", file("f.json")])).toBe(1);
    const result = JSON.parse(out);
    expect(result.converged).toBe(false);
    expect(result.parameters[0].standardError).toBeNull();
    expect(err).toContain("allow more iterations");
    expect(() => readFileSync(file("f.json"))).toThrow("no such file");
  });

  test("1 when a temperature is not identified", async () => {
    expect(await run(["fit", travel, "--temperature", "known"])).toBe(1);
    expect(err).toContain("four ways");
    expect(out).toBe("");
  });

  test("1 when two constants are not separately identified", async () => {
    const study = JSON.parse(readFileSync(travel, "utf8"));
    study.data.file = travelCsv;
    study.model.parameters.asc_car = 0;
    study.model.utilities.car = "asc_car + b_gc * gc + b_ttme * ttme";
    expect(await run(["fit", write("flat.json", JSON.stringify(study))])).toBe(1);
    expect(err).toContain("asc_car");
  });

  test.each([
    [
      "a file that is not there names the nearest",
      ["fit", join(datasets, "travelmode.csv")],
      "travel-mode.csv",
    ],
    ["a folder", ["fit", datasets], "folder"],
    ["data without a model", ["fit", travelCsv, ...columns], "--formula"],
    ["a column that is not there", ["fit", travelCsv, ...columns, "--formula", "gcc"], "did you mean gc?"],
    ["an unknown flag", ["fit", travel, "--jsno"], "--json"],
    ["an unknown command", ["fti"], "fit"],
    [
      "a value that is none of the choices",
      ["fit", travel, "--covariance", "white"],
      "hessian, robust, cluster",
    ],
    ["no source", ["fit"], "missing required argument"],
    ["clusters without persons", ["fit", travel, "--covariance", "cluster"], "person"],
    ["an unknown kernel", ["fit", travel, "--kernel", "logti"], "did you mean logit?"],
  ])("2 for %s", async (_, words, says) => {
    expect(await run(words)).toBe(2);
    expect(err).toContain(says);
    expect(out).toBe("");
  });

  test("2 for a file that is not CSV, and for a study that is not JSON", async () => {
    expect(await run(["fit", write("a.csv", "<html><body></body></html>"), ...columns, ...formula])).toBe(2);
    expect(await run(["fit", write("a.json", "{ data: }")])).toBe(2);
    expect(err).toContain("not JSON");
  });

  test("0 for help", async () => {
    expect(await run(["--help"])).toBe(0);
    expect(await run(["fit", "--help"])).toBe(0);
    expect(out).toContain("--formula");
  });
});

describe("a saved fit", () => {
  test("is read back, and its study finds its data from where it stands", async () => {
    await run(["fit", travel, "--save", file("fits/f.json")]);
    const { study, result } = JSON.parse(readFileSync(file("fits/f.json"), "utf8"));
    expect(join(folder, "fits", study.data.file)).toBe(travelCsv);
    forget();
    expect(await run(["fit", file("fits/f.json"), "--json"])).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ iterations: 0, logLikelihood: result.logLikelihood });
  });

  test("complains when its data have changed", async () => {
    const csv = readFileSync(travelCsv, "utf8");
    write("data.csv", csv);
    await run(["fit", file("data.csv"), ...columns, ...formula, "--save", file("f.json")]);
    write("data.csv", csv.replace("1,air,0,69", "1,air,0,99"));
    expect(await run(["fit", file("f.json")])).toBe(2);
    expect(err).toContain("the data have changed");
  });

  test("is verified", async () => {
    await run(["fit", travel, "--save", file("f.json")]);
    forget();
    expect(await run(["verify", file("f.json"), "--json"])).toBe(0);
    const { rows } = JSON.parse(out) as { rows: { result: string }[] };
    expect(rows.length).toBeGreaterThanOrEqual(6);
    expect(rows.every(({ result }) => result === "passed")).toBe(true);
  });

  test("that says something else is found out", async () => {
    await run(["fit", travel, "--save", file("f.json")]);
    const stored = JSON.parse(readFileSync(file("f.json"), "utf8"));
    stored.study.data.file = travelCsv;
    stored.result.parameters[3].estimate *= 1.01;
    expect(await run(["verify", write("wrong.json", JSON.stringify(stored))])).toBe(1);
    expect(out).toMatch(/stored estimates.*failed/);
  });

  test("is compared with a study", async () => {
    await run(["fit", travelCsv, ...columns, ...formula, "--save", file("small.json")]);
    forget();
    expect(await run(["compare", file("small.json"), travel])).toBe(0);
    expect(out).toMatch(/small\s+small se\s+travel-mode/);
  });
});

test("logsum describe tells what the model will see", async () => {
  expect(await run(["describe", travel])).toBe(0);
  expect(out).toMatch(/train\s+210\s+63\s+30\.0%/);
});

const built = join(import.meta.dirname, "../../dist/cli/main.js");
test.skipIf(!existsSync(built))("the built command answers its exit status (needs npm run build)", () => {
  const answer = (...words: string[]) => spawnSync(process.execPath, [built, ...words], { encoding: "utf8" });
  const fitted = answer("fit", travel, "--json");
  expect(fitted.status).toBe(0);
  expect(JSON.parse(fitted.stdout).converged).toBe(true);
  expect(answer("fit", travel, "--temperature", "known").status).toBe(1);
  expect(answer("fit", "no.csv")).toMatchObject({ status: 2, stdout: "" });
});
