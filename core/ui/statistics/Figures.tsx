import type { Counts } from '../../src/api/schemas.ts';
import { formatBytes } from '../../src/api/text/units.ts';

/** The answer first: how much there is. */
export function Figures({ counts }: { counts: Counts }) {
  const { files, bytes, folders, links, empty } = counts;
  const all: [string, string][] = [
    [files.toLocaleString('en-US'), 'files'],
    [formatBytes(bytes), 'in all'],
    [folders.toLocaleString('en-US'), folders === 1 ? 'folder' : 'folders'],
    ...(links > 0 ? ([[links.toLocaleString('en-US'), 'links']] as [string, string][]) : []),
    ...(empty > 0 ? ([[empty.toLocaleString('en-US'), 'empty files']] as [string, string][]) : []),
  ];
  return (
    <dl className="fb-figures">
      {all.map(([value, name]) => (
        <div key={name}>
          <dt className="fb-dim">{name}</dt>
          <dd className="fb-number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
