import { describe, expect, test } from "vitest";
import { print } from "../../src/expr/index.ts";
import { resolveSpec, type Spec, spec, specificationLatex, specificationText } from "../../src/spec/index.ts";
import { commutes, complaint, profiles, trips } from "./examples.ts";

const modal: Spec = spec({
  parameters: {
    asc_train: 0,
    asc_car: { start: 1, fixed: true },
    b_time: 0,
    b_cost: { start: -0.1, upper: 0 },
  },
  utilities: {
    air: "b_time * time / 60 + b_cost * cost",
    train: "asc_train + b_time * time / 60 + b_cost * cost",
    car: "asc_car + b_time * time / 60 + b_cost * cost",
  },
});

describe("a specification meets its data", () => {
  test("parameters keep their start, bounds and order; constants are told from coefficients", () => {
    const { parameters } = resolveSpec(modal, trips());
    expect(parameters.map(({ name, role }) => `${name} ${role}`)).toEqual([
      "asc_train constant",
      "asc_car constant",
      "b_time coefficient",
      "b_cost coefficient",
    ]);
    expect(parameters[1]).toMatchObject({ start: 1, fixed: true });
    expect(parameters[3]).toMatchObject({
      start: -0.1,
      upper: 0,
      lower: Number.NEGATIVE_INFINITY,
      neutral: 0,
    });
  });

  test("utilities come in the order of the data, whatever the order they were written in", () => {
    const turned = { ...modal, utilities: { car: "0", ...(modal.utilities as object) } } as Spec;
    const { labels, texts } = resolveSpec({ ...turned, parameters: modal.parameters }, trips());
    expect(labels).toEqual(["air", "train", "car"]);
    expect(Object.keys(texts)).toEqual(["air", "train", "car"]);
  });

  test("a shared utility is written out for few labels and runs along the axis without labels", () => {
    const labelled = resolveSpec({ parameters: { b: 0 }, utilities: "b * cost" }, trips());
    expect(labelled.utilities).toHaveLength(3);
    expect(labelled.texts).toEqual({ "each alternative": "b * cost" });
    const ragged = resolveSpec({ parameters: { b: 0 }, utilities: "b * price" }, profiles());
    expect(ragged.labels).toBeNull();
    expect(ragged.utilities).toHaveLength(1);
  });

  test("many labels share one utility along the axis", () => {
    const derive = { id: 'trip * 3 + (mode == "train") + 2 * (mode == "car")' };
    const data = trips({ derive, alternative: "id" });
    expect(data.labels?.length).toBe(270);
    expect(resolveSpec({ parameters: { b: 0 }, utilities: "b * cost" }, data).labels).toBeNull();
  });

  test("an attribute of another alternative may be named", () => {
    const given = { parameters: { b: 0 }, utilities: { air: "b * (cost - cost.car)", train: "0", car: "0" } };
    const [air] = resolveSpec(given, trips()).utilities;
    expect(print(air)).toBe("b * (cost - cost)");
  });

  test("wide attributes are their expressions", () => {
    const given = { parameters: { b: 0 }, utilities: { bus: "b * cost", car: "b * cost" } };
    expect(resolveSpec(given, commutes()).utilities.map(print)).toEqual(["b * c_bus", "b * (c_car / 2)"]);
  });

  test("text columns are compared with labels", () => {
    const given = {
      parameters: { b: 0 },
      utilities: { air: 'b * (region == "north")', train: "0", car: "0" },
    };
    expect(resolveSpec(given, trips()).utilities).toHaveLength(3);
  });

  test("a parameter that has the name of a column is told of, and refused where the text is ambiguous", () => {
    const utilities = (air: string) => ({ air, train: "0", car: "0" });
    expect(resolveSpec({ parameters: { age: 0 }, utilities: utilities("age") }, trips()).notes).toEqual([
      "age is a parameter here, although the data have a column of that name.",
    ]);
    const message = complaint(() =>
      resolveSpec({ parameters: { cost: 0 }, utilities: utilities("cost * cost") }, trips()),
    );
    expect(message).toContain("both a parameter and a column");
    expect(message).toContain("cost.each");
    expect(resolveSpec({ parameters: { cost: 0 }, utilities: "cost * cost.each" }, trips()).notes).toEqual(
      [],
    );
  });
});

describe("a specification that cannot be meant is refused", () => {
  const refused = (change: Partial<Spec>) => complaint(() => resolveSpec({ ...modal, ...change }, trips()));
  const utilities = modal.utilities as Record<string, string>;

  test("a name that is neither parameter nor column", () => {
    const message = refused({ utilities: { ...utilities, air: "b_time * tme" } });
    expect(message).toContain("tme is neither a parameter nor a column");
    expect(message).toContain("did you mean time?");
    expect(message).toContain("where: b_time * tme\n                  ^");
  });

  test("an alternative without a utility", () => {
    const { air, train } = utilities;
    expect(refused({ utilities: { air, train } })).toContain("alternative car has no utility");
  });

  test("a utility for no alternative names the nearest", () => {
    expect(refused({ utilities: { ...utilities, trains: "0" } })).toContain("did you mean train?");
  });

  test("a parameter that no utility uses", () => {
    expect(refused({ parameters: { ...modal.parameters, b_age: 0 } })).toContain(
      "b_age is declared and no utility",
    );
  });

  test("utilities by label for choice sets without labels", () => {
    expect(
      complaint(() => resolveSpec({ parameters: { b: 0 }, utilities: { a: "b" } }, profiles())),
    ).toContain("no labels");
  });

  test.each([
    [{ parameters: { b: { strat: 1 } }, utilities: "b" }, "did you mean start?"],
    [{ parameters: { b: { start: 1, upper: 0 } }, utilities: "b" }, "within its bounds"],
    [{ parameters: { b: Number.NaN }, utilities: "b" }, "finite"],
    [{ parameters: { b: "0" }, utilities: "b" }, "starting value"],
    [{ parameters: { b: 0 }, utilities: { air: 0 } }, 'a utility of zero is "0"'],
    [{ parameters: { b: 0 }, utilites: "b" }, "did you mean utilities?"],
    [{ utilities: "b" }, "declares its parameters"],
    [{ parameters: { b: 0 }, utilities: "b", temperature: { mony: "b" } }, "did you mean money?"],
  ])("%j", (given, says) => {
    expect(complaint(() => spec(given as unknown as Spec))).toContain(says);
  });
});

describe("a specification is printed", () => {
  test("as text, a line per alternative", () => {
    expect(specificationText(resolveSpec("cost | income", trips()))).toBe(
      [
        "V[air]   = cost * cost.air",
        "V[train] = asc_train + cost * cost.train + income_train * income",
        "V[car]   = asc_car + cost * cost.car + income_car * income",
      ].join("\n"),
    );
  });

  test("as LaTeX, with Greek coefficients", () => {
    const lines = specificationLatex(resolveSpec("cost | income", trips())).split("\n");
    expect(lines[0]).toBe("\\begin{aligned}");
    expect(lines[1]).toBe(
      "V_{\\mathrm{air}} &= \\beta_{\\mathrm{cost}} \\cdot \\mathrm{cost}_{\\mathrm{air}} \\\\",
    );
    expect(lines[2]).toContain("\\alpha_{\\mathrm{train}}");
    expect(lines[2]).toContain("\\beta_{\\mathrm{income\\_train}} \\cdot \\mathrm{income}");
  });

  test("Box-Cox stays Box-Cox under renamed coefficients", () => {
    const given = { parameters: { slope: 0, shape: 1 }, utilities: "slope * boxcox(cost, shape)" };
    expect(specificationLatex(resolveSpec(given, trips()))).toContain(
      "\\operatorname{boxcox}\\left(\\mathrm{cost}, \\beta_{\\mathrm{shape}}\\right)",
    );
  });
});
