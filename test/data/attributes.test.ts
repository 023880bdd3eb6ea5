import { describe, expect, it } from "vitest";
import { parseCsv, wide } from "../../src/data/index.ts";
import { print } from "../../src/expr/index.ts";

const trips = parseCsv("y,price.car,price.bus,time.car,time.bus,size\ncar,1,2,3,4,9\nbus,5,6,7,8,9\n");
const data = (attributes: Parameters<typeof wide>[1]["attributes"]) =>
  wide(trips, { choice: "y", alternatives: ["car", "bus"], attributes });

describe("attributes in short", () => {
  it("are a pattern for one", () => {
    expect([...data("price.{alternative}").column("price")!.values]).toEqual([1, 2, 5, 6]);
  });

  it("are a list of patterns", () => {
    expect(data(["price.{alternative}", "time.{alternative}"]).attributeNames).toEqual(["price", "time"]);
  });

  it("are all columns of a pattern", () => {
    const all = data("{attribute}.{alternative}");
    expect(all.attributeNames).toEqual(["price", "time"]);
    expect(print(all.resolve("time", 1)!)).toBe("`time.bus`");
  });

  it("are complained about when no column fits", () => {
    expect(() => data("{attribute}_{alternative}")).toThrow(/no column fits the pattern[\s\S]*price\.car/);
    expect(() => data("cost.{alternative}")).toThrow(/no column cost\.car|no column cost/);
  });

  it("may be numbers and formulas", () => {
    const some = data({ x: { car: 0, bus: "`price.bus` * size" } });
    expect([...some.column("x")!.values]).toEqual([0, 18, 0, 54]);
  });

  it("code effects when they are labels", () => {
    const brands = wide(parseCsv("y,brand_a,brand_b\na,x,y\nb,z,x\n"), {
      choice: "y",
      alternatives: ["a", "b"],
      attributes: ["brand_{alternative}"],
      categories: { brand: { coding: "effects", reference: "x" } },
    });
    expect(brands.category("brand")!.columns).toEqual(["brand_y", "brand_z"]);
    expect(Array.from(brands.column("brand_y")!.values, (value) => value + 0)).toEqual([-1, 1, 0, -1]);
  });
});
