/**
 * How wide a text is, without a screen to draw it on: the advance widths of Arimo, which are those of
 * Arial and Helvetica. With them the same chart gets the same layout on every machine.
 * Source: the hmtx table of Arimo Regular, thousandths of the font size.
 */
const groups: readonly (readonly [width: number, characters: string])[] = [
  [191, "'"],
  [222, "ijl"],
  [260, "|"],
  [278, " !,./:;I[\\]ft"],
  [333, "()-`r·²"],
  [334, "{}"],
  [355, '"'],
  [389, "*"],
  [469, "^"],
  [500, "Jckvsxyz"],
  [556, "#$0123456789?L_abdeghnopqu–"],
  [584, "+<=>~−×"],
  [611, "FTZ"],
  [667, "&ABEKPSVXY"],
  [722, "CDHNRUw"],
  [778, "GOQ"],
  [833, "Mm"],
  [889, "%"],
  [944, "W"],
  [1000, "…"],
  [1015, "@"],
];
const widths = new Map(groups.flatMap(([width, characters]) => [...characters].map((each) => [each, width])));
/** Other letters, on the safe side, and the square characters of East Asian scripts. */
const otherwise = (character: string): number => (character >= "\u1100" ? 1000 : 610);
const boldIsWider = 1.07;

/** Width in pixels at this font size. */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let sum = 0;
  for (const character of text.normalize("NFD")) {
    if (!/\p{Mark}/u.test(character)) sum += widths.get(character) ?? otherwise(character);
  }
  return (sum / 1000) * fontSize * (bold ? boldIsWider : 1);
}
