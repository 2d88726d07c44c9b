/**
 * A request's bytes, at most so many; undefined where there are more. Those are read all the same, and dropped: who is
 * still sending doesn't hear an answer.
 */
export async function readBody(request: Request, most: number): Promise<Uint8Array | undefined> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (length <= most) return new Uint8Array(await request.arrayBuffer());
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.length;
    if (bytes <= most) pieces.push(piece);
    else pieces.length = 0;
  }
  return bytes <= most ? Buffer.concat(pieces) : undefined;
}
