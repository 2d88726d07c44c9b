import { useEffect, useState } from 'react';

/** What a value was when it last stood still for so many milliseconds; an empty text counts at once. */
export function useSettled(value: string, wait: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === '') return setSettled('');
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return value === '' ? '' : settled;
}
