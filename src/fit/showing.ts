/** A fit prints itself: its estimates and how well they fit, as text or as the tables of a notebook. */
import { bundleOf, showsAs } from "../data/showing.ts";
import type { Fit } from "./result.ts";
import { fitStatistics, summary } from "./tables.ts";

export const showing = (fit: Fit): Fit =>
  showsAs(fit, {
    text: String,
    async notebook() {
      const tables = await Promise.all([summary(fit), fitStatistics(fit)].map(bundleOf));
      return {
        "text/plain": String(fit),
        "text/html": tables.map((table) => table?.["text/html"]).join("\n"),
      };
    },
  });
