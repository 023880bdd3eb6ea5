import { expect, test, vi } from "vitest";
import { curves } from "./tables.ts";

vi.mock("vega", () => {
  throw new Error("Vega was loaded");
});

test("a chart is made without loading Vega", async () => {
  const { probabilities, toSvg } = await import("../../src/charts/index.ts");
  const chart = probabilities(curves());
  expect(chart.$schema).toContain("vega-lite");
  await expect(toSvg(chart)).rejects.toThrow();
});
