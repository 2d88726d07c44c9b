/** This program's version; a test keeps it equal to package.json's, which a bundle doesn't carry. */
export const programVersion = '0.1.0';
/** The API's range that this program speaks; see `hello`. */
export const apiVersion = { min: 1, max: 1 } as const;
/** The database's schema; a daemon never opens a newer one. */
export const schemaVersion = 3;
