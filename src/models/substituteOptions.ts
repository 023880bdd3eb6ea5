/** The options of models of substitutes (ofSubstitutes.ts), as rows of modelOptions. */
export const substituteOptions = {
  nests: {
    value: "json",
    says: 'nests of alternatives: {"public": ["train", "bus"]}; objects within make deeper trees',
  },
  lambda: {
    value: "json",
    says: 'shared: one λ for all nests; or the λ that are held: {"public": 0.5}',
  },
  normalisation: {
    value: "kind",
    says: "of a nested logit: utility (default) or nest, which does not divide utilities by λ",
  },
} as const;
