import { crc32, deflateSync } from 'node:zlib';

/** A grey picture of `size` pixels square as PNG, like a scan of a few soft spots, the same for the same seed. */
export function drawScan(size: number, random: () => number): Buffer {
  const spots = Array.from({ length: 5 }, () => ({
    x: size * (0.2 + 0.6 * random()),
    y: size * (0.2 + 0.6 * random()),
    width: size * (0.08 + 0.15 * random()),
  }));
  const rows: Buffer[] = [];
  for (let y = 0; y < size; y++) {
    const row = Buffer.alloc(size + 1);
    for (let x = 0; x < size; x++) {
      const light = spots.reduce((sum, spot) => {
        const distance = ((x - spot.x) ** 2 + (y - spot.y) ** 2) / spot.width ** 2;
        return sum + Math.exp(-distance);
      }, 0);
      row[x + 1] = Math.min(255, 18 + 160 * light + 8 * random());
    }
    rows.push(row);
  }
  return encodeGreyPng(size, Buffer.concat(rows));
}

/** PNG (ISO/IEC 15948) of 8-bit grey; each row begins with its filter, 0. */
function encodeGreyPng(size: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 8;
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

function chunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}
