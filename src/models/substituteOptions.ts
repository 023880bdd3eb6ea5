/** The options of models of substitutes (ofSubstitutes.ts), as rows of modelOptions. */
export const substituteOptions = {
  nests: {
    value: "json",
    says: 'nests of alternatives: {"public": ["train", "bus"]}; objects within make deeper trees, text is a condition on columns',
  },
  lambda: {
    value: "json",
    says: 'shared: one λ for all nests; or the λ that are held: {"public": 0.5}',
  },
  normalisation: {
    value: "kind",
    says: "of a nested logit: utility (default) or nest, which does not divide utilities by λ",
  },
  allocations: {
    value: "json",
    says: 'of alternatives in several nests: equal, {"train": {"a": 0.4, "b": 0.6}} or {"train": "age"}',
  },
  base: {
    value: "alternative",
    says: "alternative whose error has scale 1, or that errors are compared with (default: the first)",
  },
  errors: { value: "kind", says: "of a probit: free (default, any covariance) or independent" },
  considered: {
    value: "json",
    says: 'alternatives that may be overlooked, and what that depends on: {"air": "income"}',
  },
  nodes: { value: "count", says: "nodes of numerical integration" },
} as const;
