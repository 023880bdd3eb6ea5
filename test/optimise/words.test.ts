import { describe, expect, it } from "vitest";
import { describeDirection, list } from "../../src/optimise/words.ts";

const names = ["asc_car", "asc_train", "b_time"];

describe("a flat direction in words", () => {
  it.each([
    [[1, 1, 0], "asc_car and asc_train are not separately identified (only asc_car − asc_train is)"],
    [[1, -1, 0], "asc_car and asc_train are not separately identified (only asc_car + asc_train is)"],
    [[0, 1, 2], "asc_train and b_time are not separately identified (only asc_train − 0.5 b_time is)"],
    [[0, 1e-9, 1], "b_time is not identified: it changes nothing"],
    [[2, 2, 2], "asc_car, asc_train and b_time are not separately identified (only their differences are)"],
    [[1, -3, 2], "asc_car, asc_train and b_time are not separately identified"],
  ])("%s is: %s", (direction, words) =>
    expect(describeDirection(names, Float64Array.from(direction))).toBe(words),
  );

  it("is told in the parameters' own units", () =>
    expect(describeDirection(names, Float64Array.of(0, 1, -1), Float64Array.of(1, 100, 1))).toContain(
      "(only asc_train + 100 b_time is)",
    ));
});

it("lists read as a person would write them", () => {
  expect(list(["a"])).toBe("a");
  expect(list(["a", "b"])).toBe("a and b");
  expect(list(["a", "b", "c"])).toBe("a, b and c");
});
