import type { Decision } from '../contract/decision.ts';
import type { Evaluation } from '../contract/scope.ts';
import type { Place } from '../error/place.ts';
import type { ManifestNode } from '../manifest/node.ts';

/** What the templates of a stream saw, page by page. */
export interface SeenContexts {
  decision(decision: Decision): void;
  evaluation(evaluation: Evaluation): void;
  /** What the template at a node saw for a page of the first slice that had it; undefined when it was not evaluated. */
  at(node: ManifestNode, page: number): Evaluation | undefined;
  /** On which pages it was evaluated. */
  pagesOf(node: ManifestNode): readonly number[];
  /** The fields whose templates know a name. */
  knowing(name: string): readonly string[];
}

export function createSeenContexts(stream: string): SeenContexts {
  const seen: { readonly evaluation: Evaluation; readonly page: number }[] = [];
  let page = 1;
  let isRead = false;
  const found = (node: ManifestNode) => seen.filter(({ evaluation }) => holds(evaluation.place, node));
  return {
    decision(decision) {
      if (decision.stream !== stream) return;
      if (decision.kind === 'page.read') {
        page = decision.page ?? page;
        isRead = true;
      } else if (decision.kind === 'page.stop') {
        page = 1;
        isRead = false;
      } else if (decision.kind === 'record.drop') page = decision.page ?? page;
    },
    evaluation(evaluation) {
      if (evaluation.stream !== stream) return;
      // What is evaluated after a page is about that page where it is paging, and else about the next one.
      const isPaging = /(?:paginat|stop_condition|cursor_value|page_size)/.test(evaluation.place.pointer);
      const isOfAnswer = isPaging || 'record' in evaluation.context || 'response' in evaluation.context;
      if (isRead && !isOfAnswer) {
        page += 1;
        isRead = false;
      }
      seen.push({ evaluation, page });
    },
    at(node, wanted) {
      const own = found(node).find((one) => one.page === wanted)?.evaluation;
      if (own !== undefined) return own;
      // What the other fields of the same component see, this one sees too: a token is not looked for on the last page.
      const parent = parentOf(node.place.pointer);
      return seen.find(
        ({ evaluation: { place }, page: on }) => on === wanted && parentOf(place.pointer) === parent,
      )?.evaluation;
    },
    pagesOf: (node) => [...new Set(found(node).map((one) => one.page))],
    knowing(name) {
      const fields = seen.filter(({ evaluation }) => Object.hasOwn(evaluation.context, name));
      return [...new Set(fields.map(({ evaluation }) => evaluation.place.pointer.split('/').at(-1) ?? ''))];
    },
  };
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

/** The field that was evaluated is the node, or the mapping that it is in. */
function holds(place: Place, { place: wanted }: ManifestNode): boolean {
  return place.source === wanted.source && place.start <= wanted.start && wanted.end <= place.end;
}
