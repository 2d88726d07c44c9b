import { useEffect, useRef, useState } from 'react';
import type { RunChange } from '../../src/api/schemas.ts';
import { Artifacts } from '../artifact/Artifacts.tsx';
import { useTheme } from '../chart/useTheme.ts';
import { useHost } from '../host.ts';
import { LineageGraph } from '../lineage/LineageGraph.tsx';
import { concernsRun, useLive } from '../live/useLive.ts';
import { type Done, failed } from '../parts/done.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { UndoBar } from '../parts/UndoBar.tsx';
import { changeRuns, type RunVerb } from '../runs/changeRuns.ts';
import { Code } from './Code.tsx';
import { Environment } from './Environment.tsx';
import { Overview } from './Overview.tsx';
import { RunHeader } from './RunHeader.tsx';
import type { RunTab, RunView } from './runView.ts';

const tabs: Record<RunTab, string> = {
  overview: 'Overview',
  artifacts: 'Artifacts',
  code: 'Code',
  environment: 'Environment',
  lineage: 'Lineage',
};

/** One run, as it goes. */
export function RunPage({ view, onChange }: { view: RunView; onChange: (view: RunView) => void }) {
  const host = useHost();
  const { id, tab } = view;
  const { value: run, failure, reload, set } = useLive(({ runs }) => runs.get(id), concernsRun(id), [id]);
  const [done, setDone] = useState<Done | null>(null);
  const page = useRef<HTMLDivElement>(null);
  const dark = useTheme(page)?.dark ?? false;
  const name = run?.name;
  useEffect(() => {
    if (name !== undefined) host.title(name);
  }, [host, name]);
  const say = (error: unknown) => setDone(failed(error));
  const change = (what: RunChange) =>
    host.client.runs.change(id, what).then(
      (changed) => {
        set(changed);
        return true;
      },
      (error: unknown) => {
        say(error);
        return false;
      },
    );
  const act = (verb: RunVerb) => {
    if (run) void changeRuns(host.client, verb, [run], say).then(setDone, say);
  };
  return (
    <div className={`fb-page fb-run-page${failure && run ? ' fb-stale' : ''}`} ref={page}>
      {failure && <FailureFace failure={failure} onRetry={reload} known={run !== undefined} />}
      {!run && !failure && <Skeleton label="Reading the run" />}
      {run && (
        <>
          <RunHeader
            run={run}
            onAct={act}
            onRename={(name) => change({ name })}
            onLink={() => void host.link(view).then(host.copy, say)}
          />
          <Tabs tabs={tabs} chosen={tab} onChoose={(next) => onChange({ ...view, tab: next })} />
          <div className="fb-tab" role="tabpanel" aria-label={tabs[tab]}>
            {tab === 'overview' && <Overview {...{ run, view, dark }} onView={onChange} onChange={change} />}
            {tab === 'artifacts' && <Artifacts id={id} />}
            {tab === 'code' && <Code run={run} />}
            {tab === 'environment' && <Environment run={run} />}
            {tab === 'lineage' && (
              <div className="fb-body">
                <LineageGraph of={id} />
              </div>
            )}
          </div>
        </>
      )}
      {done && <UndoBar done={done} onGone={() => setDone(null)} />}
    </div>
  );
}
