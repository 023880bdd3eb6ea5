/**
 * The code blocks of a Markdown file: what stands between fences, its language, and the output that the
 * next block claims. ```ts throws``` is code that is refused, ```ts sketch``` and ```sh sketch``` are not run.
 */
import { readFileSync } from "node:fs";

export interface Block {
  readonly language: string;
  /** What stands after the language: "throws", "sketch". */
  readonly word: string;
  readonly code: string;
  /** Line of the opening fence. */
  readonly line: number;
  /** The text block that follows directly, if one does: what the code prints. */
  readonly output: Output | null;
}

export interface Output {
  readonly text: string;
  /** Lines of its two fences, counted from 0. */
  readonly from: number;
  readonly to: number;
}

const fence = /^```(\w*)\s*(\w*)\s*$/;

export function blocksOf(path: string): Block[] {
  const lines = readFileSync(path, "utf8").split("\n");
  const blocks: (Omit<Block, "output"> & { readonly end: number; output: Output | null })[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = fence.exec(lines[at]);
    if (!opening) continue;
    const end = lines.indexOf("```", at + 1);
    if (end < 0) throw new Error(`${path}: the block of line ${at + 1} is never closed`);
    const code = lines.slice(at + 1, end).join("\n");
    const before = blocks.at(-1);
    const follows = before && !before.output && lines.slice(before.end + 1, at).every((line) => line === "");
    if (opening[1] === "text" && follows) before.output = { text: code, from: at, to: end };
    else blocks.push({ language: opening[1], word: opening[2], code, line: at + 1, end, output: null });
    at = end;
  }
  return blocks;
}
