import * as z from 'zod';
import { tryTo } from '../../util/flow/try-to.ts';
import { createPythonTextDecoder } from '../../util/python/python-text-decoder.ts';

/** The name of a text encoding, as Python calls it. */
export function encoding() {
  return z.string().superRefine((name, context) => {
    if (tryTo(() => createPythonTextDecoder(name)) !== undefined) return;
    context.addIssue({ code: 'custom', message: `the encoding "${name}" is not known` });
  });
}
