/** Writes the simulated datasets into the current directory's folder `datasets`. */
import { writeFileSync } from "node:fs";
import { attitudes, conjoint, rpSp } from "./generate.ts";

writeFileSync("datasets/conjoint.csv", conjoint());
writeFileSync("datasets/rp-sp.csv", rpSp());
writeFileSync("datasets/attitudes.csv", attitudes());
