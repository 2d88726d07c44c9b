/** A V8 CPU profile (`--cpu-prof`), as far as it is read here; times in microseconds. */
export interface CpuProfile {
  nodes: ProfileNode[];
  samples: number[];
  timeDeltas: number[];
}

interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number };
  children?: number[];
}

/** Milliseconds that each function itself was on top, longest first; `(idle)` is waiting, not work. */
export type SelfTimes = Map<string, number>;

/** What is not ours is shown with the function of ours that called it. */
export function selfTimes(profile: CpuProfile): SelfTimes {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const owners = ownersOf(profile);
  const times = new Map<string, number>();
  for (const [id, ms] of timeOfNodes(profile)) {
    const node = nodes.get(id);
    const owner = owners.get(id);
    if (!node) continue;
    const name = owner && owner !== node ? `${nameOf(node)} in ${nameOf(owner)}` : nameOf(node);
    times.set(name, (times.get(name) ?? 0) + ms);
  }
  return byTime(times);
}

const roles: [role: string, folder: RegExp][] = [
  ['packer', /\/dataset\/(pack|chunk)\//],
  ['writer', /\/checkout\/write\//],
  ['main', /\/(hub|daemon\/server|daemon\/run)/],
];

/** What a thread was there for: told by where most of its time went. */
export function threadOf(profile: CpuProfile): string {
  const owners = ownersOf(profile);
  const spent = new Map<string, number>();
  for (const [id, ms] of timeOfNodes(profile)) {
    const url = owners.get(id)?.callFrame.url;
    if (!url) continue;
    const role = roles.find(([, folder]) => folder.test(url))?.[0] ?? 'job';
    spent.set(role, (spent.get(role) ?? 0) + ms);
  }
  return [...byTime(spent).keys()][0] ?? 'idle';
}

export function addUp(all: SelfTimes[]): SelfTimes {
  const sum = new Map<string, number>();
  for (const times of all) for (const [name, ms] of times) sum.set(name, (sum.get(name) ?? 0) + ms);
  return byTime(sum);
}

function timeOfNodes({ samples, timeDeltas }: CpuProfile): Map<number, number> {
  const times = new Map<number, number>();
  samples.forEach((id, i) => {
    times.set(id, (times.get(id) ?? 0) + Math.max(0, timeDeltas[i] ?? 0) / 1000);
  });
  return times;
}

/** For each node the nearest one of our own sources, itself or above it. */
function ownersOf({ nodes }: CpuProfile): Map<number, ProfileNode> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owners = new Map<number, ProfileNode>();
  const below = new Set(nodes.flatMap(({ children }) => children ?? []));
  const waiting = nodes
    .filter(({ id }) => !below.has(id))
    .map((node) => ({ node, owner: undefined as ProfileNode | undefined }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const owner = isOurs(next.node) ? next.node : next.owner;
    if (owner) owners.set(next.node.id, owner);
    for (const id of next.node.children ?? []) {
      const node = byId.get(id);
      if (node) waiting.push({ node, owner });
    }
  }
  return owners;
}

function isOurs({ callFrame: { url } }: ProfileNode): boolean {
  return url.includes('/core/src/');
}

function byTime(times: Map<string, number>): Map<string, number> {
  return new Map([...times].sort(([, a], [, b]) => b - a));
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  if (functionName.startsWith('(')) return functionName;
  const file = url.replace(/^.*\/(core\/src|node_modules)\//, '');
  return `${functionName || 'anonymous'}${file ? ` (${file}:${lineNumber + 1})` : ''}`;
}
