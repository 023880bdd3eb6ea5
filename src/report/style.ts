/** How a page looks: one column of a journal, dark where the reader's screen is, A4 where it is printed. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #1a1a1a; --faint: #5c5c5c; --paper: #ffffff; --tint: #f4f4f2; --line: #d5d5d1; --link: #00558a;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7e6e3; --faint: #a5a39e; --paper: #161718; --tint: #212325; --line: #3b3d40; --link: #7cc0ee; }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 3rem 1.25rem 4rem; max-width: 46rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.55 Charter, "Bitstream Charter", "Source Serif 4", Cambria, Georgia, "DejaVu Serif", serif;
  overflow-wrap: break-word;
}
header { border-bottom: 2px solid var(--ink); padding-bottom: 1rem; margin-bottom: 1.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.6rem 0 .7rem; }
header p, footer, figcaption, nav { color: var(--faint); }
header p { margin: 0; }
p { margin: 0 0 .8rem; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
nav ol { margin: 0; padding: 0; list-style: none; columns: 2; column-gap: 2rem; font-size: .92rem; }
nav li { margin: .12rem 0; break-inside: avoid; }
figure { margin: 1.2rem 0 1.6rem; }
figcaption { font-size: .88rem; line-height: 1.45; margin-top: .5rem; }
figcaption p { margin: 0 0 .2rem; }
figcaption b, caption b { color: var(--ink); font-weight: 600; }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; min-width: 60%; font-size: .9rem; line-height: 1.35;
  font-variant-numeric: tabular-nums lining-nums; border-bottom: 1.5px solid var(--ink); }
caption { text-align: left; padding-bottom: .5rem; font-size: .92rem; }
thead th { border-top: 1.5px solid var(--ink); border-bottom: 1px solid var(--ink); font-weight: 600;
  vertical-align: bottom; }
th, td { padding: .24rem .8rem .24rem 0; text-align: left; font-weight: normal; white-space: nowrap; }
th.number, td.number { text-align: right; padding: .24rem 0 .24rem 1rem; }
tbody tr:hover { background: var(--tint); }
sup { font-size: .72em; line-height: 0; }
figure.chart svg { display: block; max-width: 100%; height: auto; color: var(--ink); }
pre { background: var(--tint); padding: .8rem 1rem; overflow-x: auto; border-radius: 4px; margin: 1rem 0;
  font: .85rem/1.5 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
.formulas { overflow-x: auto; margin: 1rem 0; padding: .2rem 0; }
math { font-size: 1.02rem; }
mtd { padding: .12em .2em; text-align: left; }
mtd.name { text-align: right; }
mtr.first:not(:first-child) > mtd { padding-top: .7em; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
button.sort { font-weight: inherit; text-align: inherit; }
th[aria-sort="ascending"] .sort::after { content: " ↑"; } th[aria-sort="descending"] .sort::after { content: " ↓"; }
.actions { margin: .3rem 0 0; font-size: .78rem; }
.actions button { color: var(--link); margin-right: .9rem; opacity: .75; } .actions button:hover { opacity: 1; text-decoration: underline; }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: .8rem; font-size: .85rem; }
@media (max-width: 34rem) { body { padding-top: 1.5rem; } h1 { font-size: 1.5rem; } nav ol { columns: 1; } }
@page { size: A4; margin: 20mm 18mm; }
@media print {
  :root { --ink: #000; --faint: #333; --paper: #fff; --tint: #f4f4f2; --line: #bbb; --link: #000; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav, .actions { display: none; }
  .scroll, .formulas, pre { overflow: visible; }
  table { font-size: 8.5pt; }
  th, td { padding-right: .5rem; }
  th.number, td.number { padding-left: .6rem; }
  h2 { break-after: avoid; }
  figure, tr, .formulas { break-inside: avoid; }
  thead { display: table-header-group; }
}
`.trim();
