/**
 * Answers that came too fast to have been read: under a third of the median time. Where to cut is a matter of taste,
 * which is why nobody is left out here. Source: Greszki, Meyer & Schoen (2015), Public Opinion Quarterly 79:471.
 */
import type { Check, Finding } from "./check.ts";
import { range } from "./sets.ts";
import { many, situations } from "./where.ts";

const share = 1 / 3;

export const responseTimes: Check = {
  name: "response times",
  finds: "answers in under a third of the median time",
  stage: "data",
  run({ data, responseTime }) {
    if (responseTime === null) return "no column of response times is declared";
    const column = data.column(responseTime);
    if (!column) return `${responseTime} is not a column of numbers`;
    const time = (s: number): number => column.values[column.addressing === "situation" ? s : data.start[s]];
    const all = range(data.situations);
    const none = all.filter((s) => !(time(s) > 0));
    const sorted = Float64Array.from(
      all.filter((s) => time(s) > 0),
      time,
    ).sort();
    const median = sorted[sorted.length >> 1];
    const fast = all.filter((s) => time(s) > 0 && time(s) < share * median);
    const found: Finding[] = [];
    if (none.length > 0)
      found.push({
        grade: "note",
        says: `${many(none.length, "response time is", "response times are")} missing, zero or negative: ${situations(data, none)}`,
        advice: "look how the time was taken",
      });
    if (fast.length > 0)
      found.push({
        grade: "harms",
        says: `${many(fast.length, "answer")} of ${data.situations} came in less than a third of the median of ${median}: ${situations(data, fast)}`,
        advice: `fit without them as well ("filter": "${responseTime} >= ${Number((share * median).toPrecision(3))}") and report both`,
      });
    return found;
  },
};
