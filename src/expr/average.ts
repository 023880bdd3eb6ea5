/**
 * Averages over the classes and draws of a mixture, as nodes: with one expression per class, over that class's
 * utilities and over draws, Σ_c Σ_r p a_c(r). In an expectation p is the probability of class and draw; in a
 * posterior, that probability given the person's choices. They are not operators: derivatives are taken inside
 * them, and what evaluates them knows the program.
 */
import { type Expr, intern, Level } from "./node.ts";

const average = (op: string, args: readonly Expr[]): Expr =>
  intern(
    op,
    args,
    args.reduce((level, arg) => level | arg.level, Level.parameters | Level.situation | Level.utility) &
      ~Level.draw,
  );

/** Unconditional mean in one situation. */
export const expectation = (args: readonly Expr[]): Expr => average("expectation", args);
/** Mean given all choices of the person. */
export const posterior = (args: readonly Expr[]): Expr => average("posterior", args);

export const isAverage = ({ op }: Expr): boolean => op === "expectation" || op === "posterior";
