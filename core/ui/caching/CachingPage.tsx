import { useEffect, useState } from 'react';
import { cachesView } from '../caches/cachesView.ts';
import { useHost } from '../host.ts';
import { CachingForm } from './CachingForm.tsx';
import type { CachingView } from './cachingView.ts';

/** Caching one version, where the editor shows it as a tab. */
export function CachingPage({ view }: { view: CachingView }) {
  const host = useHost();
  const [round, setRound] = useState(0);
  useEffect(() => host.title(`Cache ${view.of}`), [host, view.of]);
  return (
    <div className="fb-page fb-caching">
      <h2>{`Cache ${view.of}`}</h2>
      <CachingForm
        key={round}
        of={view.of}
        onLeave={() => {
          setRound(round + 1);
          host.open(cachesView);
        }}
      />
    </div>
  );
}
