/** Names and numbers in MathML: upright words, Greek where the literature writes Greek, as latex() does. */
import { escapeHtml } from "./escapeHtml.ts";

const greek: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  lambda: "λ",
  mu: "μ",
  sigma: "σ",
  tau: "τ",
  theta: "θ",
  b: "β",
};

/** b_cost is β with the subscript cost, tau is τ, any other name is a word. */
export function identifier(name: string): string {
  const [head, ...tail] = name.split("_");
  const letter = head === "b" && tail.length === 0 ? undefined : Object.hasOwn(greek, head) && greek[head];
  if (!letter) return word(name);
  return tail.length === 0 ? `<mi>${letter}</mi>` : `<msub><mi>${letter}</mi>${word(tail.join("_"))}</msub>`;
}

/** A name of more than one letter, set upright. */
export const word = (text: string): string => `<mtext>${escapeHtml(text)}</mtext>`;

/** 1e-5 as 10⁻⁵ with its mantissa. */
export function number(value: number): string {
  const [mantissa, power] = String(value).split("e");
  const digits = signed(mantissa);
  if (power === undefined) return digits;
  return `<mrow>${digits}<mo>×</mo><msup><mn>10</mn>${signed(power.replace("+", ""))}</msup></mrow>`;
}

const signed = (text: string): string =>
  text.startsWith("-") ? `<mrow><mo>−</mo><mn>${text.slice(1)}</mn></mrow>` : `<mn>${text}</mn>`;
