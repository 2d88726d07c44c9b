import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Gives folders that were made read-only their write permission back, so that what is in them can be changed or removed. */
export async function makeWritable(top: string): Promise<void> {
  const folders = [top];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    chmodSync(folder, 0o700);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
    }
  }
}
