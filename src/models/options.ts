/** What models can be told beside their utilities: one row for every entry of `options` in a study. */
import { substituteOptions } from "./substituteOptions.ts";

export interface ModelOption {
  /** How its value is written on the command line. */
  readonly value: string;
  /** What it means, as a phrase. */
  readonly says: string;
}

export const modelOptions = {
  ...substituteOptions,
  thresholds: {
    value: "text",
    says: "columns that the thresholds of an ordered model depend on: age + income",
  },
  profile: { value: "text", says: "satiation of MDCEV: gamma (default), alpha or both" },
  outside: { value: "text", says: "the good of MDCEV that everybody consumes" },
  scale: { value: "text", says: "the scale of MDCEV: fixed (default), or free where prices vary" },
} as const satisfies Record<string, ModelOption>;

export type OptionName = keyof typeof modelOptions;
