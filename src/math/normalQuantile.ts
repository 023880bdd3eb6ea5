/** The normal quantile belongs to the language (an operator); whoever needs only the number finds it here. */
export { normalQuantile } from "../expr/normalQuantile.ts";
