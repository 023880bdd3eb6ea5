/** Questions whose answers are estimates, one row each, all with the same options for their intervals. */
import { Complaint } from "../complaint/index.ts";
import type { Table } from "../data/index.ts";
import type { Fit } from "../fit/index.ts";
import type { IntervalOptions } from "../post/index.ts";
import { intervalOptions, intervalsOf } from "./intervals.ts";
import { listed } from "./listed.ts";
import type { Verb, VerbOption, VerbValues } from "./verb.ts";

const charts = () => import("../charts/index.ts");

const of: VerbOption = {
  kind: "text",
  help: "the attribute that changes: cost, or cost.car",
  required: true,
};
const scenario: VerbOption = { kind: "list", help: '"cost.car=cost * 1.2"' };

type Post = typeof import("../post/index.ts");

interface Row extends Omit<Verb, "run"> {
  ask(post: Post, fit: Fit, values: VerbValues, intervals: IntervalOptions): Promise<Table>;
}

const rows: readonly Row[] = [
  {
    name: "shares",
    title: "Shares",
    question: "Which shares are observed, and which predicted, also under a scenario?",
    options: { scenario },
    ask: (post, fit, values, intervals) => {
      const given = scenarioOf(values);
      return post.shares(fit, { ...intervals, ...(given ? { scenario: given } : {}) });
    },
    chart: async ([table], options) => (await charts()).shares(table, options),
  },
  {
    name: "elasticities",
    title: "Elasticities",
    question: "By how many per cent do the shares change for one per cent more of an attribute?",
    options: { of },
    ask: (post, fit, values, intervals) => post.elasticities(fit, { ...intervals, of: String(values.of) }),
    chart: async ([table], options) => (await charts()).elasticities(table, options),
  },
  {
    name: "effects",
    title: "Marginal effects",
    question: "By how much do the shares change for one unit more of an attribute?",
    options: { of },
    ask: (post, fit, values, intervals) => post.marginalEffects(fit, { ...intervals, of: String(values.of) }),
  },
  {
    name: "diversion",
    title: "Diversion ratios",
    question: "Where do the choices go that an alternative loses?",
    options: { of: { kind: "text", help: "the attribute that becomes worse (default: utility itself)" } },
    ask: (post, fit, values, intervals) =>
      post.diversion(fit, { ...intervals, ...(values.of === undefined ? {} : { of: String(values.of) }) }),
    chart: async ([table], options) => (await charts()).diversion(table, options),
  },
  {
    name: "wtp",
    title: "Willingness to pay",
    question: "What is paid, in one attribute, for one unit more of another?",
    options: {
      of: { kind: "list", help: "what is valued: time", required: true },
      per: { kind: "text", help: "what is paid: cost", required: true },
    },
    ask: (post, fit, values, intervals) => {
      const valued = listed(values.of);
      const options = { ...intervals, per: String(values.per) };
      return post.wtp(fit, { ...options, of: valued.length === 1 ? valued[0] : valued });
    },
  },
  {
    name: "surplus",
    title: "Consumer surplus",
    question: "What is a scenario worth to those who choose?",
    options: {
      scenario: { ...scenario, required: true },
      per: { kind: "text", help: "what is paid: cost", required: true },
    },
    ask: (post, fit, values, intervals) =>
      post.surplus(fit, { ...intervals, scenario: scenarioOf(values) ?? {}, per: String(values.per) }),
  },
  {
    name: "class-shares",
    title: "Class shares",
    question: "How large are the latent classes?",
    options: {},
    ask: (post, fit, _, intervals) => post.classShares(fit, intervals),
  },
  {
    name: "derived",
    title: "Derived quantities",
    question: "What is an expression of the parameters, and how sure is it?",
    options: {
      that: { kind: "list", help: '"b_time / b_cost", or "vot=60 * b_time / b_cost"', required: true },
    },
    ask: (post, fit, values, intervals) => post.derived(fit, namedOf(values.that), intervals),
  },
];

/** name=expression, by the first single equals sign. */
function scenarioOf({ scenario: given }: VerbValues): Record<string, string> | undefined {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    ([given].flat() as string[]).map((text) => {
      const at = /(?<![=!<>])=(?!=)/.exec(text)?.index ?? -1;
      if (at <= 0) throw new Complaint("a scenario is written name=value", { value: text });
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}

function namedOf(given: VerbValues[string]): Record<string, string> {
  return Object.fromEntries(
    ([given].flat() as string[]).map((text) => {
      const match = /^\s*([^=<>!()]+?)\s*=(?!=)\s*(.+)$/.exec(text);
      return match ? [match[1], match[2]] : [text, text];
    }),
  );
}

export const answers: Readonly<Record<string, Verb>> = Object.fromEntries(
  rows.map(({ ask, ...row }) => [
    row.name,
    {
      ...row,
      options: { ...row.options, ...intervalOptions },
      run: async (fit, values, around) => {
        const post = await import("../post/index.ts");
        return [await ask(post, fit, values, await intervalsOf(fit, values, around))];
      },
    } satisfies Verb,
  ]),
);
