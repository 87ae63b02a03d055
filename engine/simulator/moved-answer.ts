import type { SimulatedAnswer } from './answers.ts';

/**
 * An answer with the addresses of one origin as those of another: what an API that is served elsewhere says of itself, such
 * as where the next page is. What is packed is left as it is.
 */
export function movedAnswer(answer: SimulatedAnswer, from: string, to: string): SimulatedAnswer {
  if (from === to) return answer;
  const moved = (text: string) => text.replaceAll(`${from}/`, `${to}/`);
  const body = Buffer.from(answer.body);
  return {
    ...answer,
    headers: answer.headers.map(([name, value]) => [name, moved(value)] as const),
    body: body.includes(`${from}/`) ? new TextEncoder().encode(moved(body.toString())) : answer.body,
  };
}
