/** Whether persons matter: the likelihood of a person is a sum over classes or draws. */
import type { Program } from "./program.ts";

export const isMixture = ({ classes, draws }: Program): boolean => classes.length > 1 || draws !== null;
