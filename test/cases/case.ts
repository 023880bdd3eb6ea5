/**
 * Reference cases: a file is a study, the numbers it must reproduce, where they come from, and so how close
 * they must be. Adding a case is adding a file.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { parseCsv } from "../../src/data/csv.ts";
import { loadStudy } from "../../src/study/index.ts";

/** A number; or the digits that were printed, as text. */
export type Expected = number | string;
export type Kind = "hessian" | "robust" | "cluster";

export interface Case {
  readonly source: string;
  /** Who computed the numbers: see `tolerances`. */
  readonly kind: keyof typeof tolerances;
  readonly study: { readonly data: { readonly file: string } };
  readonly expected: {
    readonly logLikelihood?: Expected;
    /** Where another program stopped below the maximum: ours is higher. */
    readonly atLeast?: number;
    readonly nullLogLikelihood?: Expected;
    readonly constantsLogLikelihood?: Expected;
    readonly situations?: number;
    readonly persons?: number;
    readonly parameters?: Readonly<
      Record<
        string,
        /** `opg`: standard error by outer products, to measure estimates by; ours are exact. */
        { readonly estimate: Expected; readonly opg?: number } & Partial<Record<Kind, Expected>>
      >
    >;
    /** Fitted probabilities of the first situations. */
    readonly probabilities?: {
      readonly alternatives: readonly string[];
      readonly first: readonly (readonly number[])[];
    };
    /** Expressions of the parameters. */
    readonly derived?: Readonly<
      Record<string, { readonly estimate: Expected } & Partial<Record<Kind, Expected>>>
    >;
    /** 2 (ln L − ln L of the smaller model). */
    readonly likelihoodRatio?: { readonly against: number; readonly value: Expected };
  };
}

/** How far a number may be off: by its own size, and by its standard error. */
const tolerances = {
  /** An independent Newton solver with a gradient below 1e-8. */
  newton: { value: 1e-6, estimate: 1e-6, perStandardError: 0, standardError: 1e-6 },
  /** R mlogit stops about 1e-5 relative away from the maximum. */
  mlogit: { value: 1e-6, estimate: 1e-4, perStandardError: 1e-3, standardError: 1e-4 },
  /** R ordinal stops where its gradient is below 1e-6. */
  clm: { value: 1e-6, estimate: 1e-6, perStandardError: 1e-6, standardError: 1e-5 },
  /**
   * One unit of the last printed digit, or 1e-6 relative: the printed estimates are Biogeme's, and differ by up
   * to 1.3e-6 from the Newton solver whose numbers stand beside them.
   */
  printed: { value: 1e-6, estimate: 1e-6, perStandardError: 0, standardError: 1e-6 },
};

const folder = import.meta.dirname;

export interface Found {
  readonly name: string;
  readonly file: string;
  /** Whether the data are there. */
  readonly found: boolean;
  readonly case: Case;
}

export const cases: readonly Found[] = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => {
    const read: Case = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const file = join(folder, read.study.data.file);
    return { name: name.replace(".json", ""), file, found: existsSync(file), case: read };
  });

/** The study with its data, ready to be fitted. */
export const loadCase = ({ file, case: { study } }: Found) =>
  loadStudy(study, parseCsv(readFileSync(file, "utf8")));

/** Says what was compared when it fails. */
export function expectClose(
  what: string,
  found: number,
  expected: Expected,
  relative: number,
  absolute = 0,
): void {
  const digit = typeof expected === "string" ? lastDigit(expected) : 0;
  const allowed = Math.max(relative * Math.abs(Number(expected)), absolute, digit);
  const off = Math.abs(found - Number(expected));
  expect(
    off <= allowed,
    `${what}: ${found} where ${expected} was expected (${off} off, ${allowed} allowed)`,
  ).toBe(true);
}

/** One unit of the last printed digit. */
const lastDigit = (text: string): number => 10 ** -(/\.(\d+)$/.exec(text)?.[1].length ?? 0);

export const toleranceOf = ({ kind }: Case) => tolerances[kind];
