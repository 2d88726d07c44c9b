/** Bytes that a machine has received and sent since it was started. */
export interface Traffic {
  received: number;
  sent: number;
}

/** /proc/PID/net/dev (proc(5)): of all interfaces but the loopback, whose bytes don't leave the machine. */
export function parseTraffic(text: string): Traffic {
  const interfaces = text
    .split('\n')
    .map((line) => /^\s*([^:]+):\s*(.*)$/.exec(line))
    .filter((found) => found !== null && found[1] !== 'lo');
  const sum = (column: number) =>
    interfaces.reduce((total, found) => total + Number(found?.[2]?.split(/\s+/)[column] ?? 0), 0);
  return { received: sum(0), sent: sum(8) };
}
