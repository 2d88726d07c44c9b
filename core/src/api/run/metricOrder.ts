const validation =
  /^(?:val|valid|validation|eval|test)(?=[_/.])|(?<=[_/.])(?:val|valid|validation|eval|test)$/i;

/** Whether a series was measured on data that the model didn't learn from. */
export const isValidation = (key: string) => validation.test(key);

/** Names of metrics without what machines measured, those that say most first; the epoch alone says nothing. */
export function tellingMetrics(keys: Iterable<string>): string[] {
  return [...keys]
    .filter((key) => !key.startsWith('system/') && key !== 'epoch')
    .sort((a, b) => Number(isValidation(b)) - Number(isValidation(a)) || (a < b ? -1 : 1));
}
