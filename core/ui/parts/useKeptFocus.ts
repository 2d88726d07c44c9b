import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';

/** What has the focus may be drawn no more, as a row's *Cache version* once it is cached: then the whole has it. */
export function useKeptFocus(whole: RefObject<HTMLElement | null>) {
  const within = useRef(false);
  useLayoutEffect(() => {
    if (within.current && document.activeElement === document.body) whole.current?.focus();
  });
  return {
    onFocus: () => {
      within.current = true;
    },
    // React tells of no blur where it takes the element away itself.
    onBlur: ({ relatedTarget }: FocusEvent) => {
      within.current = whole.current?.contains(relatedTarget) === true;
    },
  };
}
