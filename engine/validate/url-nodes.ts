import type { ScalarNode } from '../manifest/node.ts';
import { type ComponentAt, visit, written } from './visit.ts';

/** A text that is a URL, or the beginning of one, with the component that asks there. */
export interface UrlNode {
  readonly at: ComponentAt;
  readonly node: ScalarNode;
}

const urlFields = ['url', 'url_base', 'api_url', 'token_refresh_endpoint'];

/** The URLs that requests go to; what is reached in several ways is among them as often. */
export function* urlNodes(source: ComponentAt): Generator<UrlNode> {
  for (const at of visit(source)) {
    if (at.family !== 'Requester' && at.family !== 'Authenticator') continue;
    for (const node of urlsOf(at)) yield { at, node };
  }
}

function urlsOf(at: ComponentAt): readonly ScalarNode[] {
  const whole = urlFields.map((field) => written(at, field));
  const path = written(at, 'path');
  const isWhole = path?.kind === 'scalar' && /^https?:\/\//.test(String(path.value));
  return [...whole, isWhole ? path : undefined].flatMap((node) =>
    node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== '' ? [node] : [],
  );
}
