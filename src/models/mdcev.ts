/**
 * Multiple discrete-continuous extreme value (MDCEV): a budget is spread over goods of which some are left out.
 * The utility of x_k units of good k is (γ_k/α_k) ψ_k ((x_k/γ_k + 1)^α_k − 1), and (1/α) ψ x^α for an outside
 * good that everybody consumes. With V_k = ln ψ_k + (α_k − 1) ln(x_k/γ_k + 1) − ln p_k (ln x_k alone for the
 * outside good), c_k = (1 − α_k)/(x_k + γ_k) (γ = 0 there), and M goods consumed,
 *
 *   L = (M − 1)! σ^(1−M) (1/p_1) Π c_i Σ p_i/c_i Π exp(V_i/σ) / (Σ_k exp(V_k/σ))^M,
 *
 * products and the sum over p_i/c_i being over the goods consumed. It is the density of their quantities, all
 * but the first one's (the outside good's), which the budget determines.
 *
 * Source: Bhat (2008), Transportation Research Part B 42:274, equations 19 and 33.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { add, compare, div, type Expr, log, mul, num, select, sub } from "../expr/index.ts";
import { type Alternative, type Alternatives, logSumExp, sumOver } from "./alternatives.ts";
import type { Model, ModelOptions, ModelParameter } from "./model.ts";

/** Which satiation parameters are free: α and γ of the same good are all but the same to the data. */
const profiles = {
  /** γ by good, all α = 0. */
  gamma: { gamma: true, alpha: "none" },
  /** α by good, all γ = 1. */
  alpha: { gamma: false, alpha: "each" },
  /** γ by good and a single α. */
  both: { gamma: true, alpha: "shared" },
} as const;
type Profile = keyof typeof profiles;

export const mdcev: Model = {
  name: "mdcev",
  title: "Multiple discrete-continuous extreme value",
  formula:
    "L = \\frac{(M-1)!}{\\sigma^{M-1} p_1} \\prod_i c_i \\sum_i \\frac{p_i}{c_i} \\frac{\\prod_i \\exp(V_i / \\sigma)}{\\left(\\sum_k \\exp(V_k / \\sigma)\\right)^M}",
  source:
    "Bhat, C. R. (2008), The multiple discrete-continuous extreme value (MDCEV) model, Transportation Research Part B 42:274",
  outcomes: ["amounts"],
  amounts: true,
  takes: ["profile", "outside", "scale"],
  check,
  checkData,
  parameters,
  logLikelihood,
  logProbabilities: () => refuse("choice probabilities"),
  logsum: () => refuse("logsum"),
  example: {
    options: {},
    parameters: { gamma_air: 1.4, gamma_train: 0.8, gamma_bus: 2, gamma_car: 1 },
  },
};

function refuse(what: string): never {
  throw new Complaint(`a model of amounts has no ${what}`, {
    rule: "a budget is spread over several goods, and none of them is the one that is chosen",
    help: "ask for expectedAmounts",
  });
}

function check(options: ModelOptions, labels: readonly string[] | null): void {
  const { profile = "gamma", outside, scale = "fixed" } = options;
  if (!Object.hasOwn(profiles, String(profile)))
    throw new Complaint("there is no such profile of satiation", {
      value: profile,
      rule: "gamma: γ by good, α = 0; alpha: α by good, γ = 1; both: γ by good and one α",
      help: suggest(String(profile), Object.keys(profiles)),
    });
  if (scale !== "fixed" && scale !== "free")
    throw new Complaint("the scale of MDCEV is fixed or free", {
      value: scale,
      rule: "it is identified where prices vary",
    });
  if (outside === undefined || outside === null) return;
  if (!labels)
    throw new Complaint("an outside good needs alternatives with names", {
      help: "name the alternative column",
    });
  if (!labels.includes(String(outside)))
    throw new Complaint("the outside good is not an alternative", {
      value: outside,
      help: suggest(String(outside), labels),
    });
}

/** Everybody consumes some of the outside good. */
function checkData({ outside }: ModelOptions, data: ChoiceData): void {
  const at = data.labels?.indexOf(String(outside)) ?? -1;
  for (let s = 0; at >= 0 && s < data.situations; s++) {
    const row = data.rowAt(s, at);
    if (row >= 0 && data.outcome!.columns.amount[row] > 0) continue;
    throw new Complaint(`none of the outside good is taken in situation ${data.situationId(s)}`, {
      rule: `everybody takes some of ${outside}`,
      where: `line ${data.line(Math.max(row, data.start[s]))}`,
      help: "leave outside out: then every good may be left out",
    });
  }
}

const profileOf = ({ profile = "gamma" }: ModelOptions) => profiles[profile as Profile];

/** Without names the goods share their satiation. */
const nameOf = (stem: string, label: string | null): string => (label === null ? stem : `${stem}_${label}`);

const tiny = 1e-6;

function parameters(options: ModelOptions, labels: readonly string[] | null): ModelParameter[] {
  const { gamma, alpha } = profileOf(options);
  const goods = labels ?? [null];
  const gammas = goods
    .filter((label) => gamma && (label === null || label !== options.outside))
    .map((label) => ({ name: nameOf("gamma", label), start: 1, lower: tiny, upper: Infinity, neutral: 1 }));
  const below = { start: 0, lower: Number.NEGATIVE_INFINITY, upper: 1 - tiny, neutral: 0 };
  const alphas =
    alpha === "none" ? [] : alpha === "shared" ? ["alpha"] : goods.map((label) => nameOf("alpha", label));
  const sigma = { name: "sigma", start: 1, lower: tiny, upper: Infinity, neutral: 1 };
  return [
    ...gammas,
    ...alphas.map((name) => ({ name, ...below })),
    ...(options.scale === "free" ? [sigma] : []),
  ];
}

function logLikelihood(set: Alternatives, parameter: (name: string) => Expr, options: ModelOptions): Expr {
  const sigma = options.scale === "free" ? parameter("sigma") : num(1);
  const goods = set.all.map((item) => goodOf(item, parameter, options));
  const overConsumed = (value: (good: GoodTerms) => Expr): Expr =>
    sumOver(
      set,
      goods.map((good) => select(good.isConsumed, value(good), num(0))),
    );
  const count = overConsumed(() => num(1));
  const V = goods.map((good) => div(good.V, sigma));
  const consumed = overConsumed((good) => add(good.logC, div(good.V, sigma)));
  const jacobian = log(overConsumed(({ price, room, open }) => div(mul(price, room), open)));
  const arrangements = overConsumed(({ order }) => order);
  const scale = mul(sub(count, num(1)), log(sigma));
  const kernel = sub(add(consumed, jacobian), mul(count, logSumExp(set, V)));
  return sub(add(kernel, arrangements), add(scale, basePrice(set, goods, overConsumed, options)));
}

interface GoodTerms {
  readonly isConsumed: Expr;
  readonly price: Expr;
  /** x + γ, or x of the outside good. */
  readonly room: Expr;
  /** 1 − α. */
  readonly open: Expr;
  readonly logC: Expr;
  readonly V: Expr;
  /** ln of how many goods were consumed before it, whose sum is ln (M − 1)!. */
  readonly order: Expr;
  /** 1 at the first good consumed. */
  readonly isFirst: Expr;
}

function goodOf(
  { label, utility, observed }: Alternative,
  parameter: (name: string) => Expr,
  options: ModelOptions,
): GoodTerms {
  const profile = profileOf(options);
  const isOutside = label !== null && label === options.outside;
  const gamma = profile.gamma ? parameter(nameOf("gamma", label)) : num(1);
  const alpha =
    profile.alpha === "none"
      ? num(0)
      : parameter(profile.alpha === "shared" ? "alpha" : nameOf("alpha", label));
  const [amount, price] = [observed("amount"), observed("price")];
  const room = isOutside ? amount : add(amount, gamma);
  const open = sub(num(1), alpha);
  const fullness = isOutside ? log(amount) : log(add(div(amount, gamma), num(1)));
  return {
    isConsumed: compare("gt", amount, num(0)),
    price,
    room,
    open,
    logC: sub(log(open), log(room)),
    V: sub(sub(utility, mul(open, fullness)), log(price)),
    order: observed("order"),
    isFirst: observed("first"),
  };
}

/** The satiation of a good as numbers; γ = 0 is an outside good. */
export interface Good {
  readonly gamma: number;
  readonly alpha: number;
}

/** The satiation of every good at these values of the parameters. */
export function goodsOf(
  labels: readonly string[],
  value: (name: string) => number,
  options: ModelOptions,
): Good[] {
  const { gamma, alpha } = profileOf(options);
  return labels.map((label) => ({
    gamma: label === options.outside ? 0 : gamma ? value(nameOf("gamma", label)) : 1,
    alpha: alpha === "none" ? 0 : value(alpha === "shared" ? "alpha" : nameOf("alpha", label)),
  }));
}

/** ln p of the good whose quantity the budget determines. */
function basePrice(
  set: Alternatives,
  goods: readonly GoodTerms[],
  overConsumed: (value: (good: GoodTerms) => Expr) => Expr,
  { outside }: ModelOptions,
): Expr {
  const at = set.all.findIndex(({ label }) => label !== null && label === outside);
  return at >= 0 ? log(goods[at].price) : overConsumed(({ isFirst, price }) => mul(isFirst, log(price)));
}
