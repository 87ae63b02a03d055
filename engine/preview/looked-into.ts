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
  const result = resultOf(template, context, still);
  const other = resultOf(template, withOthers(context, secrets), still);
  return {
    ...result,
    result: result.result === other.result ? result.result : hidden,
    parts: toldParts(template, context, still.now, secrets),
  };
}

/** The parts of a template, without the values that tell something of a secret. */
export function toldParts(
  template: string,
  context: TemplateContext,
  now: () => number,
  secrets: readonly string[],
): readonly LookedAt[] {
  const moment = now();
  const look = (seen: TemplateContext) => lookInto(template, seen, () => moment);
  const parts = look(context);
  if (secrets.length === 0) return parts;
  const others = look(withOthers(context, secrets));
  const isSame = ({ offset, text, shown }: LookedAt) =>
    others.some((other) => other.offset === offset && other.text === text && other.shown === shown);
  return parts.map((part) => (isSame(part) ? part : { ...part, shown: hidden }));
}

function withOthers(context: TemplateContext, secrets: readonly string[]): TemplateContext {
  return { ...context, config: withOtherSecrets(context['config'], secrets) };
}

function resultOf(
  template: string,
  context: TemplateContext,
  clock: Clock,
): Pick<LookedInto, 'result' | 'failed'> {
  try {
    const value = createTemplates({ clock, random: () => 0.5 }).string(template)(context);
    return { result: toJsonText(toJson(value)), failed: false };
  } catch (thrown) {
    return { result: messageOf(thrown), failed: true };
  }
}
