import { useEffect } from 'react';
import { useHost } from '../host.ts';
import { LineageGraph } from './LineageGraph.tsx';
import type { LineageView } from './lineageView.ts';

/** The lineage of a version. */
export function LineagePage({ view: { of } }: { view: LineageView }) {
  const host = useHost();
  useEffect(() => host.title(`Lineage of ${of}`), [host, of]);
  return (
    <div className="fb-page fb-body">
      <h2>Lineage of {of}</h2>
      <LineageGraph of={of} />
    </div>
  );
}
