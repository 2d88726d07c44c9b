import { z } from 'zod';

/** Fields that several tools take, each described once. */
export const ref = z
  .string()
  .min(1)
  .describe('NAME@v3, NAME@latest, NAME@TAG or NAME@sha256-HEX; NAME alone is its newest version');
export const dataset = z.string().min(1).describe("the dataset's name");
export const cache = z.string().min(1).optional().describe('name of a cache; all or the best if left out');
export const run = z.string().min(1).describe("a run's id, the beginning of one, or its name");
export const limit = (most: number, standard: number) =>
  z.number().int().min(1).max(most).default(standard).describe('rows of one page');
export const offset = z.number().int().min(0).default(0).describe('rows before the page');
export const globs = {
  include: z.array(z.string()).optional().describe('only paths that one of these globs matches'),
  exclude: z.array(z.string()).optional().describe('no path that one of these globs matches'),
};
