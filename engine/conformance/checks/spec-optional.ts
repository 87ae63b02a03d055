import { isObject } from '../../util/json/json.ts';
import { exampleValue } from '../../util/schema/example-value.ts';
import { written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { firstRequests } from '../first-requests.ts';
import { oddities } from '../request-oddities.ts';

export const specOptional = defineCheck({
  id: 'spec-optional',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'with the required fields alone, the first request of every stream is complete: an absolute URL, nothing undefined in it',
  async *run(subject) {
    const { spec, now } = subject;
    if (spec === undefined) return;
    const least = exampleValue(spec.schema, { now, wants: () => false });
    for (const { stream, requests, error } of await firstRequests(subject, isObject(least) ? least : {})) {
      if (requests.length === 0) {
        if (error === undefined)
          yield notRun('it asks nothing before another stream has answered', stream.name);
        else yield notRun(error.message, stream.name);
        continue;
      }
      yield looked(stream.name);
      const odd = requests.flatMap((request) => oddities(request))[0];
      if (odd === undefined) continue;
      const at = written(stream.at, 'retriever', 'requester') ?? stream.at.node;
      yield violation(
        at,
        `With the required fields of the config alone, stream "${stream.name}" asks for ${odd}.`,
        {
          stream: stream.name,
        },
      );
    }
  },
});
