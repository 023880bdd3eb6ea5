/** logsum convert: a CSV file of any size as an Arrow file that can be fitted from the disk. */
import { Complaint } from "../../complaint/index.ts";
import { convertCsv } from "../../files.node.ts";
import { exitStatus } from "../failure.ts";
import type { Values } from "../flags.ts";

export async function main(paths: readonly string[], { float32 }: Values): Promise<number> {
  if (paths.length !== 2)
    throw new Complaint("convert needs two files", { help: "logsum convert trips.csv trips.arrows" });
  await convertCsv(paths[0], paths[1], { numbers: float32 ? "float32" : "float64" });
  return exitStatus.done;
}
