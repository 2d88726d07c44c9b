import type { Version } from '../../src/api/schemas.ts';

/** Which version a tab is about. */
export function VersionChoice({ versions, version, onChoose }: VersionChoiceProps) {
  const known = versions.some((each) => each.version === version);
  return (
    <select
      className="fb-select"
      aria-label="Version"
      value={version}
      onChange={({ target }) => onChoose(Number(target.value))}
    >
      {!known && <option value={version}>v{version}</option>}
      {versions.map(({ version, tags }, index) => (
        <option key={version} value={version}>
          {[`v${version}`, ...(index === 0 ? ['latest'] : []), ...tags].join(', ')}
        </option>
      ))}
    </select>
  );
}

interface VersionChoiceProps {
  versions: readonly Version[];
  version: number;
  onChoose: (version: number) => void;
}
