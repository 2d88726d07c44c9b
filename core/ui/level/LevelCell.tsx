import type { Placement } from '../../src/api/schemas.ts';
import { describeSelection } from '../../src/api/selection.ts';
import { Gauge } from './Gauge.tsx';
import { LevelWord } from './LevelWord.tsx';
import { type Level, levelSentence } from './level.ts';
import { Pin } from './Pin.tsx';

/** The gauge with its word, and its sentence on hover; `parts` are cached where the whole is nowhere. */
export function LevelCell({ level, parts }: { level: Level; parts: readonly Placement[] }) {
  const partial = level.kind === 'lake' ? parts : [];
  const sentences = partial.map(
    ({ cache, selection }) => `A part is on ${cache}${selection ? `: ${describeSelection(selection)}` : ''}`,
  );
  return (
    <span className="fb-level" title={[levelSentence(level), ...sentences].join('\n')}>
      <Gauge level={level} />
      <Pin level={level} />
      <LevelWord level={level} />
      {partial.length > 0 && <span className="fb-word">{partial.length === 1 ? 'a part' : 'parts'}</span>}
    </span>
  );
}
