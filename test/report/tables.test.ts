import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv } from "../../src/data/csv.ts";
import { cell, Table } from "../../src/data/table.ts";
import { escapeLatex } from "../../src/report/escapeLatex.ts";
import { csv, html, latex, markdown } from "../../src/report/index.ts";

const table = Table.of(
  {
    parameter: ["b_cost", "asc_R&D_50%", "x|y"],
    estimate: [-0.0155, 5.2074, 1.2e-7],
    p: [0.0001, 0.04, 0.195],
    upper: [Number.POSITIVE_INFINITY, 0.5, Number.NaN],
  },
  {
    title: "Estimates of <V>",
    notes: ["lnL = -199.128", "Errors: Hessian"],
    formats: { estimate: 4, p: "p", upper: 2 },
  },
);

test("a table becomes Markdown that is also aligned as text", () => {
  expect(markdown(table)).toBe(
    [
      "**Estimates of \\<V>**",
      "",
      "| parameter   | estimate |      p | upper |",
      "| ----------- | -------: | -----: | ----: |",
      "| b_cost      |  -0.0155 | <0.001 |   inf |",
      "| asc_R&D_50% |   5.2074 |  0.040 |  0.50 |",
      "| x\\|y        |   1.2e-7 |  0.195 |       |",
      "",
      "lnL = -199.128",
      "",
      "Errors: Hessian",
      "",
    ].join("\n"),
  );
});

test("a table becomes LaTeX with the rules of booktabs", () => {
  expect(latex(table, { label: "tab:fit" })).toBe(String.raw`\begin{table}[htbp]
\centering
\caption{Estimates of $<$V$>$}
\label{tab:fit}
\begin{tabular}{@{}lrrr@{}}
\toprule
parameter & estimate & p & upper \\
\midrule
b\_cost & $-0.0155$ & $<0.001$ & $\infty$ \\
asc\_R\&D\_50\% & $5.2074$ & $0.040$ & $0.50$ \\
x$|$y & $1.2 \times 10^{-7}$ & $0.195$ &  \\
\bottomrule
\end{tabular}

\medskip
\begin{minipage}{\linewidth}
\footnotesize\raggedright
lnL = $-$199.128\\
Errors: Hessian
\end{minipage}
\end{table}
`);
});

test("a table becomes HTML with row and column headings, a true minus and no markup of the data", () => {
  const text = html(table, { label: "Table 2." });
  expect(text).toContain("<caption><b>Table 2.</b> Estimates of &lt;V&gt;</caption>");
  expect(text).toContain('<th scope="row">asc_R&amp;D_50%</th>');
  expect(text).toContain(
    '<td class="number">−0.0155</td><td class="number">&lt;0.001</td><td class="number">∞</td>',
  );
  expect(text).toContain("1.2 × 10<sup>−7</sup>");
  expect(text).toContain("<p>lnL = −199.128</p>");
});

test("a table without title, notes or rows has no empty parts", () => {
  const empty = Table.of({ a: [] });
  expect(html(empty)).not.toMatch(/caption|figcaption/);
  expect(latex(empty)).not.toMatch(/caption|minipage/);
  expect(markdown(empty)).toBe("|    a |\n| ---: |\n");
  expect(csv(empty)).toBe("a\r\n");
});

test("CSV keeps all digits, quotes what needs it and leaves missing values empty", () => {
  const data = Table.of({
    "cost, AUD": [1 / 3, Number.NaN, 1e-300],
    name: ['say "hi"', null, "two\nlines"],
  });
  expect(csv(data)).toBe(
    '"cost, AUD",name\r\n0.3333333333333333,"say ""hi"""\r\n,\r\n1e-300,"two\nlines"\r\n',
  );
});

const word = fc
  .stringMatching(/^[a-z ,";|'\n_é<&]{0,8}$/)
  .filter((text) => /[a-z]/.test(text) && text.trim() === text);

test("what is written as CSV is read back as it was", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), word), {
        minLength: 1,
        maxLength: 9,
      }),
      (rows) => {
        const labels = rows.map(([, label]) => (/^(na|nan|null)$/i.test(label) ? "x" : label));
        const written = Table.of({ number: rows.map(([value]) => value), label: labels });
        const back = parseCsv(csv(written), { separator: "," });
        expect(back.names).toEqual(["number", "label"]);
        rows.forEach(([value], row) => {
          expect(cell(back.column("number"), row)).toBe(value + 0);
          expect(cell(back.column("label"), row)).toBe(labels[row]);
        });
      },
    ),
  );
});

test("text for LaTeX has no sign left that LaTeX would act on", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
      const bare = escapeLatex(text).replaceAll(/\\[a-z]+\{\}|\\[{}$&%#_]|\$[<>|]\$/g, "");
      expect(bare).not.toMatch(/[\\{}$&%#_~^]/);
    }),
  );
});

test("Greek letters and the signs of our tables are set in LaTeX mathematics", () => {
  expect(escapeLatex("ρ² ≥ −1 × τ")).toBe("$\\rho$$^{2}$ $\\ge$ $-$1 $\\times$ $\\tau$");
});
