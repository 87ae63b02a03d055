import { parametersOf } from '../language/compile.ts';
import type { ScalarNode } from '../manifest/node.ts';
import { createTemplates } from '../template/template.ts';
import { virtualClock } from '../time/virtual-clock.ts';
import { tryTo } from '../util/flow/try-to.ts';
import { urlNodes } from '../validate/url-nodes.ts';
import { once } from './once.ts';
import type { Subject } from './subject.ts';

/** A URL in the manifest. */
export interface HostUse {
  /** Undefined when it takes something that only a sync knows. */
  readonly host: string | undefined;
  readonly node: ScalarNode;
  /** It gives tokens. Platforms exist that reach it themselves, whatever the connector may ask. */
  readonly isOfTokens: boolean;
}

/** The hosts of all URLs that requests go to, with the config of the subject. */
export function* hostUses({ source, config, now }: Subject): Generator<HostUse> {
  const templates = createTemplates({ clock: virtualClock(now), random: () => 0.5 });
  const isNew = once();
  for (const { at, node } of urlNodes(source)) {
    const text = String(node.value);
    if (!isNew(node)) continue;
    const url = tryTo(() => templates.string(text)({ config, parameters: parametersOf(at.node) }));
    const host = tryTo(() => new URL(String(url)).hostname);
    yield { host: host === '' ? undefined : host, node, isOfTokens: at.family === 'Authenticator' };
  }
}
