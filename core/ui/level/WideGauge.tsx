export interface WideGaugeProps {
  /** Parts of the whole between 0 and 1; what is left is free. */
  used: number;
  reserved: number;
}

const part = (fraction: number) => `${Math.min(100, Math.max(0, fraction * 100))}%`;

/** The level lying on its side: used full, reserved hatched, free empty. Words stand beside it. */
export function WideGauge({ used, reserved }: WideGaugeProps) {
  return (
    <span className="fb-wide-gauge" aria-hidden="true">
      <span className="fb-wide-gauge-used" style={{ width: part(used) }} />
      <span className="fb-wide-gauge-reserved" style={{ width: part(reserved) }} />
    </span>
  );
}
