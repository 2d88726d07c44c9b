// The level, drawn once for every list: a tank seen from the side, 16 units square, 1 unit walls.
// Outer outlines run clockwise and holes counter-clockwise, as fonts fill (non-zero winding).

const box = (x0: number, y0: number, x1: number, y1: number) => `M${x0} ${y0}H${x1}V${y1}H${x0}Z`;
const hole = (x0: number, y0: number, x1: number, y1: number) => `M${x0} ${y0}V${y1}H${x1}V${y0}Z`;
const rounded = (x0: number, y0: number, x1: number, y1: number, r: number) =>
  `M${x0 + r} ${y0}H${x1 - r}L${x1} ${y0 + r}V${y1 - r}L${x1 - r} ${y1}H${x0 + r}L${x0} ${y1 - r}V${y0 + r}Z`;

const tank = rounded(3, 2, 13, 14, 1) + hole(4, 3, 12, 13);
const water = (percent: number) => box(5, 12 - (8 * percent) / 100, 11, 12);
const pinHead = rounded(9, 0, 16, 7, 2) + hole(10, 1.4, 14.6, 5.6) + rounded(11, 2, 14, 5, 1);
const tankBelowPin = 'M4 2H8V3H4V13H12V8H13V13L12 14H4L3 13V3Z';
const crack = 'M8.6 3L6.2 7.4L8.6 8.6L6.6 13H8L10.6 8L8.2 6.8L10.2 3Z';

const store = rounded(1, 4, 15, 12, 1) + hole(2, 5, 14, 11);
const used = (percent: number) => box(3, 6, 3 + (10 * percent) / 100, 10);

/** Icon id -> [code point, path, what it says]. The ids, code points and words stand in package.json too. */
export const glyphs: Record<string, [codePoint: number, path: string, says: string]> = {
  'forebay-level-empty': [0xe001, tank, 'In the lake only'],
  'forebay-level-10': [0xe002, tank + water(12), 'Filling'],
  'forebay-level-30': [0xe003, tank + water(32), 'Filling'],
  'forebay-level-50': [0xe004, tank + water(50), 'Filling'],
  'forebay-level-70': [0xe005, tank + water(70), 'Filling'],
  'forebay-level-90': [0xe006, tank + water(88), 'Filling'],
  'forebay-level-full': [0xe007, tank + water(100), 'Cached'],
  'forebay-level-pinned': [0xe008, `${tankBelowPin}${box(5, 8, 11, 12)}${pinHead}`, 'Cached and kept'],
  'forebay-level-cracked': [0xe009, tank + crack, 'Failed'],
  'forebay-level-part': [0xe00a, tank + box(5, 4, 7.5, 12), 'Cached in part'],
  'forebay-store-0': [0xe011, store, 'Cache, empty'],
  'forebay-store-20': [0xe012, store + used(20), 'Cache, a fifth used'],
  'forebay-store-40': [0xe013, store + used(40), 'Cache, two fifths used'],
  'forebay-store-60': [0xe014, store + used(60), 'Cache, three fifths used'],
  'forebay-store-80': [0xe015, store + used(80), 'Cache, four fifths used'],
  'forebay-store-100': [0xe016, store + used(100), 'Cache, full'],
};
