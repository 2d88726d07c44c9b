import { openLake } from '../../core/src/lake/open.ts';

// Writes objects of one repeated byte, a large and a small one in turn, until it is killed.
const lake = openLake({ url: process.argv[2] ?? '' });
for (let at = 0; ; at++) {
  await lake.put(`packs/${at}`, Buffer.alloc(8 * 2 ** 20, at));
  await lake.putIfAbsent(`log/${at}`, Buffer.alloc(1000, at));
}
