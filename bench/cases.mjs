/** What is measured. Generated cases say their size; the others name a study file, and another number of draws. */
export const cases = [
  { name: "10k × 4 × 8", situations: 10_000, alternatives: 4, parameters: 8, labelled: true },
  { name: "100k × 5 × 20", situations: 100_000, alternatives: 5, parameters: 20, labelled: true },
  { name: "500k × 10 × 10", ...large() },
  { name: "500k × 10 × 10, float32", ...large(), stored: "single" },
  { name: "500k × 10 × 10, on the disk", ...large(), stored: "disk" },
  {
    name: "unlabelled 2k × 1,000 × 4",
    situations: 2_000,
    alternatives: 1_000,
    parameters: 4,
    labelled: false,
  },
  {
    name: "nested 100k × 6 × 4",
    situations: 100_000,
    alternatives: 6,
    parameters: 4,
    labelled: true,
    kernel: "nested",
    options: { nests: { left: ["1", "2", "3"], right: ["4", "5", "6"] } },
  },
  { name: "travel mode, 6", study: "datasets/travel-mode.json" },
  { name: "swissmetro, 4", study: "test/cases/logit_swissmetro4.json" },
  { name: "swissmetro, 14", study: "test/cases/logit_swissmetro14.json" },
  {
    name: "electricity mixed, 6 normals, 100 draws",
    study: "test/cases/mlogit_mxl_electricity_6n_R100.json",
  },
  { name: "electricity mixed, 6 normals, 600 draws", study: "test/cases/xlogit_mxl_electricity_R600.json" },
  { name: "electricity mixed, 6 normals, 1500 draws", study: "test/cases/xlogit_mxl_electricity_R1500.json" },
  {
    name: "electricity mixed, 6 normals, 5000 draws",
    study: "test/cases/xlogit_mxl_electricity_R1500.json",
    draws: 5000,
  },
  { name: "artificial mixed, 3 normals, 1500 draws", study: "bench/artificial.json" },
  { name: "1,000 people × 8 × 4, 5 normals, 200 draws", ...panel(1_000) },
  { name: "5,000 people × 8 × 4, 5 normals, 200 draws", ...panel(5_000) },
];

function large() {
  return { situations: 500_000, alternatives: 10, parameters: 10, labelled: true };
}

/** People who choose eight times among four alternatives. */
function panel(people) {
  return { situations: 8 * people, tasks: 8, alternatives: 4, parameters: 5, labelled: true, draws: 200 };
}
