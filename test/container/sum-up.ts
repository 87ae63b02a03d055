/** `sum-up READ`: one line: how many records and states a read gave, and how many of its streams came to their end. */
import { readMessages } from './read-messages.ts';

const messages = await readMessages(process.argv[2] ?? '');
const count = (type: string): number => messages.filter((message) => message.type === type).length;
const statuses = messages.flatMap((message) =>
  message.type === 'TRACE' && message.trace.type === 'STREAM_STATUS'
    ? [message.trace.stream_status.status]
    : [],
);
const ends = (status: string): number => statuses.filter((given) => given === status).length;
process.stdout.write(
  `${count('RECORD')} records, ${count('STATE')} states, ${ends('COMPLETE')} streams complete, ${ends('INCOMPLETE')} incomplete\n`,
);
