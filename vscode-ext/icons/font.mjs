import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import svg2ttf from 'svg2ttf';
import { SVGIcons2SVGFontStream } from 'svgicons2svgfont';
import ttf2woff from 'ttf2woff';
import { glyphs } from './glyphs.mts';

/** The icon font that package.json's `contributes.icons` names, as WOFF. */
export async function buildFont() {
  const stream = new SVGIcons2SVGFontStream({
    fontName: 'forebay',
    fontHeight: 1600,
    normalize: false,
    log: () => {},
  });
  const svgFont = text(stream);
  for (const [name, [codePoint, path]] of Object.entries(glyphs)) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"><path d="${path}"/></svg>`;
    const glyph = Readable.from([svg]);
    glyph.metadata = { name, unicode: [String.fromCodePoint(codePoint)] };
    stream.write(glyph);
  }
  stream.end();
  return Buffer.from(ttf2woff(svg2ttf(await svgFont, { ts: 0 }).buffer));
}
