declare module "svg-to-pdfkit" {
  const draw: (document: unknown, svg: string, x: number, y: number, options?: object) => void;
  export = draw;
}
