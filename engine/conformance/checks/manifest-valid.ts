import { defineCheck } from '../check.ts';
import { looked } from '../events.ts';

export const manifestValid = defineCheck({
  id: 'manifest-valid',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: '`validate` finds nothing wrong in the manifest',
  *run({ findings }) {
    yield looked();
    const seen = new Set<string>();
    for (const { severity, message, places, offset, stream, rule } of findings()) {
      // What follows the first sentence may depend on the user from which one looks.
      const [sentence] = message.split('. ');
      const key = `${places[0]?.source.name}:${places[0]?.start}:${rule}:${sentence?.replace(/\.$/, '')}`;
      // What is in a shared definition is found once for each of its users.
      if (seen.has(key)) continue;
      seen.add(key);
      yield { kind: 'violation', severity, message: `${message} (${rule})`, places, offset, stream, rule };
    }
  },
});
