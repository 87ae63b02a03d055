import type { ManifestNode } from '../manifest/node.ts';
import { textsOf } from '../validate/texts.ts';
import { ancestorOf, type ComponentAt, textIn, visit } from '../validate/visit.ts';
import { once } from './once.ts';

/** A text that is read as a template. */
export interface TemplateAt {
  readonly node: ManifestNode;
  readonly text: string;
  /** The name of the stream that it is in. */
  readonly stream: string | undefined;
}

/** The templates of a manifest that a pattern matches, each once, however many streams use it. */
export function* eachTemplate(source: ComponentAt, pattern: RegExp): Generator<TemplateAt> {
  const isNew = once();
  for (const at of visit(source))
    for (const { node, text } of textsOf(at))
      if (pattern.test(text) && isNew(node))
        yield { node, text, stream: textIn(ancestorOf(at, 'Stream'), 'name') };
}
