import { Complaint } from "../complaint/index.ts";

/** Throws a Complaint where two columns have one name. @param whereOf the place of two columns, counted from 0. */
export function checkDistinct(
  names: readonly string[],
  whereOf?: (first: number, second: number) => string,
): void {
  const placeOf = new Map<string, number>();
  names.forEach((name, i) => {
    const first = placeOf.get(name);
    if (first !== undefined)
      throw new Complaint(`two columns are called ${name}`, {
        where: whereOf?.(first, i),
        help: "give each column a name of its own",
      });
    placeOf.set(name, i);
  });
}
