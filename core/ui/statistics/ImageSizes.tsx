import type { Sample } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import { modeCounts, type SizeGroup, sizeGroups, ticks } from './imageSizes.ts';

/** Pixels of the drawing. */
const plot = { width: 320, height: 220, left: 44, bottom: 28, top: 8, right: 12 };
const listed = 6;

/** How large the pictures of the sample are, each size a dot as large as it is common, and their modes. */
export function ImageSizes({ images }: { images: NonNullable<Sample['images']> }) {
  const { items, of, read, failed } = images;
  const groups = sizeGroups(items);
  const said =
    read + failed < of
      ? `A sample: ${read.toLocaleString('en-US')} of ${formatCount(of, 'picture')}, chosen by the hash of their paths.`
      : `All ${formatCount(of, 'picture')}.`;
  return (
    <>
      <p className="fb-dim">
        {said}
        {failed > 0 && ` ${formatCount(failed, 'more file')} could not be read as pictures.`}
      </p>
      {groups.length > 0 && (
        <div className="fb-image-sizes">
          <Dots groups={groups} />
          <div>
            <table className="fb-pairs" aria-label="Sizes in pixels">
              <tbody>
                {groups.slice(0, listed).map(({ width, height, count }) => (
                  <tr key={`${width} ${height}`}>
                    <th scope="row" className="fb-number">
                      {width} × {height}
                    </th>
                    <td className="fb-number">{count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {groups.length > listed && <p className="fb-dim">and {groups.length - listed} other sizes</p>}
            <table className="fb-pairs" aria-label="Modes">
              <tbody>
                {modeCounts(items).map(([mode, count]) => (
                  <tr key={mode}>
                    <th scope="row">{mode}</th>
                    <td className="fb-number">{count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </>
  );
}

function Dots({ groups }: { groups: SizeGroup[] }) {
  const across = ticks(Math.max(...groups.map(({ width }) => width)));
  const upwards = ticks(Math.max(...groups.map(({ height }) => height)));
  const most = Math.max(...groups.map(({ count }) => count));
  const { left, bottom, top, right } = plot;
  const x = (value: number) => left + (value / (across.at(-1) ?? 1)) * (plot.width - left - right);
  const y = (value: number) =>
    plot.height - bottom - (value / (upwards.at(-1) ?? 1)) * (plot.height - top - bottom);
  const [common] = groups;
  return (
    <svg
      className="fb-dots"
      viewBox={`0 0 ${plot.width} ${plot.height}`}
      role="img"
      aria-label={`Width and height of the sampled pictures; most are ${common?.width} by ${common?.height} pixels`}
    >
      {across.map((value) => (
        <g key={value}>
          <line x1={x(value)} x2={x(value)} y1={top} y2={plot.height - bottom} />
          <text x={x(value)} y={plot.height - 10} textAnchor="middle">
            {value}
          </text>
        </g>
      ))}
      {upwards.map((value) => (
        <g key={value}>
          <line x1={left} x2={plot.width - right} y1={y(value)} y2={y(value)} />
          <text x={left - 6} y={y(value) + 4} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      {groups.map(({ width, height, count }) => (
        <circle key={`${width} ${height}`} cx={x(width)} cy={y(height)} r={3 + 9 * Math.sqrt(count / most)}>
          <title>{`${width} × ${height} pixels: ${count}`}</title>
        </circle>
      ))}
    </svg>
  );
}
