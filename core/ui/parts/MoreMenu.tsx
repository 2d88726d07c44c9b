import { Icon } from './Icon.tsx';
import { MenuItem } from './MenuItem.tsx';
import { Popover } from './Popover.tsx';

/** What can be done besides, behind three dots: by its words. */
export function MoreMenu({ items }: { items: Readonly<Record<string, () => void>> }) {
  return (
    <Popover label={<Icon name="more" />} title="More">
      {(close) =>
        Object.entries(items).map(([label, act]) => (
          <MenuItem
            key={label}
            label={label}
            onClick={() => {
              close();
              act();
            }}
          />
        ))
      }
    </Popover>
  );
}
