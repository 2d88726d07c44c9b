declare const FOREBAY_BUNDLED: boolean | undefined;

/** The program's first file, which its daemon and threads run too. A bundle's files lie in one folder. */
export const entry = new URL(
  typeof FOREBAY_BUNDLED === 'undefined' ? './main.ts' : './forebay.mjs',
  import.meta.url,
);
