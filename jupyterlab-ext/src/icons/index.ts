import { LabIcon } from '@jupyterlab/ui-components';

const draw = (name: string, size: number, body: string) =>
  new LabIcon({
    name: `forebay:${name}`,
    svgstr: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}">${body}</svg>`,
  });

/** A basin with its water level: Forebay's sign in the side bar and the palette. */
export const forebayIcon = draw(
  'logo',
  24,
  '<g class="jp-icon3" fill="#616161"><path d="M3 4h2v13.5c0 .8.7 1.5 1.5 1.5h11c.8 0 1.5-.7 1.5-1.5V4h2v13.5a3.5 3.5 0 0 1-3.5 3.5h-11A3.5 3.5 0 0 1 3 17.500Z"/><path d="M6.500 9.700c1.400-1 2.700-1 4 0 1.300.900 2.300.900 3.500 0 1.300-1 2.400-1 3.500-.3V17a.5.5 0 0 1-.5.5H7a.5.5 0 0 1-.5-.5Z"/></g>',
);

/** Water into the basin. */
export const cacheIcon = draw(
  'cache',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M2 6h1.200v6.300c0 .4.3.7.7.7h8.200c.4 0 .7-.3.7-.7V6H14v6.300c0 1.050-.85 1.900-1.900 1.900H3.900A1.900 1.900 0 0 1 2 12.300Z"/><path d="M7.400 1.800h1.200v5.700l1.900-1.900.85.85L8 9.800 4.650 6.450l.85-.85 1.900 1.900Z"/><path d="M4.400 10.600h7.200v1.200H4.400Z"/></g>',
);

/** Water out of the basin. */
export const clearIcon = draw(
  'clear',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M2 6h1.200v6.300c0 .4.3.7.7.7h8.200c.4 0 .7-.3.7-.7V6H14v6.300c0 1.050-.85 1.900-1.900 1.900H3.900A1.900 1.900 0 0 1 2 12.300Z"/><path d="M7.400 9.900h1.200V4.200l1.900 1.900.85-.85L8 1.900 4.650 5.250l.85.85 1.900-1.900Z"/></g>',
);

/** A folder into the basin's lake: a new version. */
export const syncIcon = draw(
  'sync',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M1.500 3h4.700l1.400 1.500h6.900V13h-13Zm1.200 1.200v7.600h10.600V5.700H7.100L5.700 4.200Z" fill-rule="evenodd"/><path d="M7.400 11V8.900l-.9.9-.8-.8L8 6.700l2.300 2.300-.8.800-.9-.9V11Z"/></g>',
);

/** A cell with a plus below the active one. */
export const insertIcon = draw(
  'insert',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M2 2h12v5H2Zm1.200 1.200v2.600h9.600V3.200Z" fill-rule="evenodd"/><path d="M7.400 8.700h1.200v2.200h2.200v1.200H8.600v2.200H7.400v-2.200H5.200v-1.200h2.200Z"/></g>',
);

/** A folder path. */
export const copyPathIcon = draw(
  'copy-path',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M1.500 3h4.700l1.400 1.500h6.900V13h-13Zm1.200 1.200v7.600h10.600V5.700H7.100L5.700 4.200Z" fill-rule="evenodd"/><path d="M8.900 6.700 7.400 10.900H6.200l1.500-4.200Z"/></g>',
);

/** Two sheets. */
export const copyNameIcon = draw(
  'copy-name',
  16,
  '<g class="jp-icon3" fill="#616161" fill-rule="evenodd"><path d="M5 1.500h8.500v10H5Zm1.200 1.200v7.600h6.100V2.700Z"/><path d="M2.500 4.500h1.200v8.800h7v1.200H2.500Z"/></g>',
);

export const pinIcon = draw(
  'pin',
  16,
  '<path class="jp-icon3" fill="#616161" d="M5 1.500h6v1.200l-1 .8v3.300l2 2.200v1.200H8.600V14L8 15l-.6-1v-3.800H4V9l2-2.200V3.500l-1-.8Z"/>',
);

/** A star. */
export const latestIcon = draw(
  'latest',
  16,
  '<path class="jp-icon3" fill="#616161" d="m8 1.500 2 4.250 4.650.6-3.400 3.250.85 4.650L8 12l-4.100 2.250.85-4.650L1.350 6.350 6 5.750Z"/>',
);

/** A flag. */
export const tagIcon = draw(
  'tag',
  16,
  '<path class="jp-icon3" fill="#616161" d="M3.500 1.500H5V2h8l-2 3.500L13 9H5v5.500H3.500Z"/>',
);
