/** Names in a text, written otherwise; everything else stays as the user wrote it. */
import { nameLeaf, print } from "../expr/index.ts";
import { tokens } from "../expr/tokens.ts";

/** `rename` answers the new name and label of a name, or undefined for one that stays. Calls are not names. */
export const rewriteNames = (
  text: string,
  rename: (name: string, label: string) => readonly [name: string, label: string] | undefined,
): string =>
  replaceNames(text, (name, label) => {
    const renamed = rename(name, label);
    return renamed && print(nameLeaf(...renamed));
  });

/** The same with any text in the place of a name. */
export function replaceNames(
  text: string,
  replace: (name: string, label: string) => string | undefined,
): string {
  const words = tokens(text);
  let written = "";
  let done = 0;
  words.forEach((word, i) => {
    if (word.kind !== "name" || words[i + 1].text === "(") return;
    const found = replace(word.text, word.label);
    if (found === undefined) return;
    const end = word.at + text.slice(word.at, words[i + 1].at).trimEnd().length;
    written += text.slice(done, word.at) + found;
    done = end;
  });
  return written + text.slice(done);
}
