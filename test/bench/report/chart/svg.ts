export interface Canvas {
  width: number;
  height: number;
  /** What the picture shows, for who can't see it. */
  title: string;
}

/** Readable on light and dark pages alike, also as a picture that takes no colours from its page. */
const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .quiet { fill: #59636e } .strong { font-weight: 600 } .end { text-anchor: end } .middle { text-anchor: middle }
  .grid { stroke: #d1d9e0 } .ours { fill: #0969da } .other { fill: #9aa4ae }
  .line { fill: none; stroke-width: 2 } .dot { stroke: none }
  .c0 { stroke: #0969da; fill: #0969da } .c1 { stroke: #1a7f37; fill: #1a7f37 } .c2 { stroke: #9a6700; fill: #9a6700 }
  .c3 { stroke: #8250df; fill: #8250df } .c4 { stroke: #cf222e; fill: #cf222e } .line { fill: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .quiet { fill: #9198a1 } .grid { stroke: #3d444d }
    .ours { fill: #4493f8 } .other { fill: #656c76 }
    .c0 { stroke: #4493f8; fill: #4493f8 } .c1 { stroke: #3fb950; fill: #3fb950 } .c2 { stroke: #d29922; fill: #d29922 }
    .c3 { stroke: #ab7df8; fill: #ab7df8 } .c4 { stroke: #f85149; fill: #f85149 } .line { fill: none }
  }`;

export function picture({ width, height, title }: Canvas, content: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>${style}
</style>
${content.join('\n')}
</svg>
`;
}

type Attributes = Record<string, string | number>;

export function element(name: string, attributes: Attributes, text?: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(shown(value))}"`);
  return text === undefined
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${escaped(text)}</${name}>`;
}

function shown(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
