import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { attitudes, conjoint, rpSp, truth } from "../../datasets/generate.ts";
import { type ChoiceData, datasets, long, parseCsv, wide } from "../../src/data/index.ts";

const read = (file: string) => readFileSync(new URL(`../../datasets/${file}`, import.meta.url), "utf8");
const load = (name: string): ChoiceData => {
  const { file, layout = "long", ...options } = JSON.parse(read(datasets[name].study)).data;
  const table = parseCsv(read(file));
  return layout === "long" ? long(table, options) : wide(table, options);
};
/** How often each alternative was chosen. */
const counts = (data: ChoiceData) =>
  data.labels!.map((_, j) => data.chosen!.filter((row) => data.alternative![row] === j).length);

describe("the datasets", () => {
  it("are the files of the folder, each with a page and a study", () => {
    const files = readdirSync(new URL("../../datasets/", import.meta.url)).filter((file) =>
      file.endsWith(".csv"),
    );
    expect(
      Object.values(datasets)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(files.sort());
    for (const { page, study } of Object.values(datasets)) expect(read(page) && read(study)).toBeTruthy();
  });

  it("have every column explained on their page", () => {
    for (const { file, page } of Object.values(datasets))
      for (const name of parseCsv(read(file)).names) expect(read(page)).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it("travel-mode: 210 travellers with four modes", () => {
    const data = load("travel-mode");
    expect([data.situations, data.complete, data.labels]).toEqual([
      210,
      true,
      ["air", "train", "bus", "car"],
    ]);
    expect(counts(data)).toEqual([58, 63, 30, 59]);
  });

  it("anes96: 944 voters, with an alternative called 0 if one likes", () => {
    expect(counts(load("anes96"))).toEqual([200, 180, 108, 37, 94, 150, 175]);
    const votes = wide(parseCsv(read("anes96.csv")), { choice: "vote", alternatives: [0, 1] });
    expect(votes.labels).toEqual(["0", "1"]);
    expect(counts(votes)).toEqual([551, 393]);
  });

  it("conjoint: 300 people, 8 tasks, 3 profiles, made from its seed to the byte", () => {
    expect(conjoint()).toBe(read("conjoint.csv"));
    const data = load("conjoint");
    expect([data.situations, data.rows, data.personCount, data.labels]).toEqual([2400, 7200, 300, null]);
  });

  it("rp-sp: one trip made and four imagined, made from its seed to the byte", () => {
    expect(rpSp()).toBe(read("rp-sp.csv"));
    const data = load("rp-sp");
    expect([data.situations, data.personCount, data.complete]).toEqual([2500, 500, false]);
    expect(data.levels("source")).toEqual(["rp", "sp"]);
  });

  it("attitudes: 400 commuters, five trips each, made from its seed to the byte", () => {
    expect(attitudes()).toBe(read("attitudes.csv"));
    const data = load("attitudes");
    expect([data.situations, data.personCount, data.labels]).toEqual([2000, 400, ["car", "bus", "train"]]);
    expect(data.has("decades")).toBe(true);
  });

  it("have the truth of the simulation on their pages", () => {
    const { price, battery, weight, brand } = truth.conjoint;
    const page = read("conjoint.md").replaceAll("−", "-");
    expect(page).toContain(`-exp(${price.mean} + ${price.spread} z)`);
    expect(page).toContain(`${battery.mean} + ${battery.spread} z`);
    expect(page).toContain(`| weight | ${weight} for everyone |`);
    expect(page).toContain(`| ${brand.Boreal.mean} + ${brand.Boreal.spread} z |`);
    expect(page).toContain(`| ${brand.Cobalt} for everyone |`);
    const { asc_bus, asc_train, b_time, b_cost, temperature } = truth.rpSp;
    const other = read("rp-sp.md").replaceAll("−", "-");
    expect(other).toContain(`| asc_bus | ${asc_bus} |`);
    expect(other).toContain(`| asc_train | ${asc_train} |`);
    expect(other).toContain(`| b_time, a minute | ${b_time} |`);
    expect(other).toContain(`| b_cost, a euro | ${b_cost} |`);
    expect(other).toContain(`| τ of sp | ${temperature.sp} |`);
    const { gamma, concern, freedom, tax, offset, ...green } = truth.attitudes;
    const third = read("attitudes.md").replaceAll("−", "-");
    expect(third).toContain(`${gamma.female} female - ${-gamma.age} (age - 40) / 10`);
    for (const name of ["asc_bus", "asc_train", "b_time", "b_cost", "lambda_green"] as const)
      expect(third).toMatch(new RegExp(`\\| ${name}[^|]* \\| ${green[name]} \\|`));
    for (const [name, { loading, thresholds }] of Object.entries({ concern, freedom, tax }))
      expect(third).toContain(`| ${name} | ${loading} | ${thresholds.join(", ")} |`);
    expect(third).toContain(`${offset.constant} + ${offset.loading} green + ${offset.sigma} ε`);
  });
});

const shared = new URL("../../../shared/data/", import.meta.url);
const real = (file: string) => parseCsv(readFileSync(new URL(file, shared), "utf8"));

describe.skipIf(!existsSync(shared))(
  "real data in ../shared/data (skipped where the folder is absent)",
  () => {
    it("swissmetro: the usual sample is 6,768 choices of 752 people", () => {
      const data = wide(real("swissmetro.csv"), {
        filter: "(PURPOSE == 1 or PURPOSE == 3) and CHOICE != 0",
        choice: "CHOICE",
        alternatives: { train: 1, sm: 2, car: 3 },
        available: { train: "TRAIN_AV * (SP != 0)", sm: "SM_AV", car: "CAR_AV * (SP != 0)" },
        attributes: {
          time: { train: "TRAIN_TT", sm: "SM_TT", car: "CAR_TT" },
          cost: { train: "TRAIN_CO * (GA == 0)", sm: "SM_CO * (GA == 0)", car: "CAR_CO" },
        },
        person: "ID",
      });
      expect([data.situations, data.personCount]).toEqual([6768, 752]);
      expect(counts(data)).toEqual([908, 4090, 1770]);
    });

    it("fishing: long and wide are the same choices", () => {
      const rows = long(real("fishing.csv"), { situation: "id", alternative: "alt", choice: "choice" });
      const columns = wide(real("fishing_wide.csv"), {
        choice: "mode",
        alternatives: rows.labels!,
        attributes: "{attribute}.{alternative}",
      });
      expect(rows.situations).toBe(1182);
      expect(columns.column("price")!.values).toEqual(rows.column("price")!.values);
      expect(columns.column("catch")!.values).toEqual(rows.column("catch")!.values);
      expect(columns.chosen).toEqual(rows.chosen);
    });

    it("electricity: a panel of 361 people", () => {
      const data = long(real("electricity.csv"), {
        situation: "chid",
        alternative: "alt",
        choice: "choice",
        person: "id",
      });
      expect([data.situations, data.personCount, data.labels]).toEqual([4308, 361, ["1", "2", "3", "4"]]);
    });

    it("train: situations are told apart by person and choice together", () => {
      const train = real("train.csv");
      const options = { alternative: "alt", choice: "choice", person: "id" };
      expect(long(train, { ...options, situation: ["id", "choiceid"] }).situations).toBe(2929);
      expect(() => long(train, { ...options, situation: "choiceid" })).toThrow(
        /situation may name several columns|is twice/,
      );
    });
  },
);
