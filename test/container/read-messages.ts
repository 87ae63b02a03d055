import { readFile } from 'node:fs/promises';
import { type ProtocolMessage, parseMessages } from '../protocol/protocol-schema.ts';

/** What a run wrote to stdout, every line held to the protocol. A run that was killed may have left no half line. */
export async function readMessages(path: string): Promise<readonly ProtocolMessage[]> {
  const text = await readFile(path, 'utf8');
  if (!text.endsWith('\n')) throw new Error(`${path} does not end with a whole line.`);
  return parseMessages(text);
}
