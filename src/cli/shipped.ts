/** Files that come with the package. The sources of the command and the built command lie equally deep in it. */
import { fileURLToPath } from "node:url";

/** The path of `datasets/travel-mode.json`, say. */
export const shipped = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
