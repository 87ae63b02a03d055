import * as z from 'zod';
import type { Scope } from '../../contract/scope.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { responseTemplateContext } from '../../http/request/response-context.ts';
import { waitOf } from '../../http/send/moment.ts';
import { component } from '../../language/component.ts';
import { seconds } from '../../language/field-types/seconds.ts';
import { nestedTemplate } from '../../language/fields.ts';
import { fieldOf } from '../../manifest/node.ts';
import { inspectTemplate, type TemplateContext } from '../../template/template.ts';
import { PythonError } from '../../time/python-error.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { waitLimit } from './wait-limit.ts';

const visibleNames: readonly string[] = ['config', 'parameters', 'response', 'headers'];

/** A template finds in the body or the headers of the response how many seconds to wait. */
export const WaitTimeFromResponse = component({
  family: 'BackoffStrategy',
  type: 'WaitTimeFromResponse',
  doc: 'Waits as many seconds as a template finds in the response.',
  fields: () => ({
    wait_time_in_seconds: z
      .string()
      .superRefine(refuseUnknownNames)
      .transform((text): unknown => text)
      .pipe(nestedTemplate())
      .describe('Seconds to wait, from "response" and "headers"; what is no positive number has no answer.'),
    max_waiting_time_in_seconds: seconds()
      .optional()
      .describe('The stream ends rather than wait so long or longer.'),
  }),
  make({ wait_time_in_seconds, max_waiting_time_in_seconds }, scope) {
    const text = textOf(scope);
    const evaluate = wait_time_in_seconds(scope);
    const limited = waitLimit(max_waiting_time_in_seconds, scope);

    function secondsIn(context: TemplateContext): number | undefined {
      let value: unknown;
      try {
        value = evaluate(context);
      } catch (error) {
        // The template is for one kind of response, and every other one that is retried comes here too.
        if (!isConnectorError(error) || !(error.cause instanceof PythonError)) throw error;
        return noAnswer(`cannot be evaluated (${error.cause.name})`);
      }
      // A text that could not be rendered comes back as it is.
      if (value === text) return noAnswer('cannot be evaluated');
      if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
      const seconds =
        typeof value === 'boolean' ? Number(value) : waitOf(pythonText(value), scope.sync.clock.now());
      if (seconds === undefined) return noAnswer('does not come to a number or a date');
      return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
    }

    function noAnswer(why: string): undefined {
      scope.sync.log(
        'WARN',
        `"wait_time_in_seconds" of a WaitTimeFromResponse ${why} for this response; the next backoff strategy decides.`,
      );
    }

    return {
      async backoff(outcome) {
        const context =
          'response' in outcome
            ? await responseTemplateContext(outcome.response)
            : { response: {}, headers: {} };
        const seconds = secondsIn(context);
        return seconds ? limited(seconds) : seconds;
      },
    };
  },
});

function textOf({ node }: Scope): string {
  const field = fieldOf(node, 'wait_time_in_seconds');
  return field?.kind === 'scalar' ? String(field.value) : '';
}

/** A misspelt name would fail for every response, and so the strategy would never have an answer. */
function refuseUnknownNames(text: string, context: z.RefinementCtx<string>): void {
  for (const { name, offset } of inspectTemplate(text).names) {
    if (visibleNames.includes(name)) continue;
    const message = `it reads "${name}", and only ${quotedList(visibleNames)} are known there`;
    context.addIssue({ code: 'custom', message, params: { offset } });
  }
}
