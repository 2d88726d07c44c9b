/** A V8 CPU profile (`--cpu-prof`), as far as it is read here; times in microseconds. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** Milliseconds that each function itself was on top, longest first; `(idle)` is waiting, not work. */
export function selfTimes(profile: CpuProfile): Map<string, number> {
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  profile.samples.forEach((id, i) => {
    const name = names.get(id) ?? '(unknown)';
    times.set(name, (times.get(name) ?? 0) + Math.max(0, profile.timeDeltas[i] ?? 0) / 1000);
  });
  return byTime(times);
}

/** What a thread was there for, told by the function that it runs all the time. */
export function threadOf(profile: CpuProfile): string {
  const names = new Set(profile.nodes.map(({ callFrame }) => callFrame.functionName));
  if (names.has('runPackerThread')) return 'packer';
  if (names.has('runWriter')) return 'writer';
  if (names.has('jobThread')) return 'job';
  return names.has('runDaemon') ? 'main' : 'another thread';
}

export function addUp(all: Map<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const times of all) for (const [name, ms] of times) sum.set(name, (sum.get(name) ?? 0) + ms);
  return byTime(sum);
}

function byTime(times: Map<string, number>): Map<string, number> {
  return new Map([...times].sort(([, a], [, b]) => b - a));
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  if (functionName.startsWith('(')) return functionName;
  const file = url.split('/').at(-1) ?? '';
  const name = functionName || `anonymous at line ${lineNumber + 1}`;
  return file && file !== 'forebay.mjs' ? `${name} (${file})` : name;
}
