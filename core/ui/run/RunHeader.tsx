import { useState } from 'react';
import { archiveTag, codeTag, starTag } from '../../src/api/run/runTags.ts';
import { isBlock, runDataName } from '../../src/api/run/runText.ts';
import { withoutSecrets } from '../../src/api/run/withoutSecrets.ts';
import type { Run } from '../../src/api/schemas.ts';
import { formatMoment } from '../../src/api/text/moment.ts';
import { formatDuration } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { Gauge } from '../level/Gauge.tsx';
import { LevelCell } from '../level/LevelCell.tsx';
import { levelSentence } from '../level/level.ts';
import { Pin } from '../level/Pin.tsx';
import { type Places, usePlaces } from '../level/usePlaces.ts';
import { useNow } from '../live/useNow.ts';
import { GlyphButton } from '../parts/GlyphButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { MoreMenu } from '../parts/MoreMenu.tsx';
import { StateIcon } from '../parts/StateIcon.tsx';
import type { RunVerb } from '../runs/changeRuns.ts';
import { secondsOf } from '../runs/columns.ts';
import { tableView } from '../runs/runsView.ts';

/** What it is, how it went, on which data, code and machine; and what can be done with it. */
export function RunHeader({ run, onAct, onRename, onLink }: RunHeaderProps) {
  const host = useHost();
  useNow(run.state === 'running' ? 1000 : null);
  const [name, setName] = useState<string | null>(null);
  const starred = run.tags[starTag] === 'true';
  const archived = run.tags[archiveTag] === 'true';
  const rename = async () => {
    if (name === null) return;
    const wanted = name.trim();
    if (wanted === '' || wanted === run.name || (await onRename(wanted))) setName(null);
  };
  return (
    <div className="fb-run-header">
      <div className="fb-run-title">
        <StateIcon state={run.state} />
        {name === null ? (
          <>
            <h2 className="fb-cell-text" title={run.name}>
              {run.name}
            </h2>
            <GlyphButton
              icon="edit"
              label="Rename"
              disabled={run.deleted}
              onClick={() => setName(run.name)}
            />
          </>
        ) : (
          <input
            className="fb-input"
            // biome-ignore lint/a11y/noAutofocus: it takes the place of what was pressed
            autoFocus
            maxLength={250}
            value={name}
            aria-label="Name of the run"
            onChange={({ target }) => setName(target.value)}
            onBlur={() => void rename()}
            onKeyDown={({ key, nativeEvent }) => {
              if (key === 'Enter' && !nativeEvent.isComposing) void rename();
              if (key === 'Escape') setName(null);
            }}
          />
        )}
        <GlyphButton
          icon="star"
          label={starred ? 'Take star away' : 'Star'}
          pressed={starred}
          onClick={() => onAct(starred ? 'unstar' : 'star')}
        />
        <span className="fb-push" />
        {run.command && !isBlock(run) && (
          <button
            type="button"
            className="fb-button"
            title="Runs it again on the same data, code and packages, and compares the metrics"
            onClick={() => host.terminal(`forebay reproduce ${run.id}`)}
          >
            Reproduce run
          </button>
        )}
        <MoreMenu
          items={{
            'Copy link': onLink,
            'Copy id': () => host.copy(run.id),
            'All runs of its experiment': () => host.open({ ...tableView, experiment: run.experiment.name }),
            [archived ? 'Take from archive' : 'Archive']: () => onAct(archived ? 'unarchive' : 'archive'),
            [run.deleted ? 'Restore' : 'Delete']: () => onAct(run.deleted ? 'restore' : 'delete'),
          }}
        />
      </div>
      {run.deleted && <p className="fb-problem">Deleted. It can be restored.</p>}
      <Facts run={run} />
    </div>
  );
}

function Facts({ run }: { run: Run }) {
  const places = usePlaces();
  const commit = run.tags[codeTag.commit];
  const branch = run.tags[codeTag.branch];
  const changed = Number(run.tags[codeTag.changed] ?? 0);
  const command = withoutSecrets(run.command ?? []).join(' ');
  const state =
    run.exitCode === null || run.exitCode === 0 ? run.state : `${run.state}, exit code ${run.exitCode}`;
  return (
    <dl className="fb-facts">
      <Fact name="State">{state}</Fact>
      {run.datasets.map((data) => (
        <Fact key={`${data.name} ${data.digest}`} name="Data">
          <RunData data={data} places={places} />
        </Fact>
      ))}
      {commit && (
        <Fact name="Code">
          <span title={commit}>
            {commit.slice(0, 10)}
            {branch === undefined ? '' : ` on ${branch}`}
            {changed > 0 ? ` and ${changed} changed file${changed === 1 ? '' : 's'}` : ''}
          </span>
        </Fact>
      )}
      {run.host && <Fact name="Compute">{run.host}</Fact>}
      <Fact name={run.ended === null ? 'Running for' : 'Took'}>
        <span className="fb-number" title={formatMoment(run.started)}>
          {formatDuration(secondsOf(run))}
        </span>
      </Fact>
      <Fact name="Started">
        <span className="fb-number">{formatMoment(run.started)}</span> by {run.user}
      </Fact>
      <Fact name="Experiment">{run.experiment.name}</Fact>
      {run.command && (
        <Fact name="Command">
          {/* Where the program lies says little beside what it was told. */}
          <code title={command}>{command.replace(/^\S*\//, '')}</code>
        </Fact>
      )}
    </dl>
  );
}

/** A version that it read, how full that is by now, and the cache that it came from then. */
function RunData({ data, places }: { data: Run['datasets'][number]; places: Places }) {
  const { name, version, digest, cache } = data;
  const level = version === null ? null : places.levelOf(name, version);
  // Its word would be said twice.
  const stillThere = level?.kind === 'cached' && level.placement.cache === cache;
  return (
    <>
      <span title={digest}>
        <Icon name="dataset" /> {runDataName(data)}
      </span>
      {level && stillThere && (
        <span className="fb-level" role="img" aria-label={levelSentence(level)} title={levelSentence(level)}>
          <Gauge level={level} />
          <Pin level={level} />
        </span>
      )}
      {level && version !== null && !stillThere && (
        <LevelCell level={level} parts={places.partsOf(name, version)} />
      )}
      {cache !== null && ` from cache ${cache}`}
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface RunHeaderProps {
  run: Run;
  onAct: (verb: RunVerb) => void;
  /** False where it could not be kept, which was said. */
  onRename: (name: string) => Promise<boolean>;
  onLink: () => void;
}
