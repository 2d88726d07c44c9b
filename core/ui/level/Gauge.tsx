import type { Level } from './level.ts';

/** Pixels of water in a basin that is 11 high. */
function heightOf(level: Level, partly: boolean): number {
  switch (level.kind) {
    case 'cached':
      return 11;
    case 'filling':
      return Math.max(1, Math.round(level.fraction * 10));
    case 'lake':
      return partly ? 5 : 0;
    default:
      return 0;
  }
}

export interface GaugeProps {
  level: Level;
  /** Something else of the same dataset is cached. */
  partly?: boolean;
}

/** The level: an empty basin, one that fills, a full one, a cracked one. Its row says the same in words. */
export function Gauge({ level, partly = false }: GaugeProps) {
  const height = heightOf(level, partly);
  return (
    <svg
      className={`fb-gauge fb-gauge-${level.kind}`}
      width="12"
      height="16"
      viewBox="0 0 12 16"
      aria-hidden="true"
    >
      <path className="fb-gauge-rim" d="M1 1.500V13a2 2 0 0 0 2 2h6a2 2 0 0 0 2-2V1.500" />
      {height > 0 && (
        <rect className="fb-gauge-water" x="2.500" y={13.5 - height} width="7" height={height} rx="1" />
      )}
      {level.kind === 'failed' && (
        <path className="fb-gauge-crack" d="M7 1 4.500 5.500 7.500 8 5 11.500 6.500 15" />
      )}
      {level.kind === 'clearing' && (
        <path className="fb-gauge-arrow" d="M6 11V4.500M3.500 7 6 4.500 8.500 7" />
      )}
    </svg>
  );
}
