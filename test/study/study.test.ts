import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/data/csv.ts";
import { resolveSpec } from "../../src/spec/index.ts";
import { checkStudy, choiceData, loadStudy, otherData, parseStudy } from "../../src/study/index.ts";
import { complaint } from "../spec/examples.ts";

const table = parseCsv("id,alt,choice,cost,w\n1,bus,1,2,1\n1,car,0,3,1\n2,bus,0,5,2\n2,car,1,1,2\n");
const study = {
  data: {
    file: "trips.csv",
    situation: "id",
    alternative: "alt",
    choice: "choice",
    person: null,
    weight: null,
  },
  model: { kernel: "logit", formula: "cost | 0" },
};
const refused = (change: object) => complaint(() => checkStudy({ ...study, ...change }));

describe("a study", () => {
  test("becomes choice data, a model and options; null means not given", () => {
    const { data, model, options } = loadStudy(
      { ...study, fit: { covariance: null, maxIterations: 9 } },
      table,
    );
    expect(data.situations).toBe(2);
    expect(data.weight).toBeNull();
    expect(model).toEqual({ kernel: "logit", specification: { formula: "cost | 0" } });
    expect(options).toEqual({ maxIterations: 9 });
  });

  test("takes utilities, a reference and a temperature", () => {
    const model = {
      parameters: { b: 0 },
      utilities: { bus: "b * cost", car: "b * cost" },
      temperature: { money: "b" },
      reference: "car",
    };
    const loaded = loadStudy({ ...study, model }, table);
    expect(loaded.model).toEqual({ kernel: "logit", specification: model });
  });

  test("is read from JSON text, and JSON that is none says where it breaks", () => {
    expect(parseStudy(JSON.stringify(study))).toEqual(study);
    expect(complaint(() => parseStudy("{ 'data': 1 }", "study.json"))).toMatch(/not JSON[\s\S]*study\.json/);
  });

  test.each([
    [{ modle: {} }, "did you mean model?"],
    [{ data: { ...study.data, situaton: "id" } }, "did you mean situation?"],
    [{ data: { file: "a.csv" } }, "name their situation"],
    [{ data: { ...study.data, layout: "tall" } }, "long or wide"],
    [{ data: { ...study.data, attributes: "{alternative}" } }, "belongs to the wide layout"],
    [{ data: { file: "a.csv", layout: "wide", choice: "c" } }, "name their alternatives"],
    [{ data: { ...study.data, file: undefined } }, "names its file"],
    [{ model: {} }, "needs a formula"],
    [{ model: { formula: "cost", utilities: "b" } }, "not both"],
    [{ model: { formula: "cost", random: { cost: "nomral" } } }, "there is no distribution nomral"],
    [{ model: undefined }, "model is an object"],
    [{ fit: { covariance: "clusters" } }, "did you mean cluster?"],
  ])("%j is refused", (change, says) => {
    expect(refused(change)).toContain(says);
  });

  test("that is no object is refused", () => {
    expect(complaint(() => checkStudy([]))).toContain("a study is an object");
  });
});

describe("other data to predict for", () => {
  const rows = ["1,bus,1,2,a", "1,car,0,3,b", "2,bus,0,5,c", "2,car,1,1,a"];
  const header = "id,alt,choice,cost,brand";
  const given = { file: "x.csv", situation: "id", alternative: "alt", choice: "choice", person: "who" };
  const fitted = choiceData({ ...given, person: null }, parseCsv([header, ...rows].join("\n")));
  const resolved = resolveSpec("cost + brand | 0", fitted);
  const other = (text: string) => otherData(given, parseCsv(text), fitted, resolved);

  test("has the levels of the fitted data, and needs neither choices nor persons", () => {
    const found = other("id,alt,cost,brand\n7,bus,2,c\n7,car,3,c\n");
    expect(found.category("brand")).toMatchObject({ reference: "a", columns: ["brand_b", "brand_c"] });
    expect(found.chosen).toBeNull();
    expect([...found.column("brand_b")!.values]).toEqual([0, 0]);
  });

  test("with a level that the fit has not seen is refused", () => {
    const message = complaint(() => other("id,alt,cost,brand\n7,bus,2,d\n7,car,3,c\n").category("brand"));
    expect(message).toContain("not among those declared");
  });
});

const datasets = join(import.meta.dirname, "../../datasets");
const files = readdirSync(datasets).filter((name) => name.endsWith(".json") && name !== "tsconfig.json");
describe("the studies that come with the datasets", () => {
  test.each(files)("%s resolves on its data", (name) => {
    const given = parseStudy(readFileSync(join(datasets, name), "utf8"), name);
    const csv = parseCsv(readFileSync(join(datasets, given.data.file), "utf8"));
    const { data, model } = loadStudy(given, csv);
    const resolved = resolveSpec(model.specification, data);
    expect(resolved.utilities).toHaveLength(resolved.labels?.length ?? 1);
  });
});
