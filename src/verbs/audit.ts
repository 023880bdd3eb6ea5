/** Whether the model is as good for everybody. */
import type { Control } from "../inference/multiple.ts";
import { listed } from "./listed.ts";
import type { Verb } from "./verb.ts";

export const audit: Verb = {
  name: "audit",
  title: "Subgroup audit",
  question: "Is the model as good for every group, and which term would mend it?",
  options: {
    by: {
      kind: "list",
      help: "columns or expressions whose values make the groups: age,region",
      required: true,
    },
    control: {
      kind: "text",
      help: "how p-values are corrected for the number of tests",
      choices: ["holm", "benjamini-hochberg"],
      default: "holm",
    },
    level: { kind: "number", help: "a group fails where its corrected p is below", default: 0.05 },
    least: { kind: "number", help: "groups of fewer persons are shown but not judged", default: 10 },
    quantiles: { kind: "number", help: "a number with many values is cut into so many parts", default: 4 },
    of: { kind: "text", help: "willingness to pay for this attribute by group, with --per" },
    per: { kind: "text", help: "the attribute that pays" },
  },
  async run(fit, { by, control, level, least, quantiles, of, per }) {
    const { audit: auditOf } = await import("../post/audit/index.ts");
    return auditOf(fit, {
      by: listed(by),
      control: (control ?? "holm") as Control,
      level: Number(level ?? 0.05),
      least: Number(least ?? 10),
      quantiles: Number(quantiles ?? 4),
      ...(of !== undefined && per !== undefined ? { wtp: { of: String(of), per: String(per) } } : {}),
    });
  },
  chart: async (tables, options) => (await import("../charts/index.ts")).subgroups(tables[1], options),
};
