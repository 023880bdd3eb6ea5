import { expect, test } from "vitest";
import { long, Table } from "../../src/data/index.ts";
import { fit, logit } from "../../src/fit/index.ts";
import { programFromJson, programToJson } from "../../src/program/index.ts";

test("a program survives JSON as the very same graph", async () => {
  const data = long(
    Table.of({ id: [1, 1, 2, 2, 3, 3], cost: [1, 2, 3, 1, 2, 5], choice: [1, 0, 0, 1, 0, 1] }),
    { situation: "id", choice: "choice" },
  );
  const specification = {
    parameters: { b_cost: -0.1, lambda: { start: 0.5, fixed: true } },
    utilities: "b_cost * boxcox(cost, lambda) + if(cost > 4, 1 / 3, 0)",
  };
  const { program } = (await fit(logit(specification), data)).compiled;
  const back = programFromJson(JSON.parse(JSON.stringify(programToJson(program))));
  expect(back.classes[0].term).toBe(program.classes[0].term);
  expect(back.classes[0].utilities[0]).toBe(program.classes[0].utilities[0]);
  expect({ ...back, classes: [] }).toEqual({ ...program, classes: [] });
});
