import { expect, test } from "vitest";
import { Panel, usualDrawLimits } from "../../src/backends/panel.ts";
import { peopleOf } from "../../src/backends/people.ts";
import type { DrawKind } from "../../src/math/draws/draws.ts";
import { caseOf, worldOf } from "./programs.ts";

const utilities = ["(b + s * z0) * x", "(b + s * z0) * x + c * z1 * y", "d * v"];

test.each(["sobol", "halton"] as const)(
  "draws take 4 MB, and those of one group of people, however many there are: %s",
  (kind: DrawKind) => {
    const world = worldOf(9, { persons: 400 });
    const most = 8 * (usualDrawLimits.residentDoubles + usualDrawLimits.groupDoubles);
    for (const count of [100, 1500, 5000, 20_000]) {
      const { data, program } = caseOf(world, [{ utilities }], { kind, count });
      const panel = new Panel(program, peopleOf(program, data), { rows: [0, 1], within: 0 }, 2);
      const bytes = 16 * panel.drawWords;
      const one = 8 * 2 * count;
      expect(bytes).toBeLessThanOrEqual(most + one);
      expect(bytes).toBeGreaterThanOrEqual(Math.min(400 * one, most / 2));
    }
  },
);
