/** Bytes in the pieces in which they came: to join them costs as much as much of what is done with them. */
export type Parts = readonly Uint8Array[];

export function lengthOf(parts: Parts): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

/** All of them in a row. */
export function joined(parts: Parts): Uint8Array {
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

/** Those from `start` up to `end`, counted over all parts. */
export function sliceOf(parts: Parts, start: number, end: number): Uint8Array {
  const found: Uint8Array[] = [];
  let at = 0;
  for (const part of parts) {
    if (at < end && at + part.length > start)
      found.push(part.subarray(Math.max(0, start - at), Math.min(part.length, end - at)));
    at += part.length;
  }
  return joined(found);
}
