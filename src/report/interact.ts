/**
 * What a reader can do with a report, as the small script that stands in the page: sort a table by a column,
 * copy it as LaTeX, save it as CSV; save a figure as SVG, PNG or PDF. A PDF that the page does not hold is what the
 * browser prints of the figure alone, vectors as well. Without script the page reads the same.
 */
export const interact = `
for (const table of document.querySelectorAll("figure.table")) {
  const rows = table.querySelector("tbody");
  table.querySelectorAll("thead th").forEach((head, column) => {
    const sort = document.createElement("button");
    sort.type = "button";
    sort.className = "sort";
    sort.append(...head.childNodes);
    head.append(sort);
    sort.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.children[column].textContent.replace("\\u2212", "-").trim();
      const order = [...rows.children].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        const [m, n] = [x, y].map((text) => parseFloat(text.replace("<", "")));
        return Number.isNaN(m) || Number.isNaN(n) ? x.localeCompare(y) : m - n;
      });
      rows.append(...(down ? order.reverse() : order));
    });
  });
}
const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const text = (figure, kind) => JSON.parse(figure.querySelector("script." + kind).textContent);
const drawing = (figure) => {
  const copy = figure.querySelector("svg").cloneNode(true);
  copy.removeAttribute("style");
  copy.setAttribute("color", "black");
  return new XMLSerializer().serializeToString(copy);
};
const png = (figure, name) => {
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = 3 * picture.width;
    canvas.height = 3 * picture.height;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, name));
  };
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(drawing(figure));
};
const printed = (figure, name) => {
  const page = document.createElement("iframe");
  page.style.cssText = "position:fixed;width:0;height:0;border:0";
  document.body.append(page);
  const { width, height } = figure.querySelector("svg").viewBox.baseVal;
  const size = "@page { size: " + width + "px " + height + "px; margin: 0 } body { margin: 0 } svg { display: block }";
  page.contentDocument.write("<title>" + name + "</title><style>" + size + "</style>" + drawing(figure));
  page.contentDocument.close();
  page.contentWindow.addEventListener("afterprint", () => page.remove());
  page.contentWindow.print();
};
const actions = {
  "copy LaTeX": (figure, name, button) =>
    navigator.clipboard.writeText(text(figure, "latex")).then(() => {
      button.textContent = "copied";
      setTimeout(() => (button.textContent = "copy LaTeX"), 1500);
    }),
  CSV: (figure, name) => save(new Blob([text(figure, "csv")], { type: "text/csv" }), name + ".csv"),
  SVG: (figure, name) => save(new Blob([drawing(figure)], { type: "image/svg+xml" }), name + ".svg"),
  PNG: (figure, name) => png(figure, name + ".png"),
  PDF: (figure, name) => {
    if (!figure.querySelector("script.pdf")) return printed(figure, name);
    const bytes = Uint8Array.from(atob(text(figure, "pdf")), (letter) => letter.charCodeAt(0));
    save(new Blob([bytes], { type: "application/pdf" }), name + ".pdf");
  },
};
for (const figure of document.querySelectorAll("figure[data-name]")) {
  const bar = document.createElement("p");
  bar.className = "actions";
  for (const kind of figure.dataset.actions.split(",")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind;
    button.addEventListener("click", () => actions[kind](figure, figure.dataset.name, button));
    bar.append(button);
  }
  figure.append(bar);
}
`;
