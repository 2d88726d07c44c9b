import type { Counts } from '../../src/api/schemas.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';

/** How many files are how large, in ranges that double. */
export function SizeHistogram({ sizes }: { sizes: Counts['sizes'] }) {
  const most = Math.max(1, ...sizes.map(({ files }) => files));
  const every = Math.ceil(sizes.length / 8);
  return (
    <div className="fb-histogram" role="img" aria-label={spoken(sizes)}>
      {sizes.map(({ from, to, files, bytes }, at) => (
        <div
          key={from}
          className="fb-histogram-column"
          title={`${formatBytes(from)} to ${formatBytes(to)}: ${formatCount(files, 'file')}, ${formatBytes(bytes)}`}
        >
          <span
            className="fb-histogram-bar"
            // What is there at all is seen.
            style={{ height: files === 0 ? 0 : `max(2px, ${(files / most) * 100}%)` }}
          />
          <span className="fb-histogram-tick fb-dim fb-number">
            {at % every === 0 ? formatBytes(from) : ''}
          </span>
        </div>
      ))}
    </div>
  );
}

function spoken(sizes: Counts['sizes']): string {
  const [most] = [...sizes].sort((a, b) => b.files - a.files);
  if (!most) return 'No files';
  return `Files by size: most, ${formatCount(most.files, 'file')}, have ${formatBytes(most.from)} to ${formatBytes(most.to)}`;
}
