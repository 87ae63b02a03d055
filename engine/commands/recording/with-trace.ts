import { redactMessage } from '../../protocol/redact-message.ts';
import { errorTrace } from '../../protocol/trace.ts';
import { toLine } from '../../protocol/write.ts';
import type { Environment } from '../environment.ts';

/** Runs a command of the protocol whose failure is a message like any other: one that a replay repeats. */
export async function withTrace(
  now: () => number,
  environment: Environment,
  run: (environment: Environment) => Promise<number>,
): Promise<number> {
  try {
    return await run(environment);
  } catch (error) {
    const { redactor, isReadByPerson, write } = environment;
    if (isReadByPerson === true) throw error;
    const hide = redactor?.text ?? ((text: string) => text);
    await write(toLine(redactMessage(errorTrace(error, now()), hide)));
    return 1;
  }
}
