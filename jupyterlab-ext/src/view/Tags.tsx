import type { LabIcon } from '@jupyterlab/ui-components';
import { latestIcon, tagIcon } from '../icons/index.ts';

function Tag({ icon, name, kind = '' }: { icon: LabIcon; name: string; kind?: string }) {
  return (
    <span className={`fb-tag ${kind}`}>
      <icon.react tag="span" className="fb-icon fb-tag-icon" />
      <span className="fb-tag-name">{name}</span>
    </span>
  );
}

/** A version's names: `latest`, which moves by itself, has a star and a ground; those that people gave have a flag. */
export function Tags({ latest, names }: { latest: boolean; names: readonly string[] }) {
  return (
    <span className="fb-tags">
      {latest && <Tag icon={latestIcon} name="latest" kind="fb-tag-latest" />}
      {names.map((name) => (
        <Tag key={name} icon={tagIcon} name={name} />
      ))}
    </span>
  );
}
