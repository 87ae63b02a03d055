/** `last-state READ…`: the state file of the next read: the last state that the reads, oldest first, gave of each stream. */
import { readMessages } from './read-messages.ts';

const states = new Map<string, unknown>();
for (const path of process.argv.slice(2)) {
  for (const message of await readMessages(path)) {
    if (message.type === 'STATE')
      states.set(message.state.stream.stream_descriptor.name, {
        type: 'STREAM',
        stream: message.state.stream,
      });
  }
}
process.stdout.write(`${JSON.stringify([...states.values()])}\n`);
