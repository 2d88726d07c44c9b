/** What a record itself holds under a key that anybody chose: `constructor` and `__proto__` are names like others. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
