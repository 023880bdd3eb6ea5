/** Whether persons matter: the likelihood of a person is a sum over classes or draws. */
import { type Expr, expectation, posterior } from "../expr/index.ts";
import type { Program } from "./program.ts";

type Mixed = Pick<Program, "classes" | "draws">;

export const isMixture = ({ classes, draws }: Mixed): boolean => classes.length > 1 || draws !== null;

/**
 * Whether the terms of the likelihood are persons: not where nothing is shared between a person's situations but
 * draws that are made anew in each. Then ln Lᵢ is the sum over situations of ln Σ_r, which is exact and varies less.
 */
export const isByPerson = ({ classes, draws }: Mixed): boolean =>
  classes.length > 1 ||
  classes.some(({ measured }) => measured) ||
  (draws?.dimensions.some(({ within }) => !within) ?? false);

/** The mean over classes and draws of an expression for each class; the expression itself where there is no mixture. */
export const expectationOf = (program: Mixed, of: (at: number) => Expr): Expr =>
  isMixture(program) ? expectation(program.classes.map((_, c) => of(c))) : of(0);

/** The same given the choices of the person. */
export const posteriorOf = (program: Mixed, of: (at: number) => Expr): Expr =>
  isMixture(program) ? posterior(program.classes.map((_, c) => of(c))) : of(0);
