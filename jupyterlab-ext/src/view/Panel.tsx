import { faceOf } from '../model/face.ts';
import type { KeptState } from '../model/sideBarState.ts';
import { Announcer } from './Announcer.tsx';
import { Browser } from './Browser.tsx';
import { Caches } from './Caches.tsx';
import { Empty, FailureFace, Skeleton } from './Faces.tsx';
import { Header } from './Header.tsx';
import { useSnapshot } from './host.ts';
import { Jobs } from './Jobs.tsx';
import { Runs } from './Runs.tsx';

/** The whole side bar. */
export function Panel({ state }: { state: KeptState }) {
  const snapshot = useSnapshot();
  const face = faceOf(snapshot);
  const failed = face.kind === 'error' || face.kind === 'offline' || face.kind === 'not-allowed';
  const known = face.kind === 'list' || (failed && face.stale);
  return (
    <div className={`fb-panel${failed && face.stale ? ' fb-panel-stale' : ''}`}>
      <Header />
      {failed && <FailureFace {...face} />}
      {face.kind === 'loading' && <Skeleton />}
      {face.kind === 'empty' && <Empty />}
      {known && <Browser snapshot={snapshot} state={state} />}
      {known || face.kind === 'empty' ? (
        <>
          <Caches caches={snapshot.caches} placements={snapshot.placements} />
          <Jobs jobs={snapshot.jobs} />
          <Runs runs={snapshot.runs} />
        </>
      ) : null}
      <Announcer jobs={snapshot.jobs} placements={snapshot.placements} />
    </div>
  );
}
