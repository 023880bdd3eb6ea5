/** The packages whose code is inside bundles, and their licences, which have to go where the code goes. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folderOf = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** One text with the licence of every package that modules of these chunks come from. */
export function licences(chunks) {
  const folders = chunks.flatMap(({ moduleIds = [] }) => moduleIds.map((id) => folderOf.exec(id)?.[0]));
  const found = [...new Set(folders)].filter((folder) => folder && existsSync(join(folder, "package.json")));
  return found.sort().map(licence).join("\n\n");
}

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${text}\n`;
}
