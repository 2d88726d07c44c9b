import { Icon, type IconName } from './Icon.tsx';

function Tag({ icon, name, kind = '' }: { icon: IconName; name: string; kind?: string }) {
  return (
    <span className={`fb-tag ${kind}`}>
      <Icon name={icon} filled className="fb-tag-icon" />
      <span className="fb-tag-name">{name}</span>
    </span>
  );
}

/** A version's names: `latest`, which moves by itself, has a star and a ground; those that people gave have a flag. */
export function Tags({ latest, names }: { latest: boolean; names: readonly string[] }) {
  return (
    <span className="fb-tags">
      {latest && <Tag icon="star" name="latest" kind="fb-tag-latest" />}
      {names.map((name) => (
        <Tag key={name} icon="flag" name={name} />
      ))}
    </span>
  );
}
