import { type RefObject, useLayoutEffect, useState } from 'react';

/** Pixels beyond the window that count as near. */
const near = 200;

/** True from when an element first comes near the part of the page that is in sight. */
export function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useLayoutEffect(() => {
    const { current } = element;
    if (seen || !current) return;
    // What is there at first needn't wait for the observer's first word.
    const { top, height } = current.getBoundingClientRect();
    if (height > 0 && top < window.innerHeight + near) {
      setSeen(true);
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: `${near}px` },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, seen]);
  return seen;
}
