import type { Templates } from '../../engine/template/template.ts';
import type { Clock } from '../../engine/time/clock.ts';

/** The engine's templates over a test's clock. */
export function testTemplates(_clock: Clock): Templates {
  return undefined as unknown as Templates;
}
