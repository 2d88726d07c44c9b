import type { DiffKind, DiffSummary, Version } from '../../src/api/schemas.ts';
import { formatAge } from '../../src/api/text/moment.ts';
import { formatBytes } from '../../src/api/text/units.ts';
import { datasetView } from '../dataset/datasetView.ts';
import { useHost } from '../host.ts';
import { useLive } from '../live/useLive.ts';
import { type DiffView, diffKinds, signs } from './diffView.ts';
import { signedBytes } from './overview/signedBytes.ts';

/** Versions that are offered; older ones are reached from the dataset's page. */
const offered = 500;

/** Which versions, what changed, and how much; pressing a kind shows only that. */
export function DiffHeader({ view, summary, onChange }: DiffHeaderProps) {
  const { dataset, from, to } = view;
  const { value: known } = useLive(
    ({ versions }) => versions.page(dataset, { limit: offered }),
    ({ kind, subject }) => kind === 'dataset' && subject === dataset,
    [dataset],
  );
  const { open } = useHost();
  const versions = known?.items ?? [];
  const chosen = (view.kinds ?? []) as DiffKind[];
  const toggle = (kind: DiffKind) => {
    const next = chosen.includes(kind) ? chosen.filter((each) => each !== kind) : [...chosen, kind];
    onChange({ kinds: next.length === 0 || next.length === diffKinds.length ? null : next });
  };
  return (
    <div className="fb-diff-header">
      <div className="fb-diff-title">
        <h2 className="fb-cell-text">
          <button
            type="button"
            className="fb-plain fb-diff-name"
            title="Open dataset"
            onClick={() => open(datasetView(dataset))}
          >
            {dataset}
          </button>
        </h2>
        <VersionSelect
          label="Before"
          chosen={from}
          versions={versions}
          onChoose={(version) => onChange({ from: version, path: '' })}
        />
        <span aria-hidden="true">→</span>
        <VersionSelect
          label="After"
          chosen={to}
          versions={versions}
          onChoose={(version) => onChange({ to: version, path: '' })}
        />
        <button
          type="button"
          className="fb-button"
          title="Compare the other way round"
          onClick={() => onChange({ from: to, to: from, path: '' })}
        >
          ⇆ Swap
        </button>
      </div>
      <fieldset className="fb-kinds" aria-label="What changed">
        {diffKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className="fb-kind"
            aria-pressed={chosen.includes(kind)}
            disabled={!summary?.ready}
            title={titleOf(kind, summary)}
            onClick={() => toggle(kind)}
          >
            <span className={`fb-number fb-${kind}`}>
              {signs[kind]}
              {summary?.ready ? summary.counts[kind].toLocaleString('en-US') : '…'}
            </span>{' '}
            {kind}
          </button>
        ))}
        {summary && (
          <span className="fb-dim fb-number fb-diff-size">
            {formatBytes(summary.from.bytes)} → {formatBytes(summary.to.bytes)}
            {summary.from.bytes !== summary.to.bytes &&
              ` (${signedBytes(summary.to.bytes - summary.from.bytes)})`}
          </span>
        )}
      </fieldset>
    </div>
  );
}

function VersionSelect({ label, chosen, versions, onChoose }: VersionSelectProps) {
  const now = Date.now();
  const listed = versions.some(({ version }) => version === chosen);
  return (
    <select
      className="fb-select fb-version-select"
      aria-label={label}
      value={chosen}
      onChange={({ target }) => onChoose(Number(target.value))}
    >
      {!listed && <option value={chosen}>v{chosen}</option>}
      {versions.map(({ version, tags, time, message }) => (
        <option key={version} value={version}>
          {[`v${version}`, ...tags, formatAge(time, now), short(message)].filter(Boolean).join(' · ')}
        </option>
      ))}
    </select>
  );
}

const short = (message: string) => (message.length > 40 ? `${message.slice(0, 39)}…` : message);

function titleOf(kind: DiffKind, summary: DiffSummary | undefined): string {
  if (!summary?.ready) return '';
  const { bytes } = summary;
  const size =
    kind === 'changed'
      ? `${formatBytes(bytes.changed.before)} → ${formatBytes(bytes.changed.after)}`
      : formatBytes(bytes[kind]);
  return `${size} ${kind}. Press to show only these.`;
}

interface VersionSelectProps {
  label: string;
  chosen: number;
  versions: readonly Version[];
  onChoose: (version: number) => void;
}

interface DiffHeaderProps {
  view: DiffView;
  summary: DiffSummary | undefined;
  onChange: (change: Partial<DiffView>) => void;
}
