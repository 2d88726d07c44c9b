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

/** What is pinned stays. */
export const pinIcon = draw(
  'pin',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M5 1.500h6v1.200h-.5v3.600l1.600 2.500v.9H8.600v4.800H7.400V9.700H3.900v-.9l1.600-2.500V2.700H5Zm1.700 1.200v4L5.500 8.500h5L9.300 6.700v-4Z" fill-rule="evenodd"/></g>',
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

/** Lines of a chart over its axes: runs. */
export const runsIcon = draw(
  'runs',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M2 2h1.200v10.800H14V14H2Z"/><path d="M4.300 10.300 7 6.500l2.300 2.200 3.700-5 .95.7-4.500 6.100-2.300-2.200-1.900 2.700Z"/></g>',
);

/** One thing of which two others come: lineage. */
export const lineageIcon = draw(
  'lineage',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M4 6.200a1.800 1.800 0 1 1-1 3.300v-3A1.800 1.800 0 0 1 4 6.200ZM12.200 2a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600ZM12.200 10.400a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600Z"/><path d="M5.200 8.600c2.600 0 2.200-4.200 5.400-4.200V3.300c-4.200 0-3.200 4.200-5.400 4.200ZM5.200 8.500c2.200 0 1.200 4.200 5.400 4.200v-1.100c-3.200 0-2.800-4.200-5.400-4.200Z"/></g>',
);

/** Two columns, one further down: what differs. */
export const compareIcon = draw(
  'compare',
  16,
  '<g class="jp-icon3" fill="#616161" fill-rule="evenodd"><path d="M2 2h5v12H2Zm1.200 1.200v9.600h2.600V3.200Z"/><path d="M9 2h5v12H9Zm1.200 1.200v9.600h2.600V3.200Z"/><path d="M3.800 7.400h1.400v1.200H3.800ZM10.800 7.400h.1V6.300h1.200v1.100h.1v1.200h-.1v1.100h-1.200V8.600h-.1Z"/></g>',
);

/** Out of the lake into a folder. */
export const pullIcon = draw(
  'pull',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M1.500 3h4.700l1.400 1.500h6.900V13h-13Zm1.200 1.200v7.600h10.600V5.700H7.100L5.700 4.200Z" fill-rule="evenodd"/><path d="M7.400 6.700h1.200v2.100l.9-.9.800.800L8 11 5.700 8.700l.8-.8.9.9Z"/></g>',
);

/** A new folder. */
export const cloneIcon = draw(
  'clone',
  16,
  '<g class="jp-icon3" fill="#616161"><path d="M1.500 3h4.700l1.400 1.500h6.900V13h-13Zm1.200 1.200v7.600h10.600V5.700H7.100L5.700 4.200Z" fill-rule="evenodd"/><path d="M7.400 6.700h1.200v1.500h1.500v1.200H8.600v1.500H7.400V9.400H5.900V8.200h1.500Z"/></g>',
);
