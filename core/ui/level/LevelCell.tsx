import { Gauge } from './Gauge.tsx';
import { LevelWord } from './LevelWord.tsx';
import { type Level, levelSentence } from './level.ts';
import { Pin } from './Pin.tsx';

/** The gauge with its word, and its sentence on hover. */
export function LevelCell({ level }: { level: Level }) {
  return (
    <span className="fb-level" title={levelSentence(level)}>
      <Gauge level={level} />
      <Pin level={level} />
      <LevelWord level={level} />
    </span>
  );
}
