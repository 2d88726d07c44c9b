import * as z from 'zod';

/** Who wanted a fill: a person (cache add), a mount, or the hub itself, to heal what was damaged. */
export const Asked = z.enum(['person', 'mount', 'refill']);
export type Asked = z.infer<typeof Asked>;
export type Leaving = 'person' | 'pressure' | 'aged-out' | 'replaced' | 'damaged' | 'detached';

/** Why a placement is being filled or evicted; kept with it, so that it is still known after a restart. */
export const Cause = z.object({
  reason: z.string(),
  /** Under pressure: whose room is made. */
  wanted: z.string().nullable(),
});
export type Cause = z.infer<typeof Cause>;

export function causeOf(row: { cause: string | null }, otherwise: Asked | Leaving): Cause {
  return row.cause === null ? { reason: otherwise, wanted: null } : Cause.parse(JSON.parse(row.cause));
}

export function causeText(reason: Asked | Leaving, wanted: string | null = null): string {
  return JSON.stringify({ reason, wanted } satisfies Cause);
}
