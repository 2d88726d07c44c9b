const pattern = /(^|\/)readme(\.(md|markdown|txt|rst))?$/i;

/** Whether a file says what the folder is that it lies in. */
export const isReadme = (path: string): boolean => pattern.test(path);
