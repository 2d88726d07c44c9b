/** What addresses, tabs and reloads need to know of a kind of page; `V` is what a person can choose on it. */
export interface PageKind<V extends { page: string }> {
  /** A new page as it opens. */
  usual: V;
  /** Which fields say what it is about: views that agree in them share a tab. */
  about: readonly (keyof V & string)[];
  /** Fields with a few possible values, or lists of them. */
  choices?: Partial<Record<keyof V & string, readonly string[]>>;
  /** Fields that are lists of texts; null where nothing was chosen. */
  lists?: readonly (keyof V & string)[];
  /** Greatest values of numbers, which are never below 0. */
  most?: Partial<Record<keyof V & string, number>>;
}

/** What an address says of a field; as usual where that can't be. */
export function readField<V extends { page: string }>(
  kind: PageKind<V>,
  key: keyof V & string,
  said: string | null,
): unknown {
  const usual = kind.usual[key];
  if (key === 'page' || said === null) return usual;
  const isChoice = (word: string) => kind.choices?.[key]?.includes(word) ?? true;
  if (kind.lists?.includes(key)) {
    const words = said.split('\n').filter(Boolean);
    const right = words.filter(isChoice);
    return words.length > 0 && right.length === 0 ? usual : right;
  }
  if (typeof usual === 'boolean') return said === 'true';
  if (typeof usual === 'number') {
    const number = said === '' ? Number.NaN : Number(said);
    return number >= 0 && number <= (kind.most?.[key] ?? Number.MAX_SAFE_INTEGER) ? number : usual;
  }
  return isChoice(said) ? said : usual;
}
