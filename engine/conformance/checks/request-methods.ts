import { type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { askedPath } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { bodyFields } from '../request-fields.ts';

export const requestMethods = defineCheck({
  id: 'request-methods',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'what has a body is no GET, what is a POST has one or is a POST in all streams with such a path, and nothing is read by PUT, PATCH or DELETE',
  *run({ source }) {
    const isNew = once();
    const requesters = visit(source).filter(({ family, isHook }) => family === 'Requester' && !isHook);
    for (const at of requesters) {
      const node = written(at, 'http_method');
      const method = (textIn(at, 'http_method') ?? 'GET').toUpperCase();
      if (!isNew(at.node)) continue;
      yield looked();
      if (/^(?:PUT|PATCH|DELETE)$/.test(method))
        yield violation(
          node,
          `${method} changes what it is sent to: records are read by GET, or by POST where a query is sent.`,
        );
      const body = bodyIn(at);
      if (method === 'GET' && body !== undefined)
        yield violation(
          node ?? written(at, body),
          `"${body}" is sent with GET, which servers leave unread: should "http_method" be POST?`,
          { also: [written(at, body)?.place ?? at.node.place] },
        );
      if (method === 'POST') yield* withoutBody(at, requesters);
    }
  },
});

function bodyIn(at: ComponentAt): string | undefined {
  return bodyFields.find((field) => {
    const node = written(at, field);
    return node !== undefined && !(node.kind === 'mapping' && node.entries.size === 0);
  });
}

/** What is found by a query in the URL is read by GET, unless other streams of the API are read like this. */
function* withoutBody(at: ComponentAt, requesters: readonly ComponentAt[]): Generator<CheckEvent> {
  if (bodyIn(at) !== undefined || sendsInBody(at)) return;
  const isLogin = at.parent?.family === 'Authenticator' || at.parent?.family === 'SessionTokenAuthentication';
  const others = requesters.filter((each) => each !== at && each.node.place.start !== at.node.place.start);
  const gets = others.filter((each) => (textIn(each, 'http_method') ?? 'GET').toUpperCase() === 'GET');
  const isAlone = others.every((each) => !isBare(each));
  if (isLogin || gets.length === 0 || !isAlone || isOperation(at)) return;
  yield violation(
    written(at, 'http_method'),
    'This is sent by POST without anything in its body, and the other requests of the manifest by GET: should this one be, too?',
  );
}

/** Operations by name, such as `/getrecipients` beside `/search`, are called by POST whatever they do. */
function isOperation(at: ComponentAt): boolean {
  const last = askedPath(at)
    .split('/')
    .findLast((part) => part !== '');
  return /^(?:get|list|search|query|find|fetch|export|lookup|retrieve)[a-zA-Z_.-]*/.test(last ?? '');
}

function isBare(at: ComponentAt): boolean {
  return textIn(at, 'http_method')?.toUpperCase() === 'POST' && bodyIn(at) === undefined && !sendsInBody(at);
}

/** Pages, windows and partitions that go into the body. */
function sendsInBody(at: ComponentAt): boolean {
  const stream = at.parent?.parent;
  return visit(stream ?? at).some(
    (each) => each.family === 'RequestOption' && /^body_/.test(textIn(each, 'inject_into') ?? ''),
  );
}
