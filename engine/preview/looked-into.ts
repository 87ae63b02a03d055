import { type LookedAt, lookInto } from '../template/look-into.ts';
import { toJson } from '../template/python-values.ts';
import { createTemplates, type TemplateContext } from '../template/template.ts';

import type { Clock } from '../time/clock.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { messageOf } from '../util/text/message-of.ts';
import { withOtherSecrets } from './told-secrets.ts';

/** What a template comes to, and each of its parts. */
export interface LookedInto {
  /** In JSON, or what went wrong. */
  readonly result: string;
  readonly failed: boolean;
  readonly parts: readonly LookedAt[];
}

const hidden = '****';

/**
 * Evaluates a template and each of its parts. What would be another value with other secrets in the config tells something
 * of them, however it was made: it is not shown.
 */
export function lookedInto(
  template: string,
  context: TemplateContext,
  clock: Clock,
  secrets: readonly string[],
): LookedInto {
  const moment = clock.now();
  const still: Clock = { ...clock, now: () => moment };
  const seen = look(template, context, still);
  if (secrets.length === 0 || context['config'] === undefined) return seen;
  const others = { ...context, config: withOtherSecrets(context['config'], secrets) };
  const other = look(template, others, still);
  const isSame = (part: LookedAt) =>
    other.parts.some(
      ({ offset, text, shown }) => offset === part.offset && text === part.text && shown === part.shown,
    );
  return {
    ...seen,
    result: seen.result === other.result ? seen.result : hidden,
    parts: seen.parts.map((part) => (isSame(part) ? part : { ...part, shown: hidden })),
  };
}

function look(template: string, context: TemplateContext, clock: Clock): LookedInto {
  const parts = lookInto(template, context, clock.now);
  try {
    const value = createTemplates({ clock, random: () => 0.5 }).string(template)(context);
    return { result: toJsonText(toJson(value)), failed: false, parts };
  } catch (thrown) {
    return { result: messageOf(thrown), failed: true, parts };
  }
}
