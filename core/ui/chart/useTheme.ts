import { type RefObject, useLayoutEffect, useState } from 'react';
import { luminance } from './colours.ts';

export interface Theme {
  dark: boolean;
  /** As CSS writes colours: of words on axes, and of grids. */
  dim: string;
  line: string;
  font: string;
}

/** The editor's colours, which a canvas can't take from its style; again when the editor's theme changes. */
export function useTheme(element: RefObject<HTMLElement | null>): Theme | null {
  const [theme, setTheme] = useState<Theme | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const read = () => {
      const next = themeOf(current);
      setTheme((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    read();
    // JupyterLab and VS Code mark the body; JupyterLab's style sheet comes a moment later.
    const observer = new MutationObserver(() => {
      read();
      setTimeout(read, 300);
    });
    observer.observe(document.body, { attributes: true });
    return () => observer.disconnect();
  }, [element]);
  return theme;
}

function themeOf(element: HTMLElement): Theme {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    // Words are light on dark pages, whatever colours the page itself has.
    dark: luminance(style.color) > 0.4,
    dim: colour('--fb-dim'),
    line: colour('--fb-line'),
    font: `11px ${colour('--fb-font')}`,
  };
}
