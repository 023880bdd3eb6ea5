/** Where a utility is not a number under some circumstances: found, and said. */
import type { Prepared } from "../backends/index.ts";
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { Place, utility } from "../expr/index.ts";
import type { Resolved } from "../spec/index.ts";

interface Looked {
  readonly data: ChoiceData;
  readonly resolved: Resolved;
  readonly prepared: Prepared;
}

/** Throws a Complaint that names the first situation and alternative whose utility is not finite. */
export async function refuseUndefined(
  { data, resolved, prepared }: Looked,
  point: Float64Array,
): Promise<never> {
  const { labels } = resolved;
  const leaves = labels ? labels.map((_, j) => utility(j)) : [utility(Place.axis)];
  await prepared.each(leaves, point, ({ from, situations, values }) => {
    for (let s = from; s < from + situations; s++)
      for (let row = data.start[s]; row < data.start[s + 1]; row++) {
        const j = labels ? data.alternative![row] : 0;
        const value = labels ? values[j][s - from] : values[0][row - data.start[from]];
        if (!Number.isFinite(value)) throw undefinedAt(data, s, row, value);
      }
  });
  throw new Complaint("the answer is not a number, although all utilities are", {
    rule: "what is divided by, a share or a marginal utility, is never zero",
  });
}

function undefinedAt(data: ChoiceData, s: number, row: number, value: number): Complaint {
  const name = data.labels ? data.labels[data.alternative![row]] : String(row - data.start[s] + 1);
  return new Complaint(`the utility of ${name} is not a number here`, {
    rule: "a scenario gives every available alternative a finite utility",
    value,
    where: `situation ${data.situationId(s)}`,
  });
}
