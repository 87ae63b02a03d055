import { toldParts } from '../preview/looked-into.ts';
import { secretsOf } from '../protocol/secrets.ts';
import { specificationIn } from '../protocol/specification.ts';
import type { EvaluationView } from './messages.ts';
import type { KeptRead } from './reads.ts';

const longest = 400;
const mostParts = 12;

/**
 * What a template comes to, with what it saw on a page: `offset` is where it stands in the text that was read. Undefined
 * when it was not evaluated there.
 */
export function evaluateAt(
  { evaluations, request, opened }: KeptRead,
  given: { readonly template: string; readonly offset: number; readonly page: number },
): EvaluationView | undefined {
  const { template, offset, page } = given;
  const around = evaluations.filter(
    ({ place }) => place.source.text === request.text && place.start <= offset && offset <= place.end,
  );
  const [narrowest] = around.toSorted((a, b) => a.place.end - a.place.start - (b.place.end - b.place.start));
  if (narrowest === undefined) return undefined;
  const here = around.filter(({ place }) => place.start === narrowest.place.start);
  // One evaluation for each page, where it is about pages; the last one where there are fewer.
  const { context } = here[Math.min(Math.max(page - 1, 0), here.length - 1)] ?? narrowest;
  const { manifest, config } = opened;
  const secrets = secretsOf(specificationIn(manifest.root)?.connectionSpecification ?? {}, config);
  const parts = toldParts(template, { ...context }, Date.now, secrets).slice(0, mostParts);
  return {
    parts: parts.map(({ text, depth, type, shown }) => ({
      text: opened.redactor.text(text),
      depth,
      type,
      shown: opened.redactor.text(shown.length > longest ? `${shown.slice(0, longest)}…` : shown),
    })),
  };
}
