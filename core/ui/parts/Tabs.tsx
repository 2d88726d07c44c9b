import type { KeyboardEvent } from 'react';

/** Arrow keys go from one to the next (WAI-ARIA, tabs). */
export function Tabs<T extends string>({ tabs, chosen, onChoose }: TabsProps<T>) {
  const ids = Object.keys(tabs) as T[];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const at = (ids.indexOf(chosen) + by + ids.length) % ids.length;
    onChoose(ids[at] as T);
    (event.currentTarget.children[at] as HTMLElement).focus();
  };
  return (
    <div className="fb-tabs" role="tablist" onKeyDown={onKeyDown}>
      {ids.map((id) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === chosen}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {tabs[id]}
        </button>
      ))}
    </div>
  );
}

interface TabsProps<T extends string> {
  tabs: Record<T, string>;
  chosen: T;
  onChoose: (id: T) => void;
}
