import { type Level, levelWord } from './level.ts';

export function LevelWord({ level }: { level: Level }) {
  const word = levelWord(level);
  return word === '' ? null : <span className={`fb-word fb-word-${level.kind}`}>{word}</span>;
}
