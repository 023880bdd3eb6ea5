/** Columns that are not doubles in memory give the same fits, to the last bit. */
import { describe, expect, test } from "vitest";
import { cases, inDouble, inSingle, numbersOf } from "./storedCases.ts";

describe.each(Object.entries(cases))("a fit of data that are %s", (_, each) => {
  test("has the same bits where numbers are in single precision that holds them", async () => {
    expect(await numbersOf(each, inSingle)).toEqual(await numbersOf(each, inDouble));
  });
});
