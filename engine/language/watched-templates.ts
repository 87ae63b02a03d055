import type { TemplateBranch } from '../contract/decision.ts';
import type { Scope } from '../contract/scope.ts';
import type { Place } from '../error/place.ts';
import type { ManifestNode, MappingNode } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';
import { mayChoose } from '../template/branches.ts';
import type { TemplateContext, Templates } from '../template/template.ts';
import { memoizeSync } from '../util/flow/memoize.ts';
import { remembered } from '../util/flow/remembered.ts';
import { writtenAt } from './written-at.ts';

type Read<T> = (context: TemplateContext) => T;

/**
 * Compiles the templates of a field with those who listen, if there are any: they are told of the choices that its
 * renderings make, and of what each saw and gave. A condition is a choice itself.
 */
export function compileWatched<T>(
  scope: Scope,
  field: object,
  compile: (templates: Templates) => Read<T>,
  isCondition = false,
): Read<T> {
  const { sync, node, stream } = scope;
  const { onEvaluation, templates } = sync;
  const text = textOf(field);
  // Of a text without a choice there is nothing to tell.
  const onDecision = isCondition || text === undefined || mayChoose(text) ? sync.onBranch : undefined;
  if (onDecision === undefined && onEvaluation === undefined) return compile(templates);

  const { written, textNode } = remembered(nodesOfFields, field, () => findNodes(node, field));

  // Field by field: a rendering that is listened to tells of this more often than of anything else.
  const tell = (place: Place, outcome: TemplateBranch) =>
    onDecision?.({
      kind: 'template.branch',
      place,
      stream: stream?.name,
      slice: undefined,
      page: undefined,
      outcome,
    });

  const read = compile(
    onDecision === undefined
      ? templates
      : templates.watched((outcome) => tell(textNode(outcome.text).place, outcome)),
  );
  return (context) => {
    const value = read(context);
    if (isCondition && onDecision !== undefined) {
      const arm = value === true ? 'true' : 'false';
      tell(written().place, { text: text ?? '', offset: 0, of: 'condition', arm });
    }
    onEvaluation?.({ place: written().place, stream: stream?.name, text, context, value });
    return value;
  };
}

function textOf(field: object): string | undefined {
  return 'text' in field && typeof field.text === 'string' ? field.text : undefined;
}

interface FieldNodes {
  /** Where the field is written. */
  written(): ManifestNode;
  /** Where one of its texts is. */
  textNode(text: string): ManifestNode;
}

/** A field is that of one component, of which each read makes another. */
const nodesOfFields = new WeakMap<object, FieldNodes>();

/** They are looked for only when there is something to tell of them. */
function findNodes(node: MappingNode, field: object): FieldNodes {
  const written = memoizeSync((): ManifestNode => writtenAt(node, field) ?? node);
  const texts = new Map<string, ManifestNode>();
  return {
    written,
    textNode: (text) => remembered(texts, text, () => scalarOf(written(), text) ?? written()),
  };
}

/** The text at a node or below it, where it may be the key of a mapping. */
function scalarOf(root: ManifestNode, text: string): ManifestNode | undefined {
  for (const { key, node } of walk(root)) {
    if (key?.value === text) return key;
    if (node.kind === 'scalar' && node.value === text) return node;
  }
  return undefined;
}
