import { hash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import type { Point } from '../../metric/point.ts';
import type { RunStatus } from '../../store/tables.ts';
import type { Problems } from '../problems.ts';
import type { RunFacts, SeriesBlock, SourceRun } from '../source.ts';
import { isPoint } from '../values.ts';
import { readEvent, type TbValue } from './event.ts';
import { type HParams, readHParams } from './hparams.ts';
import { recordsOf } from './records.ts';

/** Points at a time. */
const blockSize = 20_000;
/** Who has written to its files so lately is taken for still running; milliseconds. */
const lately = 10 * 60_000;

/** A folder of event files; the same folder is the same run when it is imported again. */
export function tensorboardRun(
  folder: string,
  name: string,
  files: readonly string[],
  user: string,
  problems: Problems,
): SourceRun {
  const id = hash('sha256', `tensorboard\0${realpathSync.native(folder)}`).slice(0, 32);
  const reading = new Reading(problems);
  return {
    id,
    points: () => reading.points(files),
    facts(): RunFacts {
      const times = files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      const written = Math.round(Math.max(0, ...times));
      return { ...reading.facts(written), name, user, lastWritten: written };
    },
  };
}

class Reading {
  readonly #problems: Problems;
  readonly #plugins = new Map<string, string>();
  readonly #others = new Set<string>();
  readonly #hparams: HParams = { params: [], ended: undefined, status: undefined };
  /** Milliseconds since 1970. */
  #first = Infinity;
  #last = 0;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  *points(files: readonly string[]): Generator<SeriesBlock> {
    let byKey = new Map<string, Point[]>();
    let count = 0;
    for (const file of [...files].sort()) {
      for (const { key, ...point } of this.#pointsIn(file)) {
        const series = byKey.get(key);
        if (series) series.push(point);
        else byKey.set(key, [point]);
        count += 1;
        if (count < blockSize) continue;
        for (const [each, points] of byKey) yield { key: each, points };
        byKey = new Map();
        count = 0;
      }
    }
    for (const [key, points] of byKey) yield { key, points };
    if (this.#others.size > 0) {
      const some = [...this.#others].slice(0, 3).join(', ');
      this.#problems.add(
        `${files[0]}: ${this.#others.size} tags hold images, histograms, texts or the like, and were left out (${some}).`,
      );
    }
  }

  *#pointsIn(file: string): Generator<Point & { key: string }> {
    try {
      for (const record of recordsOf(file)) {
        if (record.kind === 'damaged') this.#problems.add(`${file}: ${record.problem}`);
        else yield* this.#pointsOf(record.bytes, file);
      }
    } catch (error) {
      this.#problems.add(`${file}: ${error instanceof Error ? error.message : error}`);
    }
  }

  *#pointsOf(bytes: Uint8Array, file: string): Generator<Point & { key: string }> {
    const event = this.#problems.attempt(`${file}: an event in it is none`, () => readEvent(bytes));
    if (event === undefined) return;
    const time = Math.round(event.wallTime * 1000);
    this.#first = Math.min(this.#first, time);
    this.#last = Math.max(this.#last, time);
    for (const value of event.values) {
      const number = this.#numberOf(value);
      const point = { step: event.step, time, value: number ?? Number.NaN };
      if (number !== undefined && isPoint(point)) yield { key: value.tag, ...point };
    }
  }

  /** Undefined for what is no scalar. */
  #numberOf({ tag, simple, tensor, plugin, content }: TbValue): number | undefined {
    if (plugin === 'hparams' && content) {
      this.#problems.attempt(`The parameters of ${tag}`, () => readHParams(content, this.#hparams));
      return undefined;
    }
    if (plugin !== '') this.#plugins.set(tag, plugin);
    const kind = this.#plugins.get(tag) ?? 'scalars';
    const number = kind === 'scalars' ? (simple ?? tensor?.number) : undefined;
    if (number === undefined) this.#others.add(tag);
    return number;
  }

  /** TensorBoard's files say how a run ended only where the hparams plugin was told. */
  facts(written: number): Omit<RunFacts, 'name' | 'user' | 'lastWritten'> {
    const { params, ended, status: told } = this.#hparams;
    const running: RunStatus = Date.now() - written < lately ? 'RUNNING' : 'FINISHED';
    const status = told === undefined || told === 'RUNNING' ? running : told;
    const last = ended === undefined ? this.#last : Math.round(ended * 1000);
    return {
      status,
      startTime: Number.isFinite(this.#first) ? this.#first : written,
      endTime: status === 'RUNNING' ? null : last,
      stage: 'active',
      params,
      tags: [],
      inputs: [],
      models: [],
      artifacts: { kind: 'none' },
    };
  }
}
