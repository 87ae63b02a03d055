import { type ComponentAt, childIn } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { smallApiFor } from '../simulated/api.ts';
import { eachHandler } from '../simulated/each-handler.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { runStream } from '../simulated/run.ts';

const page = new TextEncoder().encode(
  '<!DOCTYPE html>\n<html><head><meta charset=utf-8></head><body>We will be back soon.<br></html>',
);

export const errGarbage = defineCheck({
  id: 'err-garbage',
  group: 'errors',
  level: 'simulated',
  severity: 'error',
  doc: 'a page of HTML with status 200 is an error, never an empty stream',
  run: (subject) =>
    eachHandler(subject, async function* ({ stream }) {
      const { retriever, errorHandler } = partsOf(stream);
      const decoder = childIn(retriever, 'decoder');
      if (decoder !== undefined && !hasGrammar(decoder)) {
        yield notRun(`what a ${decoder.component?.type ?? 'hook'} reads may look like anything`, stream.name);
        return;
      }
      const tried = await runStream(subject, stream, smallApiFor(subject, stream), {
        endsFailed: true,
        async interfere(_request, { stream: name }, regular) {
          if (name !== stream.name) return regular();
          return { status: 200, headers: [['content-type', 'text/html']], body: page };
        },
      });
      yield looked(stream.name);
      // An error of one slice is enough, however many slices there are.
      if (tried.errors.length > 0) return;
      const what = tried.isEndless
        ? 'asks again without end where it is answered with a page of HTML'
        : 'takes a page of HTML for an answer without records';
      if (!tried.isEndless && !tried.isComplete) return;
      yield violation(fieldIn(errorHandler ?? retriever), `Stream "${stream.name}" ${what}.`, {
        stream: stream.name,
      });
    }),
});

/** A page of HTML is none of these. */
function hasGrammar({ traits }: ComponentAt): boolean {
  return ['JSON', 'JSON lines', 'XML'].includes(traits.reads?.kind ?? '');
}
