/** Drawn on 16 by 16 with a line of 1.3, in the colour of the text beside it. */
const paths = {
  close: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3L14 14',
  star: 'M8 2.2l1.8 3.7 4 .5-3 2.8.8 4L8 11.2l-3.6 2 .8-4-3-2.8 4-.5z',
  up: 'M4 9.5l4-4 4 4',
  down: 'M4 6.5l4 4 4-4',
  right: 'M6.5 4l4 4-4 4',
  cache: 'M3 7.500V12.500a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V7.500M8 2v6.500M5.300 6L8 8.700 10.700 6',
  clear: 'M3 7.500V12.500a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V7.500M8 9V2.300M5.300 5L8 2.300 10.700 5',
  insert: 'M2.500 2.500h11v4h-11zM8 9v5M5.500 11.500h5',
  flag: 'M4 14V2.2h8.500l-2 3.300 2 3.300H4',
  copy: 'M5.500 5.500h7.500v8H5.500zM10.500 5.500V2.500H3v8h2.500',
  retry: 'M13.200 8A5.200 5.200 0 1 1 11.600 4.200L13.200 5.800M13.200 2.500v3.300H9.900',
  check: 'M3 8.500l3.200 3.200L13 4.800',
  warn: 'M8 2.200L14.200 13.300H1.800zM8 6.500v3.300M8 11.600h.01',
  minus: 'M4 8h8',
  pin: 'M5.2 2h5.600M6 2.300V6.500L4.300 9.100h7.400L10 6.500V2.300M8 9.300V14.500',
  edit: 'M3 13l.6-2.9 7.2-7.2 2.3 2.3-7.2 7.2zM9.4 4.3l2.3 2.3',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  finished: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.4 8.2l1.9 1.9 3.4-3.9',
  failed: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6 6l4 4M10 6l-4 4',
  running: 'M8 2a6 6 0 1 1-5.6 3.8',
  scheduled: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6',
  killed: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM3.9 12.1l8.2-8.2',
  lost: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1.1M8 11.4h.01',
  model: 'M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.100V4.900zM2.600 4.900L8 8l5.400-3.100M8 8v6.200',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  image: 'M2.500 3h11v10h-11zM2.500 11l3-3.500 2.500 2.500 2-2 3.500 3.500M10.500 6h.01',
  list: 'M2.500 4h.01M5.500 4h8M2.500 8h.01M5.500 8h8M2.500 12h.01M5.500 12h8',
  tiles:
    'M2.500 2.500h4.500v4.500h-4.500zM9 2.500h4.500v4.500h-4.500zM2.500 9h4.500v4.500h-4.500zM9 9h4.500v4.500h-4.500z',
  notebook: 'M4 2h9v12H4zM6.500 2v12M2.500 5h3M2.500 8h3M2.500 11h3M8.500 5h2.500',
  folder: 'M2 4h4l1.5 1.5H14V13H2z',
  dataset:
    'M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2zM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2',
} as const;

export type IconName = keyof typeof paths;

/** Beside words that say the same; alone, its button has the name. */
export function Icon({ name, filled = false, className = '' }: IconProps) {
  return (
    <svg className={`fb-glyph ${className}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} fill={filled ? 'currentColor' : 'none'} />
    </svg>
  );
}

interface IconProps {
  name: IconName;
  filled?: boolean;
  className?: string;
}
