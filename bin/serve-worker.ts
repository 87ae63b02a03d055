import { work } from '../engine/server/worker.ts';

work({
  send: (message) => process.send?.(message),
  onMessage: (receive) => process.on('message', receive),
});
// Its server has gone.
process.on('disconnect', () => process.exit());
