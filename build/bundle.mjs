/** Writes one bundle to a folder of dist, with the licences of what is inside. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { licences } from "./packages.mjs";

const root = join(import.meta.dirname, "..");

/** @param entries name → path in src. @param groups which modules share a file, the most wanted first by `priority`. */
export async function writeBundle(folder, { entries, groups, minify, ...options }) {
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, path]) => [name, join(root, "src", path)]),
  );
  // Modules that are loaded when needed may well be in a file that is there already.
  const bundle = await rolldown({ input, checks: { ineffectiveDynamicImport: false }, ...options });
  const target = join(root, "dist", folder);
  rmSync(target, { recursive: true, force: true });
  const { output } = await bundle.write({
    dir: target,
    format: "esm",
    chunkFileNames: "[name].js",
    minify,
    codeSplitting: { groups },
  });
  await bundle.close();
  writeFileSync(join(target, "LICENCES.txt"), licences(output));
}
