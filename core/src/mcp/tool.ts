import { z } from 'zod';
import type { Job } from '../api/schemas.ts';
import type { Client } from '../client/index.ts';

/** What a tool works with while it answers one call. */
export interface Call {
  client: Client;
  /** Aborted when the caller no longer wants the answer. */
  signal: AbortSignal;
  /** Tells the caller how far a job is, where it asked for that. */
  progress: (job: Job) => void;
}

/** A picture to look at, beside the structured answer. */
export interface Picture {
  mimeType: string;
  base64: string;
}

export interface Tool {
  name: string;
  title: string;
  description: string;
  input: z.ZodObject;
  output: z.ZodObject;
  /** What it does to caches; versions themselves are never changed here. */
  effect: 'reads' | 'adds' | 'removes';
  /** Takes what the caller gave, checked; answers a value of `output`. */
  run: (call: Call, input: never) => Promise<{ answer: object; picture?: Picture }>;
}

/** A tool whose function gets what its schema promises, and gives what its schema says. */
export function tool<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(definition: {
  name: string;
  title: string;
  description: string;
  input: Input;
  output: Output;
  effect?: Tool['effect'];
  run: (
    call: Call,
    input: z.output<z.ZodObject<Input>>,
  ) => Promise<z.input<z.ZodObject<Output>> & { picture?: Picture }>;
}): Tool {
  const { input, output, effect = 'reads', run, ...rest } = definition;
  return {
    ...rest,
    effect,
    input: z.strictObject(input),
    output: z.object(output),
    run: async (call, given) => {
      const { picture, ...answer } = await run(call, given);
      return picture ? { answer, picture } : { answer };
    },
  };
}
