import { createTemplates, type Templates } from '../../engine/template/template.ts';
import type { Clock } from '../../engine/time/clock.ts';

/** The engine's templates over a test's clock. */
export function testTemplates(clock: Clock): Templates {
  return createTemplates({ clock });
}
