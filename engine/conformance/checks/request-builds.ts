import { fieldOf } from '../../manifest/node.ts';
import { percentDecoded } from '../../util/url/percent-decoded.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { bodyFields } from '../request-fields.ts';
import { eachStream, type Simulated } from '../simulated/each-stream.ts';
import { firstField } from '../simulated/places.ts';

export const requestBuilds = defineCheck({
  id: 'request-builds',
  group: 'requests',
  level: 'simulated',
  severity: 'error',
  doc: 'no request has an empty segment in its path, a value that a template left undefined, or a body where there should be none',
  run: (subject) =>
    eachStream(subject, function* (simulated) {
      if (simulated.run.sent.length === 0) return;
      yield looked(simulated.stream.name);
      yield* oddities(simulated);
    }),
});

const nothing = /^(?:None|undefined|null|NaN)$/;

function* oddities({ stream, run }: Simulated): Generator<CheckEvent> {
  const told = new Set<string>();
  for (const { request, occasion } of run.sent) {
    if (occasion === undefined || occasion.stream !== stream.name) continue;
    const { requester } = occasion;
    const { pathname, searchParams } = request.url;
    const isWritten = bodyFields.some((field) => fieldOf(requester, field));
    // What is written so is told of by `request-methods`.
    if (request.method === 'GET' && request.body !== undefined && !isWritten && !told.has('body')) {
      told.add('body');
      yield violation(
        firstField(requester, 'http_method', ...bodyFields),
        `Stream "${stream.name}" sends a body with GET, which servers may leave unread: should "http_method" be POST?`,
        { stream: stream.name, severity: 'warning' },
      );
    }
    // A slash that is encoded begins no segment.
    const segments = pathname.split('/').slice(1).map(percentDecoded);
    const odd = segments.findIndex(
      (segment, index) =>
        (segment === '' && index < segments.length - 1) || nothing.test(segment) || segment.includes('{{'),
    );
    if (odd >= 0 && !told.has('path')) {
      told.add('path');
      const what = segments[odd] === '' ? 'an empty segment' : `the segment "${segments[odd]}"`;
      yield violation(
        firstField(requester, 'path', 'url', 'url_base'),
        `The path of a request of stream "${stream.name}" has ${what}: ${request.url.origin}${pathname}`,
        { stream: stream.name },
      );
    }
    for (const [name, value] of searchParams) {
      if ((!nothing.test(value) && !value.includes('{{')) || told.has(name)) continue;
      told.add(name);
      yield violation(
        firstField(requester, 'request_parameters'),
        `The parameter "${name}" of stream "${stream.name}" is sent as "${value}": a template found nothing for it.`,
        { stream: stream.name, severity: 'warning' },
      );
    }
  }
}
